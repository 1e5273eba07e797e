import { batchOrderParamsSchema, batchOrderResultSchema } from './batch-order.ts';
import {
  cancelAllOrdersAfterParamsSchema,
  cancelAllOrdersAfterResultSchema,
  cancelAllOrdersParamsSchema,
  cancelAllOrdersResultSchema,
} from './cancel-all-orders.ts';
import { cancelOrderParamsSchema, cancelOrderResultSchema } from './cancel-order.ts';
import { editOrderParamsSchema, editOrderResultSchema } from './edit-order.ts';
import { endpointOf } from './endpoint.ts';
import { openOrdersParamsSchema, openOrdersResultSchema } from './open-orders.ts';
import { ordersStatusParamsSchema, ordersStatusResultSchema } from './orders-status.ts';
import { sendOrderParamsSchema, sendOrderResultSchema } from './send-order.ts';

const endpoint = endpointOf('/derivatives/api/v3');

/** Orders. */
export const tradingEndpoints = {
  sendOrder: endpoint('POST /sendorder', 'full', sendOrderParamsSchema, sendOrderResultSchema),
  editOrder: endpoint('POST /editorder', 'full', editOrderParamsSchema, editOrderResultSchema),
  cancelOrder: endpoint(
    'POST /cancelorder',
    'full',
    cancelOrderParamsSchema,
    cancelOrderResultSchema,
  ),
  cancelAllOrders: endpoint(
    'POST /cancelallorders',
    'full',
    cancelAllOrdersParamsSchema,
    cancelAllOrdersResultSchema,
  ),
  cancelAllOrdersAfter: endpoint(
    'POST /cancelallordersafter',
    'full',
    cancelAllOrdersAfterParamsSchema,
    cancelAllOrdersAfterResultSchema,
  ),
  batchOrder: endpoint('POST /batchorder', 'full', batchOrderParamsSchema, batchOrderResultSchema),
  ordersStatus: endpoint(
    'POST /orders/status',
    'full',
    ordersStatusParamsSchema,
    ordersStatusResultSchema,
    false,
  ),
  openOrders: endpoint('GET /openorders', 'read', openOrdersParamsSchema, openOrdersResultSchema),
};
