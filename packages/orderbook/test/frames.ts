import type { Level, Order, OrderEvent } from '../src/index.ts';

/** `'45283.5 0.10000000'` as a level. */
export function level(text: string): Level {
  const [price = '', quantity = ''] = text.split(' ');
  return { price, quantity };
}

interface FrameParts {
  readonly symbol?: string;
  readonly bids?: readonly string[];
  readonly asks?: readonly string[];
  readonly checksum?: number | string;
  readonly timestamp?: string | null;
}

const side = (levels: readonly string[] = []): string =>
  levels
    .map(level)
    .map(({ price, quantity }) => `{"price":${price},"qty":${quantity}}`)
    .join(',');

/** A v2 frame in the layout Kraken prints. */
export function v2(type: 'snapshot' | 'update', parts: FrameParts): string {
  const { symbol = 'BTC/USD', checksum = 0, timestamp = '2026-07-19T17:54:39.753424Z' } = parts;
  const tail = timestamp === null ? '' : `,"timestamp":"${timestamp}"`;
  return (
    `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}",` +
    `"bids":[${side(parts.bids)}],"asks":[${side(parts.asks)}],"checksum":${checksum}${tail}}]}`
  );
}

interface Level3Parts {
  readonly symbol?: string;
  readonly bids?: readonly (Order | OrderEvent)[];
  readonly asks?: readonly (Order | OrderEvent)[];
  readonly checksum: number;
}

/** A `level3` frame, its members in the order of the channel's page. */
export function level3(type: 'snapshot' | 'update', parts: Level3Parts): string {
  const { symbol = 'BTC/USD', checksum, bids = [], asks = [] } = parts;
  return (
    `{"channel":"level3","type":"${type}","data":[{"checksum":${checksum},"symbol":"${symbol}",` +
    `"bids":[${bids.map(orderText).join(',')}],"asks":[${asks.map(orderText).join(',')}],` +
    '"timestamp":"2024-01-08T12:26:45.066096Z"}]}'
  );
}

function orderText(order: Order | OrderEvent): string {
  const {
    orderId,
    price = '1',
    quantity = '0',
    timestamp = '2024-01-08T12:26:45.000000000Z',
  } = order;
  const event = 'event' in order ? `"event":"${order.event}",` : '';
  return (
    `{${event}"order_id":"${orderId}","limit_price":${price},` +
    `"order_qty":${quantity},"timestamp":"${timestamp}"}`
  );
}
