import type { L2Book, L3Book } from '@kr/orderbook';
import type { Frame } from '@kr/schemas/shared';
import type { FrameOutcome, KeptBook, Moment } from './kept-book.ts';

interface Ahead extends Moment {
  readonly frame: Frame;
}

/** Messages that one lane may be ahead of the other and still be shown one by one. */
const MAX_AHEAD = 1000;

/** The book of one symbol on one connection, and how far it is ahead of the one that is shown. */
export class LaneBook<B extends L2Book | L3Book> {
  readonly #kept: KeptBook<B>;
  /** Wall clock of the last frame after which it was verified. */
  verifiedNs: bigint | undefined;
  /** Where it stands; kept only where there is another lane. */
  moment: Moment | undefined;
  /** The moment before the first of `#ahead`. */
  #base: Moment | undefined;
  #ahead: Ahead[] = [];

  constructor(kept: KeptBook<B>) {
    this.#kept = kept;
  }

  get book(): B {
    return this.#kept.book;
  }

  get isVerified(): boolean {
    return this.#kept.isVerified;
  }

  /** Never throws for what the wire says. */
  apply(frame: Frame): FrameOutcome {
    const outcome = this.#kept.apply(frame);
    if (outcome.kind === 'verified') this.verifiedNs = frame.receivedAt.wallNs;
    else if (outcome.kind === 'failed') this.#forgetMoments();
    return outcome;
  }

  momentOf(frame: Frame): Moment {
    return this.#kept.momentOf(frame);
  }

  clear(): void {
    this.#kept.clear();
    this.#forgetMoments();
  }

  /** Takes down where it stands after `frame`, which is not shown yet. */
  note(frame: Frame): void {
    const moment = this.momentOf(frame);
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

  #forgetMoments(): void {
    this.moment = undefined;
    this.#base = undefined;
    this.#ahead = [];
  }
}
