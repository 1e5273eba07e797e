import type { Clock, Timers } from '@kr/schemas/shared';
import { assertAtLeast } from './check-options.ts';
import { isRestError, type RestError } from './errors.ts';
import { lockedOut, tooLong } from './governor-errors.ts';
import type { Params } from './params.ts';
import type { Place, RateCounter } from './rate-counter.ts';
import { sleep } from './sleep.ts';

/** A call as the limits see it. */
export interface GovernedCall {
  readonly venue: 'spot' | 'futures';
  /** `AddOrder`, `sendOrder`; the path of an unknown endpoint. */
  readonly name: string;
  readonly access: 'public' | 'private';
  readonly params: Params;
}

/** When a call may go, and what it will cost then. */
export interface RatePlan {
  /** 0: now. */
  readonly waitMs: number;
  readonly cost: number;
  /** What it waits for, or is charged to: `rest`, `trading XBTUSD`, `derivatives`; empty when free. */
  readonly scope: string;
}

export interface CounterView {
  readonly scope: string;
  readonly used: number;
  readonly max: number;
}

/** A call's place in the order of those that wait. It is charged when the call goes out, not before. */
export interface RatePlace {
  /**
   * Waits until it is the call's time.
   *
   * @throws RestError `RATE_LIMIT_AHEAD`, `LOCKED_OUT`, `ABORTED`
   */
  ready(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /**
   * Called when the call goes out, and charges it. `false`: it came late, and the limit has no room
   * for it any more. It has then got a new place, and waits until it is {@link ready} again.
   *
   * @throws RestError `LOCKED_OUT`
   */
  depart(): boolean;
  /** Gives the place back; does nothing once the call is gone. */
  leave(): void;
}

/** Keeps a key below Kraken's limits. Share one between all clients of the same key. */
export interface RateGovernor {
  /** Says when the call may go; reserves nothing. */
  plan(call: GovernedCall): RatePlan;
  /**
   * Takes a place for a call that may be held up between its time and its going out: by the key's
   * turn, by a connection. First come, first served. Give it back when the call never goes.
   *
   * @throws RestError `RATE_LIMIT_AHEAD` (reserving nothing), `LOCKED_OUT`
   */
  hold(call: GovernedCall): RatePlace;
  /**
   * {@link hold}, `ready` and `depart` in one, for a call that goes out at once.
   *
   * @throws RestError `RATE_LIMIT_AHEAD` (reserving nothing), `LOCKED_OUT`, `ABORTED`
   */
  acquire(
    call: GovernedCall,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
  /** Learns from an answer: orders and their ages. */
  succeeded(call: GovernedCall, result: unknown): void;
  /** Learns from a refusal: a full counter, a throttle, a lockout. */
  failed(call: GovernedCall, error: unknown): void;
  readonly counters: readonly CounterView[];
}

export interface GovernorOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** A call that would have to wait longer is refused; 0 never waits. @defaultValue 60 000 */
  readonly maxWaitMs?: number | undefined;
}

/** What a venue charges a call, on which counter, from a time on. */
export interface Charge {
  readonly counter: RateCounter;
  readonly costAt: (timeS: number) => number;
  /** The next time after `timeS` at which the cost falls. */
  readonly cheaperAfter: (timeS: number) => number | undefined;
}

/** A venue's rules, which the common part asks. */
export interface GovernorRules {
  chargesOf(call: GovernedCall): readonly Charge[];
  succeeded(call: GovernedCall, result: unknown, nowS: number): void;
  /** `blockedUntilS`, or `lockedUntilS`, when nothing may go until then. */
  failed(
    call: GovernedCall,
    error: RestError<'REJECTED'>,
    nowS: number,
    wallS: number,
  ): { readonly blockedUntilS?: number; readonly lockedUntilS?: number };
  readonly counters: Iterable<RateCounter>;
}

interface Slot {
  readonly atS: number;
  readonly scope: string;
  readonly costs: readonly number[];
}

/** A call that has its place and not gone yet. */
interface Held {
  readonly charges: readonly Charge[];
  slot: Slot;
  places: readonly Place[];
}

/** After this a call that found no room looks again, whatever was reckoned. */
const LEAST_WAIT_S = 0.001;

export function createGovernor(rules: GovernorRules, options: GovernorOptions): RateGovernor {
  const { clock, timers, maxWaitMs = 60_000 } = options;
  assertAtLeast('maxWaitMs', maxWaitMs, 0);
  let blockedUntilS = 0;
  let lockedUntilS = 0;
  /** In their order. */
  const held = new Set<Held>();
  const now = (): number => Number(clock.monotonicNs()) / 1e9;

  /** Pushes one time forward until every counter takes the call at it. */
  const slotFor = (charges: readonly Charge[], fromS: number, nowS: number): Slot => {
    let atS = Math.max(fromS, blockedUntilS);
    let scope = atS > nowS ? 'throttle' : (charges[0]?.counter.scope ?? '');
    for (let moved = true; moved; ) {
      moved = false;
      for (const charge of charges) {
        const nextS = earliestOf(charge, atS, nowS);
        if (nextS > atS) {
          atS = nextS;
          scope = charge.counter.scope;
          moved = charges.length > 1;
        }
      }
    }
    return { atS, scope, costs: charges.map((charge) => charge.costAt(atS)) };
  };

  const occupy = ({ charges, slot }: Held): readonly Place[] =>
    charges.map(({ counter }, index) => counter.hold(slot.costs[index] ?? 0, slot.atS));
  const vacate = ({ charges, places }: Held): void => {
    for (const [index, { counter }] of charges.entries()) {
      const place = places[index];
      if (place !== undefined) counter.cancel(place);
    }
  };
  /** All who have not gone take their places anew, in their order, after `learn`. */
  const replan = (nowS: number, learn: () => void): void => {
    for (const each of held) vacate(each);
    learn();
    for (const each of held) {
      each.slot = slotFor(each.charges, nowS, nowS);
      each.places = occupy(each);
    }
  };

  const assertNotLocked = (call: GovernedCall, nowS: number): void => {
    if (nowS >= lockedUntilS || call.access === 'public') return;
    throw lockedOut(call.name, Math.ceil((lockedUntilS - nowS) * 1000));
  };

  const hold = (call: GovernedCall): RatePlace => {
    /** From when on it waits for the limits, and not for something else. */
    let sinceS = now();
    const charges = rules.chargesOf(call);
    const mine: Held = { charges, slot: slotFor(charges, sinceS, sinceS), places: [] };
    const leftMs = (): number => msUntil(mine.slot.atS - now());
    const assertMay = (): void => {
      assertNotLocked(call, now());
      const waitMs = msUntil(mine.slot.atS - sinceS);
      if (waitMs > maxWaitMs) throw tooLong(call.name, mine.slot.scope, waitMs);
    };
    const leave = (): void => {
      if (held.delete(mine)) vacate(mine);
    };
    assertMay();
    mine.places = occupy(mine);
    held.add(mine);
    return {
      ready: async ({ signal } = {}) => {
        // A timer may fire a little early, and a refusal may have moved the place meanwhile.
        for (let ms = leftMs(); ms > 0; ms = leftMs()) {
          assertMay();
          await sleep(timers, ms, signal, call.name);
        }
        assertMay();
      },
      depart: () => {
        const nowS = now();
        assertNotLocked(call, nowS);
        const costs = charges.map(({ costAt }) => costAt(nowS));
        const hasRoom = charges.every(({ counter }, index) =>
          counter.fits(costs[index] ?? 0, nowS),
        );
        if (hasRoom && leftMs() === 0) {
          leave();
          for (const [index, { counter }] of charges.entries()) {
            counter.charge(costs[index] ?? 0, nowS);
          }
          return true;
        }
        replan(nowS, () => {});
        sinceS = nowS;
        const atS = Math.max(mine.slot.atS, nowS + LEAST_WAIT_S);
        mine.slot = { ...mine.slot, atS };
        return false;
      },
      leave,
    };
  };

  return {
    plan: (call) => {
      const nowS = now();
      const slot = slotFor(rules.chargesOf(call), Math.max(nowS, lockOf(call)), nowS);
      const cost = slot.costs.reduce((total, each) => total + each, 0);
      return { waitMs: msUntil(slot.atS - nowS), cost, scope: slot.scope };
    },
    hold,
    acquire: async (call, waiting) => {
      const place = hold(call);
      try {
        do await place.ready(waiting);
        while (!place.depart());
      } finally {
        place.leave();
      }
    },
    succeeded: (call, result) => {
      rules.succeeded(call, result, now());
    },
    failed: (call, error) => {
      if (!isRestError(error, 'REJECTED')) return;
      const nowS = now();
      // Those who wait have reckoned without it.
      replan(nowS, () => {
        const learnt = rules.failed(call, error, nowS, Number(clock.wallNs() / 1_000_000n) / 1000);
        blockedUntilS = Math.max(blockedUntilS, learnt.blockedUntilS ?? 0);
        lockedUntilS = Math.max(lockedUntilS, learnt.lockedUntilS ?? 0);
      });
    },
    get counters() {
      const nowS = now();
      return [...rules.counters].map((counter) => ({
        scope: counter.scope,
        used: counter.used(nowS),
        max: counter.max,
      }));
    },
  };

  function lockOf(call: GovernedCall): number {
    return call.access === 'public' ? 0 : lockedUntilS;
  }
}

/** Whole milliseconds; the nanosecond by which a float may miss one does not count. */
function msUntil(seconds: number): number {
  return Math.max(0, Math.ceil(seconds * 1000 - 1e-6));
}

/** Waiting can be cheaper than the counter's decay alone: an older order costs less to cancel. */
function earliestOf(
  { counter, costAt, cheaperAfter }: Charge,
  fromS: number,
  nowS: number,
): number {
  for (let startS = fromS; ; ) {
    const atS = counter.earliest(costAt(startS), startS, nowS);
    const cheaperS = cheaperAfter(startS);
    if (cheaperS === undefined || atS <= cheaperS) return atS;
    startS = cheaperS;
  }
}
