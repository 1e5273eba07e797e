import type { Clock, Timers } from '@kr/schemas/shared';

export interface LivenessOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Silence after which we ask. */
  readonly pingAfterMs: number;
  /** Silence after which the connection is called stale. */
  readonly staleAfterMs: number;
  /** Silence after which it is given up. */
  readonly dropAfterMs: number;
  /** A ping at least this often, also on a busy connection: Kraken closes one whose client says nothing for about a minute. */
  readonly keepAliveMs: number;
  readonly ping: () => void;
  readonly stale: (silentMs: number) => void;
  readonly dead: (silentMs: number) => void;
}

/** A timer this late means that our own process stood still, not that the server was silent. */
const STALL_MS = 1000;

/**
 * Watches that frames come. Any frame counts: Kraken sends a heartbeat each second in which nothing
 * else came once something is subscribed, and answers the application ping where nothing is.
 *
 * Frames only leave their time here; one timer looks at it when something could be due.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  #timer: unknown;
  #lastNs = 0n;
  #lastPingNs = 0n;
  #dueNs = 0n;
  #isStale = false;
  #isPaused = false;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    const nowNs = this.#options.clock.monotonicNs();
    this.#lastNs = nowNs;
    this.#lastPingNs = nowNs;
    this.#isStale = false;
    this.#arm(nowNs);
  }

  /** A frame came. */
  seen(monotonicNs: bigint): void {
    this.#lastNs = monotonicNs;
    this.#isStale = false;
  }

  /** While we read nothing ourselves, silence says nothing about the server. Pings go on. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#lastNs = this.#options.clock.monotonicNs();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #handleTimer(): void {
    const { clock, pingAfterMs, staleAfterMs, dropAfterMs, keepAliveMs } = this.#options;
    this.#timer = undefined;
    const nowNs = clock.monotonicNs();
    // After a stall, what the server sent waits in our own buffers: let it be read before judging.
    if (this.#isPaused || ms(nowNs - this.#dueNs) > STALL_MS) this.#lastNs = nowNs;
    const silentMs = ms(nowNs - this.#lastNs);
    if (silentMs >= dropAfterMs) {
      this.#options.dead(silentMs);
      return;
    }
    if (silentMs >= staleAfterMs && !this.#isStale) {
      this.#isStale = true;
      this.#options.stale(silentMs);
    }
    const sincePingMs = ms(nowNs - this.#lastPingNs);
    const unasked = this.#lastPingNs <= this.#lastNs;
    if (sincePingMs >= keepAliveMs || (silentMs >= pingAfterMs && unasked)) {
      this.#lastPingNs = nowNs;
      this.#options.ping();
    }
    this.#arm(nowNs);
  }

  #arm(nowNs: bigint): void {
    const { pingAfterMs, staleAfterMs, dropAfterMs, keepAliveMs, timers } = this.#options;
    const silentMs = ms(nowNs - this.#lastNs);
    const untilPing = keepAliveMs - ms(nowNs - this.#lastPingNs);
    const untilSilence = [pingAfterMs, staleAfterMs, dropAfterMs]
      .map((threshold) => threshold - silentMs)
      .filter((wait) => wait > 0);
    const waitMs = Math.ceil(Math.max(1, Math.min(untilPing, ...untilSilence)));
    this.#dueNs = nowNs + BigInt(waitMs) * 1_000_000n;
    this.#timer = timers.setTimeout(() => {
      this.#handleTimer();
    }, waitMs);
  }
}

function ms(ns: bigint): number {
  return Number(ns) / 1e6;
}
