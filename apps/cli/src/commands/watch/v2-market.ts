import { formatTimestamp } from '@kr/schemas/shared';
import { rowsOfChannel } from './v2-stream.ts';
import { decimals, type Watched } from './watched.ts';

/** As the exchange calls them, but for what `kr` calls a quantity and a time everywhere. */
export const ticker: Watched = {
  keys: ['symbol'],
  columns: [
    { key: 'symbol' },
    ...decimals('bid', 'bid_quantity', 'ask', 'ask_quantity', 'last', 'change_pct', 'volume'),
    ...decimals('vwap', 'low', 'high', 'change'),
    { key: 'received_at' },
  ],
  open: async (watching) =>
    rowsOfChannel(
      await watching.session.sockets('public'),
      {
        channel: 'ticker',
        symbol: [...watching.symbols],
        event_trigger: watching.options.trigger ?? 'trades',
      },
      ({ type, data, receivedAt }) =>
        data.map(({ timestamp, bid_qty, ask_qty, symbol, bid, ask, ...rest }) => ({
          time: timestamp,
          symbol,
          type,
          bid,
          bid_quantity: bid_qty,
          ask,
          ask_quantity: ask_qty,
          ...rest,
          received_at: formatTimestamp(receivedAt.wallNs),
        })),
      watching,
    ),
};

export const trades: Watched = {
  keys: [],
  columns: [
    { key: 'time' },
    { key: 'symbol' },
    { key: 'side' },
    ...decimals('price', 'quantity'),
    { key: 'type' },
    { key: 'trade_id' },
  ],
  open: async (watching) =>
    rowsOfChannel(
      await watching.session.sockets('public'),
      { channel: 'trade', symbol: [...watching.symbols], snapshot: watching.isLookedAt },
      ({ data, receivedAt }) =>
        data.map(({ timestamp, qty, ord_type, symbol, side, price, ...rest }) => ({
          time: timestamp,
          symbol,
          side,
          price,
          quantity: qty,
          type: ord_type,
          ...rest,
          received_at: formatTimestamp(receivedAt.wallNs),
        })),
      watching,
    ),
};

export const ohlc: Watched = {
  keys: ['symbol'],
  columns: [
    { key: 'time' },
    { key: 'symbol' },
    ...decimals('open', 'high', 'low', 'close', 'volume', 'vwap'),
    { key: 'trades' },
  ],
  open: async (watching) =>
    rowsOfChannel(
      await watching.session.sockets('public'),
      { channel: 'ohlc', symbol: [...watching.symbols], interval: watching.options.interval ?? 1 },
      ({ type, data, receivedAt }) =>
        // A snapshot has the candles of hours: kr ohlc has them. What runs is watched.
        (type === 'snapshot' ? data.slice(-1) : data).map(
          ({ interval_begin, symbol, timestamp: end, ...rest }) => ({
            time: interval_begin,
            symbol,
            ...rest,
            end,
            received_at: formatTimestamp(receivedAt.wallNs),
          }),
        ),
      watching,
    ),
};
