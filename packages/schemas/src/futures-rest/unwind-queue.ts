/** https://docs.kraken.com/api/docs/futures-api/trading/get-unwind-queue */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-unwind-queue */
export const unwindQueueParamsSchema = openObject({});
export type UnwindQueueParams = z.output<typeof unwindQueueParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-unwind-queue */
export const unwindQueueResultSchema = openObject({
  ...successFields,
  queue: z.array(
    openObject({
      symbol: z.string(),
      /** How near the position is to being unwound: 20, 40, 60, 80 or 100. */
      percentile: integerSchema,
    }),
  ),
});
export type UnwindQueueResult = z.output<typeof unwindQueueResultSchema>;
