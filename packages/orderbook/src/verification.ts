import { OrderBookError } from './errors.ts';
import type { ApplyOutcome } from './types.ts';

/** Whether a book is known to be right: what its frames' checksums said so far. */
export class Verification {
  /** True from a snapshot on. */
  live = false;
  /** True when the last message's checksum matched, and every one since the last snapshot did. */
  verified = false;
  /** A mismatch or an unreadable frame since the last snapshot: only a snapshot mends that. */
  #broken = false;
  #hasExpected = false;
  #expected = 0;

  /** The checksum the last applied message carried; undefined when it carried none. */
  get expected(): number | undefined {
    return this.#hasExpected ? this.#expected >>> 0 : undefined;
  }

  /** After a message was applied: `computed` is the book's checksum, as a signed integer. */
  settle(
    message: {
      readonly snapshot: boolean;
      readonly hasChecksum: boolean;
      readonly checksum: number;
    },
    computed: number,
  ): ApplyOutcome {
    this.#hasExpected = message.hasChecksum;
    this.#expected = message.checksum;
    if (message.snapshot) {
      this.live = true;
      this.#broken = false;
    }
    if (!message.hasChecksum) {
      this.verified = false;
      return 'unchecked';
    }
    const matched = computed === message.checksum;
    if (!matched) this.#broken = true;
    this.verified = matched && !this.#broken;
    return matched ? 'verified' : 'mismatch';
  }

  /** A frame was unreadable: what it said is lost. */
  lose(): void {
    this.#broken = true;
    this.verified = false;
  }

  /** Takes over what a `toSnapshot()` says, once its own checksum is found right. */
  restore(snapshot: { readonly verified: boolean; readonly checksum: number }): void {
    if (!this.verified) {
      throw new OrderBookError(
        'INVALID_SNAPSHOT',
        `The snapshot's levels do not have its checksum ${snapshot.checksum}: it was changed or ` +
          'cut. Take another one.',
        { expected: snapshot.checksum },
      );
    }
    this.verified = snapshot.verified;
    this.#broken = !snapshot.verified;
  }

  clear(): void {
    this.live = false;
    this.verified = false;
    this.#broken = false;
    this.#hasExpected = false;
  }
}
