import * as z from 'zod/mini';
import { integerSchema, openObject, timestampSchema } from './primitives/index.ts';

/** A row of the gap ledger ({@link GapEvent} of `@kr/schemas/shared`), as JSON. */
export const gapEventSchema = openObject({
  reason: z.enum([
    'disconnect',
    'restart',
    'silence',
    'resync',
    'quarantine',
    'sequence',
    'drop',
    'damage',
    'clockStep',
  ]),
  from: z.optional(timestampSchema),
  to: z.optional(timestampSchema),
  channel: z.optional(z.string()),
  symbols: z.array(z.string()),
  connectionId: z.optional(integerSchema),
  repaired: z.boolean(),
  detail: z.optional(z.string()),
});
