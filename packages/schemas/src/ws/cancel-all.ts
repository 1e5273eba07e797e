/** https://docs.kraken.com/api/docs/websocket-v2/cancel_all */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_all */
export const cancelAllParamsSchema = openObject({ token: z.string() });
export type CancelAllParams = z.output<typeof cancelAllParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_all */
export const cancelAllRequestSchema = requestOf('cancel_all', cancelAllParamsSchema);
export type CancelAllRequest = z.output<typeof cancelAllRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_all */
export const cancelAllResultSchema = openObject({
  count: integerSchema,
  warnings: warningsSchema,
});
export type CancelAllResult = z.output<typeof cancelAllResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_all */
export const cancelAllAckSchema = ackOf('cancel_all', cancelAllResultSchema);
export type CancelAllAck = z.output<typeof cancelAllAckSchema>;
