/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText, sideSchema } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';

export const orderTypeSchema = openEnum([
  'lmt',
  'post',
  'ioc',
  'mkt',
  'stp',
  'take_profit',
  'trailing_stop',
  'fok',
]);
export const deviationUnitSchema = openEnum(['PERCENT', 'QUOTE_CURRENCY']);

/** One order, as sendorder and batchorder take it. Amounts are text: they go into a form. */
export const newOrderFields = {
  orderType: orderTypeSchema,
  symbol: z.string(),
  side: sideSchema,
  size: decimalStringSchema,
  limitPrice: z.optional(decimalStringSchema),
  stopPrice: z.optional(decimalStringSchema),
  /** At most 100 characters. */
  cliOrdId: z.optional(z.string()),
  triggerSignal: z.optional(openEnum(['mark', 'index', 'last'])),
  reduceOnly: z.optional(z.boolean()),
  trailingStopMaxDeviation: z.optional(decimalStringSchema),
  trailingStopDeviationUnit: z.optional(deviationUnitSchema),
  limitPriceOffsetValue: z.optional(decimalStringSchema),
  limitPriceOffsetUnit: z.optional(deviationUnitSchema),
};

export const sendOrderParamsSchema = openObject({
  ...newOrderFields,
  /** Not to be processed after that time. */
  processBefore: z.optional(z.string()),
  broker: z.optional(z.string()),
});
export type SendOrderParams = z.output<typeof sendOrderParamsSchema>;

/** `success` alone says nothing: what became of the order is in `sendStatus.status`. */
export const sendOrderResultSchema = openObject({
  ...successFields,
  sendStatus: openObject({
    order_id: z.optional(z.string()),
    cliOrdId: optionalText,
    status: instructionStatusSchema,
    receivedTime: z.optional(z.string()),
    orderEvents: z.optional(orderEventsSchema),
  }),
});
export type SendOrderResult = z.output<typeof sendOrderResultSchema>;
