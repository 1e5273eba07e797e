/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
import * as z from 'zod/mini';
import { formatText, parseText } from '../parse-with.ts';
import { pingRequestSchema } from '../ws/ping.ts';
import {
  addOrderRequestSchema,
  amendOrderRequestSchema,
  cancelAllOrdersAfterRequestSchema,
  cancelAllRequestSchema,
  cancelOrderRequestSchema,
} from './orders.ts';
import { subscribeRequestSchema, unsubscribeRequestSchema } from './subscribe.ts';

/**
 * Whatever a client sends.
 * https://docs.kraken.com/exchange/api-reference/unified-websocket
 */
export const uwsRequestSchema = z.discriminatedUnion('method', [
  pingRequestSchema,
  subscribeRequestSchema,
  unsubscribeRequestSchema,
  addOrderRequestSchema,
  amendOrderRequestSchema,
  cancelOrderRequestSchema,
  cancelAllRequestSchema,
  cancelAllOrdersAfterRequestSchema,
]);
export type UwsRequest = z.output<typeof uwsRequestSchema>;

/** The text of a request, its decimals printed raw. @throws SchemaError `INVALID_MESSAGE` */
export function formatUwsRequest(request: UwsRequest): string {
  return formatText(uwsRequestSchema, request, `${request.method} request`);
}

/** The request in a text. @throws SchemaError `MALFORMED_JSON`, `INVALID_MESSAGE` */
export function parseUwsRequest(source: string | Uint8Array): UwsRequest {
  return parseText(uwsRequestSchema, source, 'request');
}
