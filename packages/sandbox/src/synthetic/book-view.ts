import { WireFrame } from '../protocol/wire-frame.ts';
import type { BookSide } from './book-side.ts';
import type { LevelChange, SyntheticBook } from './synthetic-book.ts';

/**
 * What the subscribers of one depth hold, and the frames that keep it right.
 *
 * A client applies the levels of a message in order and then cuts each side to its depth. So of a
 * batch of changes it needs those inside the window it held before, in their order (a price may
 * stand twice), and after them the levels that moved up into the window. Levels pushed out are never
 * named: the client drops them itself.
 */
export class BookView {
  readonly #book: SyntheticBook;
  readonly #depth: number;
  #worstBid: number | undefined;
  #worstAsk: number | undefined;

  constructor(book: SyntheticBook, depth: number) {
    this.#book = book;
    this.#depth = depth;
    this.#remember();
  }

  snapshot(checksum: number, timestamp: string): WireFrame {
    const bids = window(this.#book.bids, this.#depth);
    const asks = window(this.#book.asks, this.#depth);
    return this.#frame('snapshot', bids, asks, checksum, timestamp);
  }

  /** The update for changes already made to the book; `undefined` when nothing in the window changed. */
  update(
    changes: readonly LevelChange[],
    checksum: number,
    timestamp: string,
  ): WireFrame | undefined {
    const bids = this.#changed(this.#book.bids, changes, this.#worstBid);
    const asks = this.#changed(this.#book.asks, changes, this.#worstAsk);
    this.#remember();
    if (bids.length === 0 && asks.length === 0) return undefined;
    return this.#frame('update', bids, asks, checksum, timestamp);
  }

  #changed(
    side: BookSide,
    changes: readonly LevelChange[],
    worst: number | undefined,
  ): readonly string[] {
    const rows: string[] = [];
    for (const { side: changed, level } of changes) {
      if (changed !== side.side) continue;
      if (worst === undefined || side.isWithin(level.ticks, worst)) rows.push(level.json);
    }
    if (worst === undefined) return rows;
    const promoted: string[] = [];
    for (let rank = this.#depth - 1; rank >= 0; rank -= 1) {
      const level = side.at(rank);
      if (level === undefined) continue;
      if (side.isWithin(level.ticks, worst)) break;
      promoted.push(level.json);
    }
    return rows.concat(promoted.toReversed());
  }

  /** The worst price in each window; `undefined` while the side fits, for then every price is inside. */
  #remember(): void {
    this.#worstBid = this.#book.bids.at(this.#depth - 1)?.ticks;
    this.#worstAsk = this.#book.asks.at(this.#depth - 1)?.ticks;
  }

  /** Keys in the order of the 2026 captures. */
  #frame(
    type: 'snapshot' | 'update',
    bids: readonly string[],
    asks: readonly string[],
    checksum: number,
    timestamp: string,
  ): WireFrame {
    return new WireFrame(
      `{"channel":"book","type":"${type}","data":[{"symbol":"${this.#book.instrument.symbol}","bids":[${bids.join(',')}],"asks":[${asks.join(',')}],"checksum":${checksum},"timestamp":"${timestamp}"}]}`,
    );
  }
}

function window(side: BookSide, depth: number): readonly string[] {
  const rows: string[] = [];
  for (let rank = 0; rank < depth; rank += 1) {
    const level = side.at(rank);
    if (level === undefined) break;
    rows.push(level.json);
  }
  return rows;
}
