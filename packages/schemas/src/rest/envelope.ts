/** https://docs.kraken.com/api/docs/guides/spot-rest-intro */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

/**
 * `{"error": [], "result": …}`. Errors start with `E` and come alone; warnings start with `W` and may
 * stand beside a result. `parseKrakenError` reads them.
 */
/* @__NO_SIDE_EFFECTS__ */
export function envelopeOf<Result extends z.core.$ZodType>(
  result: Result,
): z.ZodMiniObject<{
  error: z.ZodMiniArray<z.ZodMiniString>;
  result: z.ZodMiniOptional<Result>;
}> {
  return openObject({ error: z.array(z.string()), result: z.optional(result) });
}

/**
 * The envelope alone, its result as it came.
 * https://docs.kraken.com/api/docs/guides/spot-rest-intro
 */
export const envelopeSchema = envelopeOf(z.unknown());
export type Envelope = z.output<typeof envelopeSchema>;
