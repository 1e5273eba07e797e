import { PlainBook, rawMessages } from './independent.ts';

// As independent.ts: integers times 10^8, no engine.

const ONE = 100_000_000n;

function int(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(8, '0'));
}

/** Half to even. */
function divide(a: bigint, b: bigint): bigint {
  const sign = a < 0n ? -1n : 1n;
  const value = a * sign;
  const [whole, rest] = [value / b, (value % b) * 2n];
  const up = rest > b || (rest === b && whole % 2n === 1n);
  return sign * (up ? whole + 1n : whole);
}

/** The numbers of a row of `metrics`, all times 10^8. */
export interface RawMetrics {
  readonly at: number;
  readonly values: Readonly<Record<string, bigint>>;
}

/** Of the messages of a capture, `stepMs` apart, the book at each whole second before the last of them. */
export function rawMetrics(path: string, depth: number, stepMs: number): RawMetrics[] {
  const book = new PlainBook(depth);
  const rows: RawMetrics[] = [];
  for (const [at, message] of rawMessages(path).entries()) {
    const ms = at * stepMs;
    if (ms % 1000 === 0 && book.bids.length > 0) rows.push({ at: ms, values: metricsOf(book) });
    if (message.channel === 'book') book.apply(message);
  }
  return rows;
}

function metricsOf({ bids, asks }: PlainBook): Record<string, bigint> {
  const [bid, ask] = [bids[0], asks[0]];
  if (bid === undefined || ask === undefined) return {};
  const twice = int(bid.price) + int(ask.price);
  const spread = int(ask.price) - int(bid.price);
  const sum = (side: typeof bids): bigint => side.reduce((total, { qty }) => total + int(qty), 0n);
  const [bidVolume, askVolume] = [sum(bids.slice(0, 10)), sum(asks.slice(0, 10))];
  const within = (bps: bigint): bigint =>
    sum(bids.filter(({ price }) => 20_000n * int(price) >= twice * (10_000n - bps))) +
    sum(asks.filter(({ price }) => 20_000n * int(price) <= twice * (10_000n + bps)));
  return {
    best_bid: int(bid.price),
    best_bid_qty: int(bid.qty),
    best_ask: int(ask.price),
    best_ask_qty: int(ask.qty),
    spread,
    spread_bps: divide(spread * 20_000n * ONE, twice),
    mid_price: twice / 2n,
    bid_volume_top10: bidVolume,
    ask_volume_top10: askVolume,
    imbalance: divide((bidVolume - askVolume) * ONE, bidVolume + askVolume),
    depth_10_bps: within(10n),
    depth_25_bps: within(25n),
    depth_50_bps: within(50n),
  };
}
