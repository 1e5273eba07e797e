/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
import * as z from 'zod/mini';
import { formatText, parseText } from '../parse-with.ts';
import { addOrderRequestSchema } from './add-order.ts';
import { amendOrderRequestSchema } from './amend-order.ts';
import { batchAddRequestSchema } from './batch-add.ts';
import { batchCancelRequestSchema } from './batch-cancel.ts';
import { cancelAllRequestSchema } from './cancel-all.ts';
import { cancelAllOrdersAfterRequestSchema } from './cancel-all-orders-after.ts';
import { cancelOrderRequestSchema } from './cancel-order.ts';
import { editOrderRequestSchema } from './edit-order.ts';
import { pingRequestSchema } from './ping.ts';
import { subscribeRequestSchema, unsubscribeRequestSchema } from './subscribe.ts';

/**
 * Whatever a client sends. `request.method === 'add_order'` narrows.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const wsRequestSchema = z.discriminatedUnion('method', [
  pingRequestSchema,
  subscribeRequestSchema,
  unsubscribeRequestSchema,
  addOrderRequestSchema,
  amendOrderRequestSchema,
  editOrderRequestSchema,
  cancelOrderRequestSchema,
  cancelAllRequestSchema,
  cancelAllOrdersAfterRequestSchema,
  batchAddRequestSchema,
  batchCancelRequestSchema,
]);
export type WsRequest = z.output<typeof wsRequestSchema>;

/**
 * The text of a request, its decimals printed raw: `{"limit_price":26500.40}` of `'26500.40'`.
 *
 * @throws SchemaError `INVALID_MESSAGE`, with the path of what is wrong; never the token
 */
export function formatWsRequest(request: WsRequest): string {
  return formatText(wsRequestSchema, request, `${request.method} request`);
}

/**
 * The request in a text, as a server reads it.
 *
 * @throws SchemaError `MALFORMED_JSON`, `INVALID_MESSAGE`
 */
export function parseWsRequest(source: string | Uint8Array): WsRequest {
  return parseText(wsRequestSchema, source, 'request');
}
