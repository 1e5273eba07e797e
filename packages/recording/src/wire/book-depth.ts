import { isObject, parseJson, type Subscription } from '../format/segment-header.ts';
import type { DepthSource } from '../verify/verify-report.ts';
import type { BookChannel, BookKey } from './frame-kind.ts';

/** What Kraken offers: https://docs.kraken.com/api/docs/websocket-v2/book, and …/level3 */
const DEPTHS: Readonly<Record<BookChannel, readonly number[]>> = {
  book: [10, 25, 100, 500, 1000],
  level3: [10, 100, 1000],
};
const DEFAULT_DEPTH = 10;

/** A depth and how it is known. */
export interface KnownDepth {
  readonly depth: number;
  readonly source: DepthSource;
}

/** A subscription to a book that was acknowledged. */
export interface BookAcknowledgement {
  readonly channel: BookChannel;
  readonly symbol: string;
  readonly depth: number;
}

/** Reads the acknowledgement of a subscription to a book out of a message; `undefined` for any other. */
export function parseBookAcknowledgement(message: Uint8Array): BookAcknowledgement | undefined {
  const value = parseJson(message);
  if (!isObject(value) || value['method'] !== 'subscribe' || value['success'] !== true) {
    return undefined;
  }
  const { result } = value;
  if (!isObject(result)) return undefined;
  const { channel } = result;
  if (channel !== 'book' && channel !== 'level3') return undefined;
  const { symbol, depth = DEFAULT_DEPTH } = result;
  if (typeof symbol !== 'string' || !isDepth(depth)) return undefined;
  return { channel, symbol, depth };
}

/** The depth that a header's subscriptions give a symbol. */
export function depthInHeader(
  subscriptions: readonly Subscription[],
  key: Pick<BookKey, 'channel' | 'symbol'>,
): number | undefined {
  const found = subscriptions.find(
    ({ channel, symbol: symbols }) =>
      channel === key.channel &&
      (Array.isArray(symbols) ? symbols.includes(key.symbol) : symbols === key.symbol),
  );
  if (found === undefined) return undefined;
  const { depth = DEFAULT_DEPTH } = found;
  return isDepth(depth) ? depth : undefined;
}

/** The smallest depth offered that a snapshot of this many levels on its longer side fits into. */
export function inferDepth(channel: BookChannel, levels: number): number {
  return DEPTHS[channel].find((depth) => depth >= levels) ?? levels;
}

/** The levels on the longer side of a snapshot, v2 or v1. */
export function countLevels(message: Uint8Array, { symbol }: BookKey): number {
  const value = parseJson(message);
  const books = Array.isArray(value) ? value : isObject(value) ? value['data'] : undefined;
  if (!Array.isArray(books)) return 0;
  const sides = books.flatMap((book) => {
    if (!isObject(book) || (book['symbol'] ?? symbol) !== symbol) return [];
    return [book['bids'], book['asks'], book['bs'], book['as']];
  });
  return Math.max(0, ...sides.map((side) => (Array.isArray(side) ? countPrices(side) : 0)));
}

/** Orders of one price are one level. */
function countPrices(side: readonly unknown[]): number {
  const first = side[0];
  if (!isObject(first) || !('limit_price' in first)) return side.length;
  return new Set(side.map((order) => (isObject(order) ? order['limit_price'] : undefined))).size;
}

function isDepth(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= 10_000;
}
