import { addOrderParamsSchema, addOrderResultSchema } from './add-order.ts';
import { addOrderBatchParamsSchema, addOrderBatchResultSchema } from './add-order-batch.ts';
import { amendOrderParamsSchema, amendOrderResultSchema } from './amend-order.ts';
import { cancelAllParamsSchema, cancelAllResultSchema } from './cancel-all.ts';
import {
  cancelAllOrdersAfterParamsSchema,
  cancelAllOrdersAfterResultSchema,
} from './cancel-all-orders-after.ts';
import { cancelOrderParamsSchema, cancelOrderResultSchema } from './cancel-order.ts';
import {
  cancelOrderBatchParamsSchema,
  cancelOrderBatchResultSchema,
} from './cancel-order-batch.ts';
import { editOrderParamsSchema, editOrderResultSchema } from './edit-order.ts';
import { privateMutation, privateQuery } from './endpoint.ts';
import {
  getWebSocketsTokenParamsSchema,
  getWebSocketsTokenResultSchema,
} from './websockets-token.ts';

/** Orders, and the token of the sockets. */
export const tradingEndpoints = {
  AddOrder: privateMutation('AddOrder', addOrderParamsSchema, addOrderResultSchema, [
    'modify-trades',
  ]),
  AddOrderBatch: privateMutation(
    'AddOrderBatch',
    addOrderBatchParamsSchema,
    addOrderBatchResultSchema,
    ['modify-trades', 'close-trades'],
  ),
  AmendOrder: privateMutation(
    'AmendOrder',
    amendOrderParamsSchema,
    amendOrderResultSchema,
    ['modify-trades'],
    ['close-trades'],
  ),
  EditOrder: privateMutation('EditOrder', editOrderParamsSchema, editOrderResultSchema, [
    'modify-trades',
    'close-trades',
  ]),
  CancelOrder: privateMutation(
    'CancelOrder',
    cancelOrderParamsSchema,
    cancelOrderResultSchema,
    ['modify-trades'],
    ['close-trades'],
  ),
  CancelOrderBatch: privateMutation(
    'CancelOrderBatch',
    cancelOrderBatchParamsSchema,
    cancelOrderBatchResultSchema,
    ['modify-trades'],
    ['close-trades'],
  ),
  CancelAll: privateMutation(
    'CancelAll',
    cancelAllParamsSchema,
    cancelAllResultSchema,
    ['modify-trades'],
    ['close-trades'],
  ),
  CancelAllOrdersAfter: privateMutation(
    'CancelAllOrdersAfter',
    cancelAllOrdersAfterParamsSchema,
    cancelAllOrdersAfterResultSchema,
    ['modify-trades'],
    ['close-trades'],
  ),
  GetWebSocketsToken: privateQuery(
    'GetWebSocketsToken',
    getWebSocketsTokenParamsSchema,
    getWebSocketsTokenResultSchema,
    ['create-ws-token'],
  ),
};
