import { isOrderBookError, type L2Book, type L3Book } from '@kr/orderbook';
import type { Frame } from '@kr/schemas/shared';

/** What became of a frame. `failed`: the book is wrong, and empty now. */
export type LaneOutcome =
  | { readonly kind: 'verified' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'failed'; readonly cause: 'mismatch' | 'malformed'; readonly detail: string };

/** A moment of a book that two connections can agree upon. */
export interface Moment {
  /** The exchange's time of the message, as printed; empty where it printed none. */
  readonly time: string;
  readonly checksum: number | undefined;
}

interface Ahead extends Moment {
  readonly frame: Frame;
}

const VERIFIED: LaneOutcome = { kind: 'verified' };
const IGNORED: LaneOutcome = { kind: 'ignored' };
/** Messages that one lane may be ahead of the other and still be shown one by one. */
const MAX_AHEAD = 1000;
/** The time stands at the very end of a frame. */
const TAIL_BYTES = 64;
const TIME = /.*"timestamp":"([^"]+)"/s;
const decoder = /* @__PURE__ */ new TextDecoder();

/** The book of one symbol on one connection, and how far it is ahead of the one that is shown. */
export class LaneBook<B extends L2Book | L3Book> {
  readonly book: B;
  /** Wall clock of the last frame after which it was verified. */
  verifiedNs: bigint | undefined;
  /** Where it stands; kept only where there is another lane. */
  moment: Moment | undefined;
  /** The moment before the first of `#ahead`. */
  #base: Moment | undefined;
  #ahead: Ahead[] = [];

  constructor(book: B) {
    this.book = book;
  }

  get isVerified(): boolean {
    return this.book.verified;
  }

  /** Never throws for what the wire says. */
  apply({ bytes, receivedAt }: Frame): LaneOutcome {
    const { book } = this;
    try {
      const outcome = book.apply(bytes);
      if (outcome === 'verified' && book.verified) {
        this.verifiedNs = receivedAt.wallNs;
        return VERIFIED;
      }
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

  clear(): void {
    this.book.clear();
    this.moment = undefined;
    this.#base = undefined;
    this.#ahead = [];
  }

  /** Takes down where it stands after `frame`, which is not shown yet. */
  note(frame: Frame): void {
    const moment = { ...momentOf(frame), checksum: this.book.expectedChecksum };
    this.moment = moment;
    this.#ahead.push({ ...moment, frame });
    if (this.#ahead.length <= MAX_AHEAD) return;
    this.#ahead.shift();
    this.#base = undefined;
  }

  /** What is shown stands at `shown`: nothing of ours up to there is needed any more. */
  passed(shown: Moment): void {
    let count = 0;
    for (const ahead of this.#ahead) {
      if (ahead.time > shown.time) break;
      this.#base = ahead;
      count += 1;
    }
    if (count > 0) this.#ahead = this.#ahead.slice(count);
  }

  /**
   * The frames after `shown`; `undefined` where this book is not known to lead there. The first may
   * begin before it: the exchange need not cut both streams into messages alike, and what a message
   * says twice is said of the same levels. Whoever applies them sees by their checksums.
   */
  framesAfter(shown: Moment): readonly Frame[] | undefined {
    this.passed(shown);
    const base = this.#base;
    if (base === undefined) return undefined;
    if (base.time === shown.time && base.checksum !== shown.checksum) return undefined;
    return this.#ahead.map(({ frame }) => frame);
  }
}

export function momentOf({ bytes }: Frame): { readonly time: string } {
  const tail = decoder.decode(bytes.subarray(-TAIL_BYTES));
  return { time: TIME.exec(tail)?.[1] ?? '' };
}
