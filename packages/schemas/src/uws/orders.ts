/**
 * The order methods: Spot's, with the asset class. https://docs.kraken.com/exchange/api-reference/unified-ws/add_order
 * There is no batch and no `edit_order`.
 */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';
import { addOrderParamsSchema as spotAddOrderParamsSchema } from '../ws/add-order.ts';
import { amendOrderParamsSchema as spotAmendOrderParamsSchema } from '../ws/amend-order.ts';
import { cancelAllParamsSchema as spotCancelAllParamsSchema } from '../ws/cancel-all.ts';
import { cancelAllOrdersAfterParamsSchema as spotCancelAfterParamsSchema } from '../ws/cancel-all-orders-after.ts';
import { cancelOrderParamsSchema as spotCancelOrderParamsSchema } from '../ws/cancel-order.ts';
import { requestOf } from '../ws/envelope.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Neither `iceberg` nor `settle-position`; a trigger's reference is `index` or `last`, never `mark`.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/add_order
 */
export const addOrderParamsSchema = z.extend(spotAddOrderParamsSchema, {
  asset_class: assetClassSchema,
  order_type: openEnum([
    'limit',
    'market',
    'stop-loss',
    'stop-loss-limit',
    'take-profit',
    'take-profit-limit',
    'trailing-stop',
    'trailing-stop-limit',
  ]),
});
export type AddOrderParams = z.output<typeof addOrderParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/add_order */
export const addOrderRequestSchema = requestOf('add_order', addOrderParamsSchema);
export type AddOrderRequest = z.output<typeof addOrderRequestSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/amend_order */
export const amendOrderParamsSchema = z.extend(spotAmendOrderParamsSchema, {
  asset_class: assetClassSchema,
});
export type AmendOrderParams = z.output<typeof amendOrderParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/add_order */
export const amendOrderRequestSchema = requestOf('amend_order', amendOrderParamsSchema);
export type AmendOrderRequest = z.output<typeof amendOrderRequestSchema>;

/** One kind of id a request; `order_userref` is Spot's alone. https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_order */
export const cancelOrderParamsSchema = z.extend(spotCancelOrderParamsSchema, {
  asset_class: assetClassSchema,
});
export type CancelOrderParams = z.output<typeof cancelOrderParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/add_order */
export const cancelOrderRequestSchema = requestOf('cancel_order', cancelOrderParamsSchema);
export type CancelOrderRequest = z.output<typeof cancelOrderRequestSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_all */
export const cancelAllParamsSchema = z.extend(spotCancelAllParamsSchema, {
  asset_class: assetClassSchema,
});
export type CancelAllParams = z.output<typeof cancelAllParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/add_order */
export const cancelAllRequestSchema = requestOf('cancel_all', cancelAllParamsSchema);
export type CancelAllRequest = z.output<typeof cancelAllRequestSchema>;

/** Whether the class is required is not documented. https://docs.kraken.com/exchange/api-reference/unified-ws/cancel_after */
export const cancelAllOrdersAfterParamsSchema = z.extend(
  spotCancelAfterParamsSchema,
  assetClassEcho,
);
export type CancelAllOrdersAfterParams = z.output<typeof cancelAllOrdersAfterParamsSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/add_order */
export const cancelAllOrdersAfterRequestSchema = requestOf(
  'cancel_all_orders_after',
  cancelAllOrdersAfterParamsSchema,
);
export type CancelAllOrdersAfterRequest = z.output<typeof cancelAllOrdersAfterRequestSchema>;
