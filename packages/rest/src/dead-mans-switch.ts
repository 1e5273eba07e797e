import type { Clock, Timers } from '@kr/schemas/shared';
import { invalidOption } from './errors.ts';

export interface DeadMansSwitchOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /**
   * Arms the exchange's switch for so many seconds; 0 disarms it:
   * `(timeout, options) => client.cancelAllOrdersAfter({ timeout }, options)`, of Spot or Futures.
   */
  readonly arm: (
    seconds: number,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ) => Promise<unknown>;
  /** When nobody renews it, all orders are cancelled after this. Whole seconds. @defaultValue 60 */
  readonly timeoutSeconds?: number | undefined;
  /** @defaultValue a third of the timeout, so that two renewals can fail */
  readonly renewEveryMs?: number | undefined;
  /** A renewal failed; the next one follows. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** No renewal came through in time: the exchange has cancelled, or is about to cancel, all orders. */
  readonly onLapsed?: (() => void) | undefined;
}

/** While it is held, it renews itself. */
export interface DeadMansSwitch extends AsyncDisposable {
  readonly state: 'armed' | 'lapsed' | 'released';
  /** Monotonic; not before this the exchange cancels all orders. */
  readonly lapsesAtNs: bigint;
  /** Stops renewing and disarms. Rejects when disarming fails: then orders will be cancelled. */
  close(): Promise<void>;
}

/** Arms the switch, and resolves once the exchange has confirmed it. */
export async function holdDeadMansSwitch(options: DeadMansSwitchOptions): Promise<DeadMansSwitch> {
  const { clock, timers, arm, timeoutSeconds = 60, onFailure, onLapsed } = options;
  const renewEveryMs = options.renewEveryMs ?? Math.floor((timeoutSeconds * 1000) / 3);
  if (!Number.isSafeInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds >= 86_400) {
    throw invalidOption('timeoutSeconds', 'Whole seconds, 1 to 86 399.');
  }
  if (!(renewEveryMs > 0) || renewEveryMs >= timeoutSeconds * 1000) {
    throw invalidOption('renewEveryMs', 'It must be shorter than the timeout.');
  }
  const controller = new AbortController();
  let state: DeadMansSwitch['state'] = 'armed';
  let lapsesAtNs = 0n;
  let handle: unknown;
  let renewal: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    // Counted from before it was sent: the exchange's own time can only end later.
    const fromNs = clock.monotonicNs();
    await arm(timeoutSeconds, { signal: controller.signal, timeoutMs: renewEveryMs });
    lapsesAtNs = fromNs + BigInt(timeoutSeconds) * 1_000_000_000n;
  };
  const schedule = (): void => {
    if (state !== 'armed') return;
    handle = timers.setTimeout(() => {
      renewal = renew()
        .catch((error: unknown) => {
          if (state === 'armed') onFailure?.(error);
        })
        .then(() => {
          if (state === 'armed' && clock.monotonicNs() >= lapsesAtNs) {
            state = 'lapsed';
            onLapsed?.();
          }
          return schedule();
        });
    }, renewEveryMs);
  };
  const close = async (): Promise<void> => {
    if (state === 'released') return;
    state = 'released';
    timers.clearTimeout(handle);
    controller.abort();
    // A renewal that is still under way must not arm after the disarming.
    await renewal;
    await arm(0, { signal: new AbortController().signal, timeoutMs: renewEveryMs });
  };

  await renew();
  schedule();
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
