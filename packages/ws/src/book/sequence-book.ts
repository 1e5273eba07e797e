import { isOrderBookError, L2Book } from '@kr/orderbook';
import { isSchemaError } from '@kr/schemas';
import {
  type BookFrame,
  type BookLevel,
  type BookSnapshotFrame,
  parseFuturesMessage,
} from '@kr/schemas/futures-ws';
import type { Frame } from '@kr/schemas/shared';
import {
  type FailureCause,
  type FrameOutcome,
  IGNORED,
  type KeptBook,
  type Moment,
  VERIFIED,
} from './kept-book.ts';

/** The feed has no depth and no cut: as many levels a side as the engine holds. */
const MAX_LEVELS = 10_000;
/** Numbers of up to 2^53 sort as texts. */
const SEQUENCE_DIGITS = 16;
const ZERO = /^[0.]+(?:[eE].*)?$/;

/**
 * A book of futures v1. The exchange sends no checksum there: what proves the book is that each message
 * is the next by its number, and so that every change since the snapshot is in it.
 */
export class SequenceBook implements KeptBook<L2Book> {
  readonly book: L2Book;
  readonly #symbol: string;
  #sequence: number | undefined;

  constructor(symbol: string) {
    this.#symbol = symbol;
    this.book = new L2Book({ symbol, depth: MAX_LEVELS });
  }

  get isVerified(): boolean {
    return this.#sequence !== undefined;
  }

  apply(received: Frame): FrameOutcome {
    try {
      const message = parseFuturesMessage(received.bytes);
      if (message.kind !== 'data') return IGNORED;
      const { frame } = message;
      if (frame.feed === 'book_snapshot') return this.#applySnapshot(frame);
      return frame.feed === 'book' ? this.#applyUpdate(frame) : IGNORED;
    } catch (error) {
      if (!isSchemaError(error) && !isOrderBookError(error)) throw error;
      return this.isVerified ? this.#fail('malformed', error.message) : IGNORED;
    }
  }

  momentOf(): Moment {
    const time = String(this.#sequence ?? '').padStart(SEQUENCE_DIGITS, '0');
    return { time, checksum: undefined };
  }

  clear(): void {
    this.book.clear();
    this.#sequence = undefined;
  }

  #applySnapshot({ product_id: product, seq, bids, asks }: BookSnapshotFrame): FrameOutcome {
    if (product !== this.#symbol) return IGNORED;
    this.book.applySnapshot({ bids: levelsOf(bids), asks: levelsOf(asks), checksum: undefined });
    this.#sequence = seq;
    return this.#settle();
  }

  #applyUpdate({ product_id: product, seq, side, price, qty }: BookFrame): FrameOutcome {
    const last = this.#sequence;
    // What comes twice, or before the snapshot that holds it, says nothing new.
    if (product !== this.#symbol || last === undefined || seq <= last) return IGNORED;
    if (seq !== last + 1) return this.#fail('jump', missing(last + 1, seq - 1));
    if (side !== 'buy' && side !== 'sell') {
      return this.#fail('malformed', `a level of the side ${String(side)}`);
    }
    const levels = [{ price, quantity: qty }];
    const [bids, asks] = side === 'buy' ? [levels, []] : [[], levels];
    this.book.applyUpdate({ bids, asks, checksum: undefined });
    this.#sequence = seq;
    return this.#settle();
  }

  /** A side that is full was cut, or will be: what fell off is never told again. */
  #settle(): FrameOutcome {
    const { bidCount, askCount } = this.book;
    if (Math.max(bidCount, askCount) < MAX_LEVELS) return VERIFIED;
    return this.#fail('malformed', `more levels than can be kept: ${String(MAX_LEVELS)} a side`);
  }

  #fail(cause: FailureCause, detail: string): FrameOutcome {
    this.clear();
    return { kind: 'failed', cause, detail };
  }
}

/** Levels of quantity 0 were seen in snapshots: they are none. */
function levelsOf(levels: readonly BookLevel[]) {
  return levels
    .filter(({ qty }) => !ZERO.test(qty))
    .map(({ price, qty }) => ({ price, quantity: qty }));
}

function missing(first: number, last: number): string {
  return first === last
    ? `message ${String(first)} did not come`
    : `messages ${String(first)} to ${String(last)} did not come`;
}
