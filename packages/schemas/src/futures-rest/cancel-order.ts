/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-order */
import * as z from 'zod/mini';
import { openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalText, optionalTime } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-order */
export const cancelOrderParamsSchema = openObject({
  /** This or `cliOrdId`. */
  order_id: z.optional(z.string()),
  cliOrdId: z.optional(z.string()),
  processBefore: z.optional(z.string()),
});
export type CancelOrderParams = z.output<typeof cancelOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/cancel-order */
export const cancelOrderResultSchema = openObject({
  ...successFields,
  cancelStatus: openObject({
    status: openEnum(['cancelled', 'filled', 'notFound']),
    order_id: optionalText,
    cliOrdId: optionalText,
    receivedTime: optionalTime,
    orderEvents: z.optional(orderEventsSchema),
  }),
});
export type CancelOrderResult = z.output<typeof cancelOrderResultSchema>;
