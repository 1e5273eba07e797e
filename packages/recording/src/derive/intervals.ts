/** The whole multiples of an interval since the epoch, as the wall clock of frames passes them. */
export class Intervals {
  readonly #everyNs: bigint;
  #nextNs: bigint | undefined;

  constructor(everyMs: number) {
    this.#everyNs = BigInt(Math.round(everyMs * 1e6));
  }

  /** The moments up to a frame's; after `restart`, and at first, none. */
  *passed(receivedNs: bigint): Generator<bigint, void, void> {
    let nextNs = this.#nextNs;
    if (nextNs === undefined) {
      this.#nextNs = (receivedNs / this.#everyNs + 1n) * this.#everyNs;
      return;
    }
    for (; nextNs <= receivedNs; nextNs += this.#everyNs) {
      this.#nextNs = nextNs + this.#everyNs;
      yield nextNs;
    }
  }

  /** Nothing is followed: the moments until the next frame are of no interest. */
  restart(): void {
    this.#nextNs = undefined;
  }
}
