/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders and cancel-all-orders-after */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalText } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders */
export const cancelAllOrdersParamsSchema = openObject({
  /** A product or a margin account; everything when absent. */
  symbol: z.optional(z.string()),
});
export type CancelAllOrdersParams = z.output<typeof cancelAllOrdersParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders */
export const cancelAllOrdersResultSchema = openObject({
  ...successFields,
  cancelStatus: openObject({
    status: openEnum(['noOrdersToCancel', 'cancelled']),
    /** `all`, or the symbol. */
    cancelOnly: z.optional(z.string()),
    cancelledOrders: z.array(openObject({ order_id: z.string(), cliOrdId: optionalText })),
    orderEvents: z.optional(orderEventsSchema),
    receivedTime: z.optional(timestampSchema),
  }),
});
export type CancelAllOrdersResult = z.output<typeof cancelAllOrdersResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders */
export const cancelAllOrdersAfterParamsSchema = openObject({
  /** Seconds; 0 disarms. */
  timeout: z.optional(integerSchema),
});
export type CancelAllOrdersAfterParams = z.output<typeof cancelAllOrdersAfterParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders */
export const cancelAllOrdersAfterResultSchema = openObject({
  ...successFields,
  status: openObject({
    currentTime: timestampSchema,
    /** `"0"` when disarmed. */
    triggerTime: z.string(),
  }),
});
export type CancelAllOrdersAfterResult = z.output<typeof cancelAllOrdersAfterResultSchema>;
