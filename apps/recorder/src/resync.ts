import { formatTimestamp, type GapEvent, type Timers } from '@kr/schemas/shared';

/** After this many failures in a row a symbol is left alone until the next connection. */
const MAX_FAILURES = 3;
/** A book that stayed verified this long has recovered: the next failure is a first one. */
const STABLE_NS = 60_000_000_000n;
/** The second resync in a row waits this long, the third twice that. */
const DEFAULT_DELAY_MS = 1000;

export interface ResyncOptions {
  readonly timers: Timers;
  readonly delayMs?: number | undefined;
  /** Subscribes one symbol's book anew: unsubscribe, then subscribe with a snapshot. */
  readonly resubscribe: (symbol: string) => Promise<void>;
  readonly onGap: (gap: GapEvent) => void;
}

interface Health {
  /** The hole that is open; absent while the book is verified. */
  gap: GapEvent | undefined;
  failures: number;
  verifiedAtNs: bigint;
}

/**
 * What follows a failed checksum: that symbol alone is subscribed anew, its hole is written down when
 * it opens and again when it closes, and after three failures in a row it is quarantined. The other
 * symbols never notice.
 */
export class Resync {
  readonly #options: ResyncOptions;
  readonly #health = new Map<string, Health>();
  readonly #waiting = new Set<unknown>();

  constructor(options: ResyncOptions) {
    this.#options = options;
  }

  /** A checksum failed, first seen at `wallNs`. */
  broken(symbol: string, detail: string, wallNs: bigint): void {
    const health = this.#health.get(symbol) ?? {
      gap: undefined,
      failures: 0,
      verifiedAtNs: wallNs,
    };
    this.#health.set(symbol, health);
    if (health.gap === undefined && wallNs - health.verifiedAtNs >= STABLE_NS) health.failures = 0;
    health.failures += 1;
    const quarantined = health.failures >= MAX_FAILURES;
    if (health.gap === undefined || quarantined) {
      // The quarantine takes over where the resync ends.
      if (health.gap !== undefined) this.verified(symbol, wallNs);
      health.gap = {
        reason: quarantined ? 'quarantine' : 'resync',
        from: formatTimestamp(wallNs),
        channel: 'book',
        symbols: [symbol],
        repaired: false,
        detail: quarantined
          ? `${detail}; given up after ${health.failures} failures in a row`
          : detail,
      };
      this.#options.onGap(health.gap);
    }
    if (!quarantined) this.#resubscribe(symbol, health.failures);
  }

  /** A book verified again at `wallNs`: its hole, if it has one, ends there. */
  verified(symbol: string, wallNs: bigint): void {
    const health = this.#health.get(symbol);
    if (health?.gap === undefined) return;
    this.#options.onGap({ ...health.gap, to: formatTimestamp(wallNs) });
    health.gap = undefined;
    health.verifiedAtNs = wallNs;
  }

  /** A new connection: every symbol begins anew, the quarantined too. */
  reset(): void {
    this.close();
    for (const health of this.#health.values()) health.failures = 0;
  }

  close(): void {
    for (const timer of this.#waiting) this.#options.timers.clearTimeout(timer);
    this.#waiting.clear();
  }

  #resubscribe(symbol: string, failures: number): void {
    const { timers, resubscribe, delayMs = DEFAULT_DELAY_MS } = this.#options;
    if (failures === 1) {
      void resubscribe(symbol);
      return;
    }
    const timer = timers.setTimeout(
      () => {
        this.#waiting.delete(timer);
        void resubscribe(symbol);
      },
      delayMs * 2 ** (failures - 2),
    );
    this.#waiting.add(timer);
  }
}
