import { L2Book, L3Book } from '@kr/orderbook';
import { formatTimestamp } from '@kr/schemas/shared';
import { books } from '@kr/ws/book';
import type { Row } from '../../output/result.ts';
import { topRow } from './top-row.ts';
import { rowsOfChannel } from './v2-stream.ts';
import { decimals, type Watched, type Watching } from './watched.ts';

const columns = [
  { key: 'symbol' },
  ...decimals('bid_quantity', 'bid', 'ask', 'ask_quantity', 'spread'),
  { key: 'verified' },
  { key: 'checksum' },
  { key: 'type' },
  { key: 'received_at' },
];

/** A book a symbol of our own, so that each row has the verdict of its own message. */
const bookOf = <B>(known: Map<string, B>, symbol: string, create: () => B): B => {
  const book = known.get(symbol) ?? create();
  known.set(symbol, book);
  return book;
};

/** Renews a symbol whose checksum fails; it shares the subscription of the rows. */
const keepWhole = (
  client: Awaited<ReturnType<Watching['session']['sockets']>>,
  channel: 'book' | 'level3',
  { symbols, options, note }: Watching,
) => {
  books(client, {
    channel,
    symbol: symbols,
    depth: options.depth ?? 10,
    onStatus: ({ symbol, to, reason }) => {
      if (to === 'resyncing' || to === 'quarantined') note(`${symbol} ${to}: ${reason}`);
    },
  });
};

/** Every message of the book: what it changes, and whether its checksum matched. */
export const book: Watched = {
  keys: ['symbol'],
  columns,
  open: async (watching) => {
    const client = await watching.session.sockets('public');
    const depth = watching.options.depth ?? 10;
    keepWhole(client, 'book', watching);
    const known = new Map<string, L2Book>();
    return rowsOfChannel(
      client,
      { channel: 'book', symbol: [...watching.symbols], depth },
      ({ type, data, receivedAt }) =>
        data.map(({ symbol, timestamp, checksum, ...sides }) => {
          const bids = sides.bids.map(({ price, qty }) => ({ price, quantity: qty }));
          const asks = sides.asks.map(({ price, qty }) => ({ price, quantity: qty }));
          const kept = bookOf(known, symbol, () => new L2Book({ symbol, depth }));
          if (type === 'snapshot') kept.applySnapshot({ bids, asks, checksum });
          else kept.applyUpdate({ bids, asks, checksum });
          const received_at = formatTimestamp(receivedAt.wallNs);
          return {
            time: timestamp,
            symbol,
            type,
            ...topRow(kept),
            checksum,
            bids,
            asks,
            received_at,
          };
        }),
      watching,
    );
  },
};

interface WireOrder {
  readonly event?: string;
  readonly order_id: string;
  readonly limit_price: string;
  readonly order_qty?: string | undefined;
  readonly timestamp: string;
}

const orderOf = ({
  event = 'add',
  order_id,
  limit_price,
  order_qty = '0',
  timestamp,
}: WireOrder) => ({
  event: event as 'add' | 'modify' | 'delete',
  orderId: order_id,
  price: limit_price,
  quantity: order_qty,
  timestamp,
});

const rowOfOrder = ({ orderId, timestamp, ...rest }: ReturnType<typeof orderOf>): Row => ({
  ...rest,
  order_id: orderId,
  time: timestamp,
});

/** The same, order by order. */
export const level3: Watched = {
  keys: ['symbol'],
  columns: [
    ...columns.slice(0, 7),
    { key: 'bid_orders' },
    { key: 'ask_orders' },
    ...columns.slice(7),
  ],
  open: async (watching) => {
    const client = await watching.session.sockets('private');
    const depth = watching.options.depth ?? 10;
    keepWhole(client, 'level3', watching);
    const known = new Map<string, L3Book>();
    return rowsOfChannel(
      client,
      { channel: 'level3', symbol: [...watching.symbols], depth },
      ({ type, data, receivedAt }) =>
        data.map(({ symbol, timestamp, checksum, ...sides }) => {
          const bids = sides.bids.map(orderOf);
          const asks = sides.asks.map(orderOf);
          const kept = bookOf(known, symbol, () => new L3Book({ symbol, depth }));
          if (type === 'snapshot') kept.applySnapshot({ bids, asks, checksum });
          else kept.applyUpdate({ bids, asks, checksum });
          return {
            time: timestamp,
            symbol,
            type,
            ...topRow(kept),
            bid_orders: kept.orderCountAt('bids', 0),
            ask_orders: kept.orderCountAt('asks', 0),
            checksum,
            bids: bids.map(rowOfOrder),
            asks: asks.map(rowOfOrder),
            received_at: formatTimestamp(receivedAt.wallNs),
          };
        }),
      watching,
    );
  },
};
