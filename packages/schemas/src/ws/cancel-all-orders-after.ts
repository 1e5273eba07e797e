/** https://docs.kraken.com/api/docs/websocket-v2/cancel_after */
import * as z from 'zod/mini';
import { integerSchema, openObject, timestampSchema } from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_after */
export const cancelAllOrdersAfterParamsSchema = openObject({
  /** Seconds, less than a day; 0 disarms. For the whole account. */
  timeout: integerSchema,
  token: z.string(),
});
export type CancelAllOrdersAfterParams = z.output<typeof cancelAllOrdersAfterParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_after */
export const cancelAllOrdersAfterRequestSchema = requestOf(
  'cancel_all_orders_after',
  cancelAllOrdersAfterParamsSchema,
);
export type CancelAllOrdersAfterRequest = z.output<typeof cancelAllOrdersAfterRequestSchema>;

/**
 * In camel case, unlike everything else on this socket.
 * https://docs.kraken.com/api/docs/websocket-v2/cancel_after
 */
export const cancelAllOrdersAfterResultSchema = openObject({
  currentTime: timestampSchema,
  /** `"0"`, or absent, when disarmed. */
  triggerTime: z.optional(z.string()),
  warnings: warningsSchema,
});
export type CancelAllOrdersAfterResult = z.output<typeof cancelAllOrdersAfterResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_after */
export const cancelAllOrdersAfterAckSchema = ackOf(
  'cancel_all_orders_after',
  cancelAllOrdersAfterResultSchema,
);
export type CancelAllOrdersAfterAck = z.output<typeof cancelAllOrdersAfterAckSchema>;
