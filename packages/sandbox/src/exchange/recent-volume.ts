const MINUTE_NS = 60_000_000_000n;
/** Of a fee tier: 30 days. */
const MINUTES = 43_200n;

/** What an account traded in the last 30 days, by the minute: bounded, however much it trades. */
export class RecentVolume {
  readonly #minutes: { readonly minute: bigint; volume: number }[] = [];
  #first = 0;
  #sum = 0;

  /** In whole units of the quote currency. Times never run backwards. */
  add(atNs: bigint, volume: number): void {
    const minute = atNs / MINUTE_NS;
    const last = this.#minutes.at(-1);
    if (last?.minute === minute) last.volume += volume;
    else this.#minutes.push({ minute, volume });
    this.#sum += volume;
  }

  read(nowNs: bigint): number {
    const oldest = nowNs / MINUTE_NS - MINUTES;
    for (;;) {
      const first = this.#minutes[this.#first];
      if (first === undefined || first.minute >= oldest) break;
      this.#sum -= first.volume;
      this.#first += 1;
    }
    if (this.#first > 1_000) {
      this.#minutes.splice(0, this.#first);
      this.#first = 0;
    }
    return this.#sum;
  }
}
