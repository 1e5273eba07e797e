/** A place that a call has on a counter. */
export interface Reservation {
  readonly atS: number;
  readonly cost: number;
}

/** One limit of Kraken's, as it is believed to stand. Times are seconds of the monotonic clock. */
export interface RateCounter {
  readonly scope: string;
  readonly max: number;
  /** The earliest time from `fromS` on at which `cost` fits, after all that is reserved already. */
  earliest(cost: number, fromS: number): number;
  /** Charges `cost` at a time that {@link earliest} gave. */
  reserve(cost: number, atS: number, nowS: number): Reservation;
  /** The call did not go: its place is free. */
  cancel(reservation: Reservation, nowS: number): void;
  /** The exchange said that it is full. */
  fill(nowS: number): void;
  used(nowS: number): number;
}

/**
 * A counter that rises with each call and falls steadily: Spot's, and its trading engine's for each
 * pair. A reservation may lie in the future; those after it queue behind.
 * https://docs.kraken.com/api/docs/guides/spot-rest-ratelimits
 */
export function createDecayingCounter(
  scope: string,
  max: number,
  decayPerSecond: number,
): RateCounter {
  let value = 0;
  let asOfS = 0;
  /** Those that lie in the future, in their order. */
  let ahead: Reservation[] = [];

  const decayed = (from: number, seconds: number): number =>
    Math.max(0, from - Math.max(0, seconds) * decayPerSecond);
  const valueAt = (timeS: number): number => {
    let at = asOfS;
    let held = value;
    for (const { atS, cost } of ahead) {
      if (atS > timeS) break;
      held = decayed(held, atS - at) + cost;
      at = Math.max(at, atS);
    }
    return decayed(held, timeS - at);
  };
  const settle = (nowS: number): void => {
    value = valueAt(nowS);
    asOfS = Math.max(asOfS, nowS);
    ahead = ahead.filter(({ atS }) => atS > nowS);
  };
  return {
    scope,
    max,
    earliest: (cost, fromS) => {
      const startS = Math.max(fromS, asOfS, ahead.at(-1)?.atS ?? 0);
      // What costs more than the counter holds goes when it is empty, or never would.
      const over = valueAt(startS) - Math.max(0, max - cost);
      return over <= 0 ? startS : startS + over / decayPerSecond;
    },
    reserve: (cost, atS, nowS) => {
      settle(nowS);
      const reservation = { atS, cost };
      if (atS > nowS) ahead.push(reservation);
      else value += cost;
      return reservation;
    },
    cancel: (reservation, nowS) => {
      const isAhead = ahead.includes(reservation);
      ahead = ahead.filter((each) => each !== reservation);
      settle(nowS);
      if (!isAhead) value = Math.max(0, value - reservation.cost);
    },
    fill: (nowS) => {
      settle(nowS);
      value = Math.max(max, value);
    },
    used: valueAt,
  };
}

/**
 * At most `max` within any `windowS` seconds: Futures' budgets, kept in the strictest way in which
 * "500 every 10 seconds" can be read.
 * https://docs.kraken.com/api/docs/guides/futures-rate-limits
 */
export function createWindowCounter(scope: string, max: number, windowS: number): RateCounter {
  let spent: Reservation[] = [];
  const sum = (list: readonly Reservation[]): number =>
    list.reduce((total, { cost }) => total + cost, 0);
  const within = (timeS: number): Reservation[] => spent.filter(({ atS }) => atS > timeS - windowS);
  return {
    scope,
    max,
    earliest: (cost, fromS) => {
      const startS = Math.max(fromS, spent.at(-1)?.atS ?? fromS);
      const live = within(startS);
      let left = sum(live);
      let timeS = startS;
      for (const { atS, cost: freed } of live) {
        if (left + cost <= max) break;
        left -= freed;
        timeS = atS + windowS;
      }
      return timeS;
    },
    reserve: (cost, atS, nowS) => {
      const reservation = { atS, cost };
      spent = [...within(nowS), reservation];
      return reservation;
    },
    cancel: (reservation) => {
      spent = spent.filter((each) => each !== reservation);
    },
    fill: (nowS) => {
      const sentBefore = within(nowS).filter(({ atS }) => atS <= nowS);
      const missing = max - sum(sentBefore);
      if (missing > 0) {
        const waiting = spent.filter(({ atS }) => atS > nowS);
        spent = [...sentBefore, { atS: nowS, cost: missing }, ...waiting];
      }
    },
    used: (nowS) => sum(within(nowS).filter(({ atS }) => atS <= nowS)),
  };
}
