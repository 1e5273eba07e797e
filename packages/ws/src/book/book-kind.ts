import { L2Book, L3Book } from '@kr/orderbook';
import { WsError } from '../errors.ts';
import { ChecksumBook } from './checksum-book.ts';
import { timeOfV1, timeOfV2 } from './frame-time.ts';
import type { KeptBook, Proof } from './kept-book.ts';
import { SequenceBook } from './sequence-book.ts';

/** How books of a channel are kept: what proves them, and what is asked of the exchange. */
export interface BookKind {
  readonly proof: Proof;
  /** The subscription says how deep: else the exchange sends the whole book. */
  readonly hasDepth: boolean;
  /** @throws OrderBookError `INVALID_OPTION` for a depth that is none */
  create(symbol: string, depth: number): KeptBook<L2Book | L3Book>;
}

const L2: BookKind = {
  proof: 'checksum',
  hasDepth: true,
  create: (symbol, depth) => new ChecksumBook(new L2Book({ symbol, depth }), timeOfV2),
};
const L3: BookKind = {
  proof: 'checksum',
  hasDepth: true,
  create: (symbol, depth) => new ChecksumBook(new L3Book({ symbol, depth }), timeOfV2),
};
const SPOT_V1: BookKind = {
  proof: 'checksum',
  hasDepth: true,
  create: (symbol, depth) => new ChecksumBook(new L2Book({ symbol, depth }), timeOfV1),
};
const FUTURES_V1: BookKind = {
  proof: 'sequence',
  hasDepth: false,
  create: (symbol) => new SequenceBook(symbol),
};

const KINDS: ReadonlyMap<string, BookKind> = new Map([
  ['spot-v2 book', L2],
  ['spot-v2 level3', L3],
  ['unified book', L2],
  ['unified level3', L3],
  ['spot-v1 book', SPOT_V1],
  ['futures-v1 book', FUTURES_V1],
]);

/** @throws WsError `INVALID_PARAMS` for a channel that the protocol has no books of */
export function bookKindOf(protocol: string, channel: string): BookKind {
  const kind = KINDS.get(`${protocol} ${channel}`);
  if (kind !== undefined) return kind;
  const message = `books: ${protocol} has no books of the channel ${channel}. Take 'book'.`;
  throw new WsError('INVALID_PARAMS', message, { method: 'books' });
}
