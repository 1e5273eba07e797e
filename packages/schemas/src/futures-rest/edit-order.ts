/** https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText, optionalTime } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';
import { deviationUnitSchema } from './send-order.ts';

/** What of an order is edited: amounts are text in a form, numbers in JSON. */
/* @__NO_SIDE_EFFECTS__ */
export function editFieldsOf<Amount extends z.core.$ZodType<string>>(amount: Amount) {
  const optional = z.optional(amount);
  return {
    size: optional,
    limitPrice: optional,
    stopPrice: optional,
    trailingStopMaxDeviation: optional,
    trailingStopDeviationUnit: z.optional(deviationUnitSchema),
    qtyMode: z.optional(openEnum(['ABSOLUTE', 'RELATIVE'])),
  };
}

/** https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring */
export const editOrderParamsSchema = openObject({
  /** This or `cliOrdId`. */
  orderId: z.optional(z.string()),
  cliOrdId: z.optional(z.string()),
  ...editFieldsOf(decimalStringSchema),
  processBefore: z.optional(z.string()),
});
export type EditOrderParams = z.output<typeof editOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring */
export const editOrderResultSchema = openObject({
  ...successFields,
  editStatus: openObject({
    orderId: optionalText,
    order_id: optionalText,
    cliOrdId: optionalText,
    status: instructionStatusSchema,
    receivedTime: optionalTime,
    orderEvents: z.optional(orderEventsSchema),
  }),
});
export type EditOrderResult = z.output<typeof editOrderResultSchema>;
