import { isOrderBookError, type L2Book, type L3Book } from '@kr/orderbook';
import type { Frame } from '@kr/schemas/shared';
import {
  type FrameOutcome,
  IGNORED,
  type KeptBook,
  type Moment,
  UNCHECKED,
  VERIFIED,
} from './kept-book.ts';

/** A book that the exchange's checksums prove: the engine reads the frames by itself. */
export class ChecksumBook<B extends L2Book | L3Book> implements KeptBook<B> {
  readonly book: B;
  readonly #timeOf: (frame: Frame) => string;

  constructor(book: B, timeOf: (frame: Frame) => string) {
    this.book = book;
    this.#timeOf = timeOf;
  }

  get isVerified(): boolean {
    return this.book.verified;
  }

  apply({ bytes }: Frame): FrameOutcome {
    const { book } = this;
    try {
      const outcome = book.apply(bytes);
      if (outcome === 'verified' && book.verified) return VERIFIED;
      if (outcome === 'unchecked') return UNCHECKED;
      if (outcome !== 'mismatch') return IGNORED;
      const detail = `checksum ${String(book.expectedChecksum)} sent, ${String(book.checksum())} computed`;
      this.clear();
      return { kind: 'failed', cause: 'mismatch', detail };
    } catch (error) {
      if (!isOrderBookError(error)) throw error;
      // A book that awaits its snapshot has nothing to lose.
      if (book.awaitingSnapshot) return IGNORED;
      this.clear();
      return { kind: 'failed', cause: 'malformed', detail: error.message };
    }
  }

  momentOf(frame: Frame): Moment {
    return { time: this.#timeOf(frame), checksum: this.book.expectedChecksum };
  }

  clear(): void {
    this.book.clear();
  }
}
