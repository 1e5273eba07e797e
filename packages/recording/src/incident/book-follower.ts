import { type ApplyOutcome, isOrderBookError } from '@kr/orderbook';
import type { Frame } from '@kr/schemas/shared';
import { BookShelf, type ShelfBook } from '../verify/book-shelf.ts';
import { parseBookAcknowledgement } from '../wire/book-depth.ts';
import { type BookKey, FrameClassifier } from '../wire/frame-kind.ts';

/** Rebuilds the books of a recording frame by frame. */
export class BookFollower {
  readonly #classifier = new FrameClassifier();
  readonly #shelf = new BookShelf();
  readonly #connections = new Set<number>();

  /** What became of a frame's book; `undefined` for every other frame. */
  apply({ bytes, connectionId }: Frame): { key: BookKey; outcome: ApplyOutcome } | undefined {
    if (!this.#connections.has(connectionId)) {
      this.#connections.add(connectionId);
      this.#shelf.begin(connectionId);
    }
    const { book: key, channel, isSnapshot } = this.#classifier.classify(bytes);
    if (channel === 'ack') {
      const acknowledged = parseBookAcknowledgement(bytes);
      if (acknowledged !== undefined) this.#shelf.acknowledge(connectionId, acknowledged);
    }
    if (key === undefined) return undefined;
    let book = this.#shelf.get(connectionId, key);
    if (book === undefined && isSnapshot) {
      ({ book } = this.#shelf.create(connectionId, key, bytes, undefined));
    }
    try {
      return book && { key, outcome: book.apply(bytes) };
    } catch (error) {
      if (isOrderBookError(error)) return undefined;
      throw error;
    }
  }

  book(connectionId: number, { channel, symbol, depth }: BookKey): ShelfBook | undefined {
    return this.#shelf.get(connectionId, this.#classifier.keyOf({ channel, symbol, depth }));
  }
}
