/** https://docs.kraken.com/api/docs/futures-api/trading/get-order-status */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import {
  optionalDecimal,
  optionalText,
  optionalTime,
  orderErrorSchema,
  sideSchema,
} from './fields.ts';

/**
 * As repeated form keys.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-order-status
 */
export const ordersStatusParamsSchema = openObject({
  orderIds: z.optional(z.array(z.string())),
  cliOrdIds: z.optional(z.array(z.string())),
});
export type OrdersStatusParams = z.output<typeof ordersStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-order-status */
export const cachedOrderSchema = openObject({
  type: openEnum(['TRIGGER_ORDER', 'ORDER']),
  orderId: z.string(),
  cliOrdId: optionalText,
  symbol: z.string(),
  side: sideSchema,
  quantity: optionalDecimal,
  filled: optionalDecimal,
  limitPrice: optionalDecimal,
  reduceOnly: z.boolean(),
  timestamp: timestampSchema,
  lastUpdateTimestamp: timestampSchema,
  priceTriggerOptions: z.optional(
    z.nullable(
      openObject({
        triggerPrice: decimalSchema,
        triggerSide: openEnum(['TRIGGER_ABOVE', 'TRIGGER_BELOW']),
        triggerSignal: openEnum(['MARK_PRICE', 'LAST_PRICE', 'SPOT_PRICE']),
      }),
    ),
  ),
  triggerTime: optionalTime,
});
export type CachedOrder = z.output<typeof cachedOrderSchema>;

/**
 * Orders that rest, and those that changed in the last seconds.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-order-status
 */
export const ordersStatusResultSchema = openObject({
  ...successFields,
  orders: z.array(
    openObject({
      order: cachedOrderSchema,
      status: openEnum([
        'ENTERED_BOOK',
        'FULLY_EXECUTED',
        'REJECTED',
        'CANCELLED',
        'TRIGGER_PLACED',
        'TRIGGER_ACTIVATION_FAILURE',
      ]),
      updateReason: optionalText,
      error: z.optional(z.nullable(orderErrorSchema)),
    }),
  ),
});
export type OrdersStatusResult = z.output<typeof ordersStatusResultSchema>;
