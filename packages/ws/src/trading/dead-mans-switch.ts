import type { Clock, Timers } from '@kr/schemas/shared';
import { abortError, WsError } from '../errors.ts';
import type { TradeOutcome } from './outcome.ts';

export interface DeadMansSwitchOptions {
  /** When nobody renews it, all orders are cancelled after this. Whole seconds, 1 to 86399. @default 60 */
  readonly timeoutSeconds?: number | undefined;
  /** @default a quarter of the timeout */
  readonly renewEveryMs?: number | undefined;
  /** A renewal failed; another follows within a second. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** No renewal came through in time: the exchange has cancelled, or is about to cancel, all orders. */
  readonly onLapsed?: (() => void) | undefined;
  /** Ends the holding as `close()` does. */
  readonly signal?: AbortSignal | undefined;
}

/** While it is held, it renews itself. */
export interface DeadMansSwitch extends AsyncDisposable {
  readonly state: 'armed' | 'lapsed' | 'released';
  /** Monotonic clock; not before this the exchange cancels all orders. */
  readonly lapsesAtNs: bigint;
  /** Stops renewing and disarms. Rejects when disarming fails: then orders will be cancelled. */
  close(): Promise<void>;
}

export interface SwitchParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly arm: (seconds: number, timeoutMs: number) => Promise<TradeOutcome<object>>;
}

/** After a renewal that failed the next is tried so soon: the connection may be back. */
const RETRY_MS = 1000;
const DAY_SECONDS = 86_400;

/** The exchange's switch, renewed in time for as long as somebody holds it. */
class HeldSwitch implements DeadMansSwitch {
  state: DeadMansSwitch['state'] = 'armed';
  lapsesAtNs = 0n;
  readonly #parts: SwitchParts;
  readonly #options: DeadMansSwitchOptions;
  readonly #seconds: number;
  readonly #renewEveryMs: number;
  #timers = new Set<unknown>();
  #renewal: Promise<void> = Promise.resolve();
  #released: Promise<void> | undefined;

  constructor(parts: SwitchParts, options: DeadMansSwitchOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#seconds = options.timeoutSeconds ?? 60;
    this.#renewEveryMs = options.renewEveryMs ?? Math.floor((this.#seconds * 1000) / 4);
    this.#check();
  }

  /** @throws what kept it from being armed */
  async hold(): Promise<void> {
    const { signal } = this.#options;
    if (signal?.aborted === true) throw abortError("Holding the dead man's switch", signal);
    await this.#renew();
    this.#after(this.#renewEveryMs, this.#tick);
    this.#watchLapse();
    signal?.addEventListener('abort', this.#handleAbort, { once: true });
    if (this.#options.signal?.aborted === true) this.#handleAbort();
  }

  close(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #handleAbort = (): void => {
    this.close().catch((error: unknown) => this.#options.onFailure?.(error));
  };

  readonly #tick = (): void => {
    this.#renewal = this.#renewAgain();
  };

  async #renewAgain(): Promise<void> {
    try {
      await this.#renew();
      this.#after(this.#renewEveryMs, this.#tick);
    } catch (error) {
      if (this.state !== 'armed') return;
      this.#options.onFailure?.(error);
      this.#after(Math.min(RETRY_MS, this.#renewEveryMs), this.#tick);
    }
  }

  async #renew(): Promise<void> {
    const { clock, arm } = this.#parts;
    // Counted from before it was sent: the exchange's own time can only end later.
    const fromNs = clock.monotonicNs();
    const outcome = await arm(this.#seconds, this.#renewEveryMs);
    if (outcome.status !== 'accepted') throw notArmed(outcome);
    if (this.state === 'armed') this.lapsesAtNs = fromNs + BigInt(this.#seconds) * 1_000_000_000n;
  }

  #watchLapse(): void {
    const leftMs = Number(this.lapsesAtNs - this.#parts.clock.monotonicNs()) / 1e6;
    this.#after(Math.ceil(leftMs), () => {
      if (this.#parts.clock.monotonicNs() < this.lapsesAtNs) {
        this.#watchLapse();
        return;
      }
      this.#stop('lapsed');
      this.#options.onLapsed?.();
    });
  }

  async #release(): Promise<void> {
    const wasArmed = this.state === 'armed';
    if (wasArmed) this.#stop('released');
    this.#options.signal?.removeEventListener('abort', this.#handleAbort);
    // A renewal that is still under way must not arm after the disarming.
    await this.#renewal;
    const outcome = await this.#parts.arm(0, this.#renewEveryMs);
    if (outcome.status !== 'accepted') throw notArmed(outcome);
  }

  #stop(state: 'lapsed' | 'released'): void {
    this.state = state;
    for (const timer of this.#timers) this.#parts.timers.clearTimeout(timer);
    this.#timers.clear();
  }

  #after(ms: number, act: () => void): void {
    if (this.state !== 'armed') return;
    const timer = this.#parts.timers.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #check(): void {
    if (!Number.isSafeInteger(this.#seconds) || this.#seconds < 1 || this.#seconds >= DAY_SECONDS) {
      throw invalid('timeoutSeconds', 'takes whole seconds, 1 to 86399');
    }
    if (!(this.#renewEveryMs > 0) || this.#renewEveryMs >= this.#seconds * 1000) {
      throw invalid('renewEveryMs', 'must be shorter than the timeout');
    }
  }
}

function notArmed(
  outcome: Exclude<TradeOutcome<object>, { status: 'accepted' }>,
): WsError<'REJECTED' | 'TIMEOUT'> {
  const method = 'cancel_all_orders_after';
  if (outcome.status === 'rejected') {
    const error = outcome.error.raw;
    return new WsError('REJECTED', `Kraken refused ${method}: ${error}`, { method, error });
  }
  return new WsError(
    'TIMEOUT',
    `Whether ${method} was carried out is unknown (${outcome.reason}).`,
    { method, timeoutMs: undefined },
  );
}

function invalid(option: string, what: string): WsError<'INVALID_OPTION'> {
  return new WsError('INVALID_OPTION', `holdDeadMansSwitch: ${option} ${what}.`, { option });
}

/** Arms the switch, and resolves once the exchange has confirmed it. */
export async function holdDeadMansSwitch(
  parts: SwitchParts,
  options: DeadMansSwitchOptions,
): Promise<DeadMansSwitch> {
  const held = new HeldSwitch(parts, options);
  await held.hold();
  return held;
}
