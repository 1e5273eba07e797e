import type { Clock, Timers } from '@kr/schemas/shared';
import type { SubscriptionEntry } from './subscription-entry.ts';

/** Longest silence, in milliseconds, that is no reason to worry; `undefined`: any is none. */
export type CadenceOf = (channel: string, symbol: string | undefined) => number | undefined;

export interface WatchdogOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** How long a snapshot may take after its acknowledgement. */
  readonly snapshotTimeoutMs: number;
  readonly cadenceOf: CadenceOf;
  readonly entries: () => readonly SubscriptionEntry[];
  /** True while we read nothing ourselves: then silence says nothing. */
  readonly isPaused: () => boolean;
  readonly onSilent: (entry: SubscriptionEntry, detail: string) => void;
}

/** How often the subscriptions are looked at. */
const LOOK_MS = 1000;
/** A look this late means that our own process stood still: what the server sent waits to be read. */
const STALL_MS = 1000;
/** Patience doubles with each renewal that brought only a snapshot, up to this many times. */
const MAX_DOUBLINGS = 6;

/**
 * Finds subscriptions that were acknowledged and are silent: a snapshot that never came, or no update
 * for longer than the channel's cadence. A symbol that is merely quiet is left alone longer each time.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #timer: unknown;
  #dueNs = 0n;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#arm();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    const { clock, timers } = this.#options;
    this.#dueNs = clock.monotonicNs() + BigInt(LOOK_MS) * 1_000_000n;
    this.#timer = timers.setTimeout(() => {
      this.#timer = undefined;
      const isLate = Number(clock.monotonicNs() - this.#dueNs) / 1e6 > STALL_MS;
      this.#arm();
      if (!isLate && !this.#options.isPaused()) this.#look();
    }, LOOK_MS);
  }

  #look(): void {
    const { clock, entries, onSilent } = this.#options;
    const nowNs = clock.monotonicNs();
    for (const entry of entries()) {
      if (entry.phase !== 'accepted' || entry.isDistrusted) continue;
      const detail = this.#complaint(entry, nowNs);
      if (detail !== undefined) onSilent(entry, detail);
    }
  }

  #complaint(entry: SubscriptionEntry, nowNs: bigint): string | undefined {
    const { snapshotTimeoutMs, cadenceOf } = this.#options;
    const patience = 2 ** Math.min(entry.silentRenewals, MAX_DOUBLINGS);
    if (!entry.isCovered) {
      const waitedMs = Number(nowNs - entry.acceptedNs) / 1e6;
      return waitedMs >= snapshotTimeoutMs * patience
        ? `acknowledged, and no snapshot came within ${String(Math.round(waitedMs))} ms`
        : undefined;
    }
    const cadenceMs = cadenceOf(entry.channel, entry.symbol);
    if (cadenceMs === undefined) return undefined;
    const lastNs = entry.lastDataAt?.monotonicNs ?? 0n;
    const sinceNs = lastNs > entry.acceptedNs ? lastNs : entry.acceptedNs;
    const silentMs = Number(nowNs - sinceNs) / 1e6;
    return silentMs >= cadenceMs * patience
      ? `acknowledged, and silent for ${String(Math.round(silentMs))} ms`
      : undefined;
  }
}
