import { formatTimestamp } from '@kr/schemas/shared';
import type { SpotV1Client, SpotV1Message, SpotV1Params } from '@kr/ws/spot-v1';
import type { Row } from '../../output/result.ts';
import { isoOfSeconds } from '../../times.ts';
import { gapNote } from './gap-note.ts';
import { decimals, type Watched, type Watching } from './watched.ts';

/** The pair is the last of every frame. */
export const pairOf = (frame: readonly unknown[]): string => String(frame.at(-1));

/** The messages of a channel as rows; what is missing is said. */
export async function* rowsOfV1Channel<Params extends SpotV1Params>(
  client: SpotV1Client,
  params: Params,
  rowsOf: (message: SpotV1Message<Params['channel']>) => Iterable<Row>,
  { signal, note }: Watching,
): AsyncGenerator<Row> {
  const stream = client.subscribe(params, { signal, onGap: (gap) => note(gapNote(gap)) });
  for await (const message of stream) yield* rowsOf(message);
}

/** All that v1's ticker has, under the names of `kraken_ticker_history.csv`. */
const ticker: Watched = {
  keys: ['symbol'],
  columns: [
    { key: 'symbol' },
    ...decimals('bid_price', 'ask_price', 'last_trade_price', 'last_trade_volume', 'volume_24h'),
    ...decimals('vwap_24h', 'low_24h', 'high_24h', 'opening_price'),
    { key: 'trades_24h' },
    { key: 'received_at' },
  ],
  open: async (watching) =>
    rowsOfV1Channel(
      await watching.session.socketsV1(),
      { channel: 'ticker', symbol: watching.symbols },
      ({ frame, receivedAt }) => {
        const [, { a, b, c, v, p, t, l, h, o }] = frame;
        return [
          {
            symbol: pairOf(frame),
            ...{ ask_price: a[0], ask_whole_lot_volume: a[1], ask_lot_volume: a[2] },
            ...{ bid_price: b[0], bid_whole_lot_volume: b[1], bid_lot_volume: b[2] },
            ...{ last_trade_price: c[0], last_trade_volume: c[1] },
            ...{ volume_today: v[0], volume_24h: v[1], vwap_today: p[0], vwap_24h: p[1] },
            ...{ trades_today: t[0], trades_24h: t[1], low_today: l[0], low_24h: l[1] },
            ...{ high_today: h[0], high_24h: h[1], opening_price: o[1] },
            received_at: formatTimestamp(receivedAt.wallNs),
          },
        ];
      },
      watching,
    ),
};

const SIDES: Readonly<Record<string, string>> = { b: 'buy', s: 'sell' };
const TYPES: Readonly<Record<string, string>> = { m: 'market', l: 'limit' };

const trades: Watched = {
  keys: [],
  columns: [
    { key: 'time' },
    { key: 'symbol' },
    { key: 'side' },
    ...decimals('price', 'quantity'),
    { key: 'type' },
  ],
  open: async (watching) =>
    rowsOfV1Channel(
      await watching.session.socketsV1(),
      { channel: 'trade', symbol: watching.symbols },
      ({ frame, receivedAt }) =>
        frame[1].map(([price, quantity, time, side, type]) => ({
          time: isoOfSeconds(time),
          symbol: pairOf(frame),
          side: SIDES[side] ?? side,
          price,
          quantity,
          type: TYPES[type] ?? type,
          received_at: formatTimestamp(receivedAt.wallNs),
        })),
      watching,
    ),
};

type V1Interval = 1 | 5 | 15 | 30 | 60 | 240 | 1440 | 10_080 | 21_600;

const ohlc: Watched = {
  keys: ['symbol'],
  columns: [
    { key: 'time' },
    { key: 'symbol' },
    ...decimals('open', 'high', 'low', 'close', 'volume', 'vwap'),
    { key: 'trades' },
  ],
  open: async (watching) => {
    const interval = (watching.options.interval ?? 1) as V1Interval;
    return rowsOfV1Channel(
      await watching.session.socketsV1(),
      { channel: 'ohlc', symbol: watching.symbols, interval },
      ({ frame, receivedAt }) => {
        const [, [, end, open, high, low, close, vwap, volume, count]] = frame;
        return [
          {
            // Where it begins, as in v2.
            time: isoOfSeconds(Number(end) - interval * 60),
            ...{ symbol: pairOf(frame), open, high, low, close, volume, vwap, trades: count },
            interval,
            received_at: formatTimestamp(receivedAt.wallNs),
          },
        ];
      },
      watching,
    );
  },
};

export const v1Market = { ticker, trades, ohlc } as const;
