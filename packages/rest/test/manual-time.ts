import type { Clock, Timers } from '@kr/schemas/shared';

interface Armed {
  readonly id: number;
  readonly atMs: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. Timers fire in order, each at its own moment. */
export class ManualTime implements Clock, Timers {
  #nowMs = 0;
  #lastId = 0;
  #armed: Armed[] = [];

  wallNs(): bigint {
    // 2026-01-01T00:00:00Z
    return 1_767_225_600_000_000_000n + this.monotonicNs();
  }

  monotonicNs(): bigint {
    return BigInt(Math.round(this.#nowMs * 1e6));
  }

  setTimeout(callback: () => void, ms: number): unknown {
    this.#lastId += 1;
    this.#armed.push({ id: this.#lastId, atMs: this.#nowMs + Math.max(0, ms), callback });
    return this.#lastId;
  }

  clearTimeout(handle: unknown): void {
    this.#armed = this.#armed.filter(({ id }) => id !== handle);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many timers wait. */
  get armed(): number {
    return this.#armed.length;
  }

  /** Milliseconds until the next timer fires. */
  get nextInMs(): number {
    return Math.min(...this.#armed.map(({ atMs }) => atMs)) - this.#nowMs;
  }

  /** Moves on and fires what falls due, letting promises run in between. */
  async advance(ms: number): Promise<void> {
    await settle();
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = this.#armed
        .filter(({ atMs }) => atMs <= endMs)
        .toSorted((one, other) => one.atMs - other.atMs || one.id - other.id);
      if (next === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.clearTimeout(next.id);
      next.callback();
      await settle();
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** Moves the clock without firing anything, as when the process stood still. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }
}

/** Lets every promise that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
