import type { Clock, Timers } from '@kr/schemas/shared';
import { invalidOption } from './errors.ts';
import { notify } from './notify.ts';
import { readSwitchTimes } from './switch-times.ts';

export interface DeadMansSwitchOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /**
   * Arms the exchange's switch for so many seconds; 0 disarms it:
   * `(timeout, options) => client.cancelAllOrdersAfter({ timeout }, options)`, of Spot or Futures. The
   * times that it answers with tell of a lapse that this machine slept through.
   */
  readonly arm: (
    seconds: number,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ) => Promise<unknown>;
  /** When nobody renews it, all orders are cancelled after this. Whole seconds. @defaultValue 60 */
  readonly timeoutSeconds?: number | undefined;
  /** @defaultValue a quarter of the timeout: two renewals can fail, and the third is in time */
  readonly renewEveryMs?: number | undefined;
  /** A renewal failed; the next one follows. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /**
   * No renewal came through in time: the exchange has cancelled, or is about to cancel, all orders.
   * Also after a sleep of the machine, when the exchange's own clock shows that the time had passed.
   */
  readonly onLapsed?: (() => void) | undefined;
  /** Ends the holding as `close()` does; before the switch is armed, it gives the arming up. */
  readonly signal?: AbortSignal | undefined;
}

/** While it is held, it renews itself. */
export interface DeadMansSwitch extends AsyncDisposable {
  readonly state: 'armed' | 'lapsed' | 'released';
  /** Monotonic; not before this the exchange cancels all orders. */
  readonly lapsesAtNs: bigint;
  /**
   * Stops renewing, lets a renewal that is under way end (for `renewEveryMs` at most), and disarms.
   * Rejects when disarming fails: then orders will be cancelled.
   */
  close(): Promise<void>;
}

/**
 * Arms the switch, and resolves once the exchange has confirmed it.
 *
 * @throws RestError `INVALID_OPTION`, and what `arm` throws
 */
export async function holdDeadMansSwitch(options: DeadMansSwitchOptions): Promise<DeadMansSwitch> {
  const { clock, timers, arm, timeoutSeconds = 60, onFailure, onLapsed, signal } = options;
  const renewEveryMs = options.renewEveryMs ?? Math.floor((timeoutSeconds * 1000) / 4);
  if (!Number.isSafeInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds >= 86_400) {
    throw invalidOption('timeoutSeconds', 'Whole seconds, 1 to 86 399.');
  }
  if (!(renewEveryMs > 0) || renewEveryMs >= timeoutSeconds * 1000) {
    throw invalidOption('renewEveryMs', 'It must be shorter than the timeout.');
  }
  const controller = new AbortController();
  let state: DeadMansSwitch['state'] = 'armed';
  let lapsesAtNs = 0n;
  /** By the exchange's clock. */
  let triggersAtNs: bigint | undefined;
  let renewalTimer: unknown;
  let lapseTimer: unknown;
  let renewal: Promise<void> = Promise.resolve();
  let released: Promise<void> | undefined;

  const stop = (next: 'lapsed' | 'released'): void => {
    state = next;
    timers.clearTimeout(renewalTimer);
    timers.clearTimeout(lapseTimer);
  };
  const report = (error: unknown): void => notify(timers, () => onFailure?.(error));
  const lapse = (): void => {
    stop('lapsed');
    // A renewal that comes through late would hide that orders have been cancelled.
    controller.abort();
    notify(timers, () => onLapsed?.());
  };
  const watchLapse = (): void => {
    timers.clearTimeout(lapseTimer);
    const leftMs = Number(lapsesAtNs - clock.monotonicNs()) / 1e6;
    lapseTimer = timers.setTimeout(() => {
      // A timer may fire a little early.
      if (clock.monotonicNs() < lapsesAtNs) return watchLapse();
      lapse();
    }, Math.ceil(leftMs));
  };
  /** Its signal ends with the next renewal's time: a wait for a turn or a limit is part of the call. */
  const armInTime = async (seconds: number, ending: AbortSignal): Promise<unknown> => {
    const late = new AbortController();
    const handle = timers.setTimeout(() => late.abort(), renewEveryMs);
    try {
      const both = AbortSignal.any([ending, late.signal]);
      return await arm(seconds, { signal: both, timeoutMs: renewEveryMs });
    } finally {
      timers.clearTimeout(handle);
    }
  };
  const disarm = (): Promise<unknown> => armInTime(0, new AbortController().signal);
  const renew = async (): Promise<void> => {
    // Counted from before it was sent: the exchange's own time can only end later.
    const fromNs = clock.monotonicNs();
    const times = readSwitchTimes(await armInTime(timeoutSeconds, controller.signal));
    if (state !== 'armed') return;
    if (times !== undefined && triggersAtNs !== undefined && times.currentNs >= triggersAtNs) {
      // This machine slept, and its monotonic clock with it. What was armed just now guards nothing.
      lapse();
      await disarm().catch(report);
      return;
    }
    triggersAtNs = times?.triggerNs;
    lapsesAtNs = fromNs + BigInt(timeoutSeconds) * 1_000_000_000n;
    watchLapse();
  };
  const renewAgain = async (): Promise<void> => {
    try {
      await renew();
    } catch (error) {
      if (state === 'armed') report(error);
    }
    schedule();
  };
  const schedule = (): void => {
    if (state !== 'armed') return;
    renewalTimer = timers.setTimeout(() => {
      renewal = renewAgain();
    }, renewEveryMs);
  };
  const release = async (): Promise<void> => {
    stop('released');
    signal?.removeEventListener('abort', onAbort);
    // A renewal that is still under way must not arm after the disarming. To break it off here would
    // not call it back from the exchange.
    await renewal;
    await disarm();
  };
  const close = (): Promise<void> => (released ??= release());
  const onAbort = (): void => {
    close().catch(report);
  };

  const giveUp = (): void => controller.abort(signal?.reason);
  if (signal?.aborted === true) giveUp();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await renew();
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  schedule();
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    get state() {
      return state;
    },
    get lapsesAtNs() {
      return lapsesAtNs;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
