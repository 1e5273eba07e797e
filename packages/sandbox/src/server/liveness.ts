import type { Clock, Timers } from '@kr/schemas/shared';

/**
 * When heartbeats are sent, to a connection that has a subscription:
 * - `quiet`: a second after the last frame, as the documentation says;
 * - `steady`: with the first acknowledgement and every second from then on, whatever else is sent,
 *   as in the captures of 2026 (120 in 119 s, most of them between updates less than a second apart).
 */
export type HeartbeatMode = 'quiet' | 'steady';

export interface LivenessOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly mode: HeartbeatMode;
  /** Closes a connection that neither asks nor is subscribed for this long. */
  readonly idleTimeoutMs: number;
  readonly hasSubscriptions: () => boolean;
  readonly onHeartbeat: () => void;
  readonly onIdle: () => void;
}

const HEARTBEAT_MS = 1_000;
/** Timers may fire a little early; a heartbeat that early is not worth another timer. */
const TOLERANCE_MS = 2;

/** The two clocks of a connection: its heartbeats, and how long nobody has needed it. */
export class Liveness {
  readonly #options: LivenessOptions;
  #sentNs: bigint;
  #requestNs: bigint;
  #heartbeatTimer: unknown;
  #idleTimer: unknown;
  #stopped = false;

  constructor(options: LivenessOptions) {
    this.#options = options;
    const now = options.clock.monotonicNs();
    this.#sentNs = now;
    this.#requestNs = now;
    this.#armIdle(options.idleTimeoutMs);
  }

  noteSent(): void {
    this.#sentNs = this.#options.clock.monotonicNs();
  }

  noteRequest(): void {
    this.#requestNs = this.#options.clock.monotonicNs();
  }

  /** Starts the heartbeats, if they do not run. */
  noteSubscribed(): void {
    if (this.#heartbeatTimer !== undefined || this.#stopped) return;
    if (this.#options.mode === 'steady') this.#options.onHeartbeat();
    this.#armHeartbeat(HEARTBEAT_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#heartbeatTimer);
    this.#options.timers.clearTimeout(this.#idleTimer);
  }

  #armHeartbeat(ms: number): void {
    this.#heartbeatTimer = this.#options.timers.setTimeout(() => {
      this.#handleHeartbeat();
    }, ms);
  }

  #handleHeartbeat(): void {
    this.#heartbeatTimer = undefined;
    if (this.#stopped || !this.#options.hasSubscriptions()) return;
    const quietMs = this.#elapsedMs(this.#sentNs);
    if (this.#options.mode === 'quiet' && quietMs < HEARTBEAT_MS - TOLERANCE_MS) {
      this.#armHeartbeat(HEARTBEAT_MS - quietMs);
      return;
    }
    this.#options.onHeartbeat();
    this.#armHeartbeat(HEARTBEAT_MS);
  }

  #armIdle(ms: number): void {
    this.#idleTimer = this.#options.timers.setTimeout(() => {
      this.#handleIdle();
    }, ms);
  }

  #handleIdle(): void {
    if (this.#stopped) return;
    const { idleTimeoutMs, hasSubscriptions, onIdle } = this.#options;
    const idleMs = this.#elapsedMs(this.#requestNs);
    if (hasSubscriptions()) this.#armIdle(idleTimeoutMs);
    else if (idleMs < idleTimeoutMs - TOLERANCE_MS) this.#armIdle(idleTimeoutMs - idleMs);
    else onIdle();
  }

  #elapsedMs(sinceNs: bigint): number {
    return Number(this.#options.clock.monotonicNs() - sinceNs) / 1e6;
  }
}
