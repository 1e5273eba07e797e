/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders */
export const cancelAllParamsSchema = openObject({});
export type CancelAllParams = z.output<typeof cancelAllParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/cancel-all-orders */
export const cancelAllResultSchema = openObject({
  count: integerSchema,
  pending: z.optional(z.boolean()),
});
export type CancelAllResult = z.output<typeof cancelAllResultSchema>;
