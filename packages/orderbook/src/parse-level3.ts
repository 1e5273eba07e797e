import { isArray, isObject, malformed, parseChecksum, parseNumber } from './frame-fields.ts';
import { type Json, type JsonObject, readJson } from './json-reader.ts';
import type { OrderEvent } from './types.ts';

/** What one `level3` message says, in wire digits. In a snapshot every event is an `add`. */
export interface Level3Message {
  readonly symbol: string;
  readonly snapshot: boolean;
  readonly bids: readonly OrderEvent[];
  readonly asks: readonly OrderEvent[];
  readonly checksum: number | undefined;
}

/**
 * The general way in: any JSON layout of a `level3` frame. Gives no message for a frame that is
 * something else. Throws MALFORMED_FRAME.
 */
export function parseLevel3(bytes: Uint8Array, length: number): readonly Level3Message[] {
  const frame = readJson(bytes, length);
  if (!isObject(frame) || frame.get('channel') !== 'level3') return [];
  const type = frame.get('type');
  if (type !== 'snapshot' && type !== 'update') throw malformed('type', 'snapshot or update');
  const data = frame.get('data');
  if (!isArray(data)) throw malformed('data', 'an array');
  return data.map((book) => parseMessage(book, type === 'snapshot'));
}

function parseMessage(book: Json, snapshot: boolean): Level3Message {
  if (!isObject(book)) throw malformed('data', 'an array of objects');
  const symbol = book.get('symbol');
  if (typeof symbol !== 'string') throw malformed('symbol', 'a text');
  return {
    symbol,
    snapshot,
    bids: parseOrders(book, 'bids', snapshot),
    asks: parseOrders(book, 'asks', snapshot),
    checksum: parseChecksum(book.get('checksum'), 'checksum'),
  };
}

function parseOrders(book: JsonObject, side: string, snapshot: boolean): OrderEvent[] {
  const orders = book.get(side);
  if (!isArray(orders)) throw malformed(side, 'an array');
  return orders.map((order) => {
    if (!isObject(order)) throw malformed('order', 'an object');
    const event = order.get('event') ?? (snapshot ? 'add' : undefined);
    if (event !== 'add' && event !== 'modify' && event !== 'delete') {
      throw malformed('event', 'add, modify or delete');
    }
    const orderId = order.get('order_id');
    if (typeof orderId !== 'string') throw malformed('order_id', 'a text');
    if (event === 'delete') return { event, orderId };
    const timestamp = order.get('timestamp');
    return {
      event,
      orderId,
      price: parseNumber(order.get('limit_price')),
      quantity: parseNumber(order.get('order_qty')),
      timestamp: typeof timestamp === 'string' ? timestamp : undefined,
    };
  });
}
