/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders-after */
import * as z from 'zod/mini';
import { integerSchema, openObject, timestampSchema } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders-after */
export const cancelAllOrdersAfterParamsSchema = openObject({
  /** Seconds, less than a day; 0 disarms. */
  timeout: integerSchema,
});
export type CancelAllOrdersAfterParams = z.output<typeof cancelAllOrdersAfterParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders-after */
export const cancelAllOrdersAfterResultSchema = openObject({
  currentTime: timestampSchema,
  /** `"0"`, or absent, when disarmed. */
  triggerTime: z.optional(z.string()),
});
export type CancelAllOrdersAfterResult = z.output<typeof cancelAllOrdersAfterResultSchema>;
