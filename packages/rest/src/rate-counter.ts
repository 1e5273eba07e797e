/** One limit of Kraken's, as it is believed to stand. Times are seconds of the monotonic clock. */
export interface RateCounter {
  readonly scope: string;
  readonly max: number;
  /** The earliest time from `fromS` on at which `cost` fits, after all that is reserved already. */
  earliest(cost: number, fromS: number): number;
  /** Charges `cost` at a time that {@link earliest} gave. */
  reserve(cost: number, atS: number): void;
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
  const valueAt = (timeS: number): number =>
    Math.max(0, value - Math.max(0, timeS - asOfS) * decayPerSecond);
  return {
    scope,
    max,
    earliest: (cost, fromS) => {
      const startS = Math.max(fromS, asOfS);
      // What costs more than the counter holds goes when it is empty, or never would.
      const over = valueAt(startS) - Math.max(0, max - cost);
      return over <= 0 ? startS : startS + over / decayPerSecond;
    },
    reserve: (cost, atS) => {
      value = valueAt(atS) + cost;
      asOfS = Math.max(asOfS, atS);
    },
    fill: (nowS) => {
      value = Math.max(max, valueAt(nowS));
      asOfS = Math.max(asOfS, nowS);
    },
    used: valueAt,
  };
}

interface Spent {
  readonly atS: number;
  readonly cost: number;
}

/**
 * At most `max` within any `windowS` seconds: Futures' budgets, kept in the strictest way in which
 * "500 every 10 seconds" can be read.
 * https://docs.kraken.com/api/docs/guides/futures-rate-limits
 */
export function createWindowCounter(scope: string, max: number, windowS: number): RateCounter {
  let spent: Spent[] = [];
  const sum = (list: readonly Spent[]): number => list.reduce((total, { cost }) => total + cost, 0);
  const within = (timeS: number): Spent[] => spent.filter(({ atS }) => atS > timeS - windowS);
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
    reserve: (cost, atS) => {
      spent = within(atS);
      if (cost > 0) spent.push({ atS, cost });
    },
    fill: (nowS) => {
      const missing = max - sum(within(nowS));
      if (missing > 0)
        spent.push({ atS: Math.max(nowS, spent.at(-1)?.atS ?? nowS), cost: missing });
    },
    used: (nowS) => sum(within(nowS)),
  };
}
