/** https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';
import { deviationUnitSchema } from './send-order.ts';

export const editFields = {
  size: z.optional(decimalStringSchema),
  limitPrice: z.optional(decimalStringSchema),
  stopPrice: z.optional(decimalStringSchema),
  trailingStopMaxDeviation: z.optional(decimalStringSchema),
  trailingStopDeviationUnit: z.optional(deviationUnitSchema),
  qtyMode: z.optional(openEnum(['ABSOLUTE', 'RELATIVE'])),
};

export const editOrderParamsSchema = openObject({
  /** This or `cliOrdId`. */
  orderId: z.optional(z.string()),
  cliOrdId: z.optional(z.string()),
  ...editFields,
  processBefore: z.optional(z.string()),
});
export type EditOrderParams = z.output<typeof editOrderParamsSchema>;

export const editOrderResultSchema = openObject({
  ...successFields,
  editStatus: openObject({
    orderId: optionalText,
    order_id: optionalText,
    cliOrdId: optionalText,
    status: instructionStatusSchema,
    receivedTime: optionalText,
    orderEvents: z.optional(orderEventsSchema),
  }),
});
export type EditOrderResult = z.output<typeof editOrderResultSchema>;
