import type { Clock, Timers } from '@kr/schemas/shared';

interface Entry {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock and timers that only move when a test says so. */
export class ManualTime implements Clock, Timers {
  readonly #startNs: bigint;
  #nowMs = 0;
  #entries = new Set<Entry>();
  #onTimer: (() => void) | undefined;

  constructor(startNs = 1_784_000_000_000_000_000n) {
    this.#startNs = startNs;
  }

  wallNs(): bigint {
    return this.#startNs + this.monotonicNs();
  }

  monotonicNs(): bigint {
    return BigInt(Math.round(this.#nowMs * 1e6));
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const entry = { at: this.#nowMs + ms, callback };
    this.#entries.add(entry);
    this.#onTimer?.();
    return entry;
  }

  clearTimeout(handle: unknown): void {
    this.#entries.delete(handle as Entry);
  }

  /** Resolves when a timer waits that is due within this many milliseconds. */
  async untilTimer(withinMs: number): Promise<void> {
    while (![...this.#entries].some(({ at }) => at <= this.#nowMs + withinMs)) {
      await new Promise<void>((resolve) => {
        this.#onTimer = resolve;
      });
    }
  }

  /** Moves on, firing what is due in the order of its time. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (;;) {
      let first: Entry | undefined;
      for (const entry of this.#entries) {
        if (entry.at <= end && (first === undefined || entry.at < first.at)) first = entry;
      }
      if (first === undefined) break;
      this.#entries.delete(first);
      this.#nowMs = Math.max(this.#nowMs, first.at);
      first.callback();
    }
    this.#nowMs = end;
  }
}
