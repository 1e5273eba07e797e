/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText, sideSchema } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
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
/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const deviationUnitSchema = openEnum(['PERCENT', 'QUOTE_CURRENCY']);

/** One order, as sendorder and batchorder take it: amounts are text in a form, numbers in JSON. */
/* @__NO_SIDE_EFFECTS__ */
export function newOrderFieldsOf<Amount extends z.core.$ZodType<string>>(amount: Amount) {
  const optional = z.optional(amount);
  return {
    orderType: orderTypeSchema,
    symbol: z.string(),
    side: sideSchema,
    size: amount,
    limitPrice: optional,
    stopPrice: optional,
    /** At most 100 characters. */
    cliOrdId: z.optional(z.string()),
    triggerSignal: z.optional(openEnum(['mark', 'index', 'last'])),
    reduceOnly: z.optional(z.boolean()),
    trailingStopMaxDeviation: optional,
    trailingStopDeviationUnit: z.optional(deviationUnitSchema),
    limitPriceOffsetValue: optional,
    limitPriceOffsetUnit: z.optional(deviationUnitSchema),
  };
}

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const sendOrderParamsSchema = openObject({
  ...newOrderFieldsOf(decimalStringSchema),
  /** Not to be processed after that time. */
  processBefore: z.optional(z.string()),
  broker: z.optional(z.string()),
});
export type SendOrderParams = z.output<typeof sendOrderParamsSchema>;

/**
 * `success` alone says nothing: what became of the order is in `sendStatus.status`.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const sendOrderResultSchema = openObject({
  ...successFields,
  sendStatus: openObject({
    order_id: z.optional(z.string()),
    cliOrdId: optionalText,
    status: instructionStatusSchema,
    receivedTime: z.optional(timestampSchema),
    orderEvents: z.optional(orderEventsSchema),
  }),
});
export type SendOrderResult = z.output<typeof sendOrderResultSchema>;
