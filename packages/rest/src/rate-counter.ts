/** A place that a call has on a counter, until it goes out or gives it back. */
export interface Place {
  /** When it is meant to go out. */
  readonly atS: number;
  readonly cost: number;
}

/**
 * One limit of Kraken's, as it is believed to stand. Times are seconds of the monotonic clock. What
 * has gone out is charged from that moment on; what has a place only is reckoned with, and one that
 * is late is reckoned with as going out now.
 */
export interface RateCounter {
  readonly scope: string;
  readonly max: number;
  /** The earliest time from `fromS` on at which `cost` fits, after all that have a place. */
  earliest(cost: number, fromS: number, nowS: number): number;
  /** Takes a place at a time that {@link earliest} gave. */
  hold(cost: number, atS: number): Place;
  /** Gives a place back. */
  cancel(place: Place): void;
  /** Whether `cost` may go out now, after what has gone out. */
  fits(cost: number, nowS: number): boolean;
  /** The call goes out. */
  charge(cost: number, nowS: number): void;
  /** The exchange said that it is full. */
  fill(nowS: number): void;
  /** By what has gone out. */
  used(nowS: number): number;
}

/** Seconds, or a cost, by which a float may miss: far below what any limit is written in. */
const ROUNDING = 1e-6;

/**
 * A counter that rises with each call and falls steadily: Spot's, and its trading engine's for each
 * pair. A place may lie in the future; those after it queue behind.
 * https://docs.kraken.com/api/docs/guides/spot-rest-ratelimits
 */
export function createDecayingCounter(
  scope: string,
  max: number,
  decayPerSecond: number,
): RateCounter {
  let value = 0;
  let asOfS = 0;
  /** In their order. */
  const held = new Set<Place>();

  const decayed = (from: number, seconds: number): number =>
    Math.max(0, from - Math.max(0, seconds) * decayPerSecond);
  const used = (timeS: number): number => decayed(value, timeS - asOfS);
  const settle = (nowS: number): void => {
    value = used(nowS);
    asOfS = Math.max(asOfS, nowS);
  };
  // What costs more than the counter holds goes when it is empty, or never would.
  const roomFor = (cost: number): number => Math.max(0, max - cost);
  return {
    scope,
    max,
    earliest: (cost, fromS, nowS) => {
      let atS = Math.max(nowS, asOfS);
      let reached = used(atS);
      for (const place of held) {
        const nextS = Math.max(atS, place.atS);
        reached = decayed(reached, nextS - atS) + place.cost;
        atS = nextS;
      }
      const startS = Math.max(fromS, atS);
      const over = decayed(reached, startS - atS) - roomFor(cost);
      return over <= 0 ? startS : startS + over / decayPerSecond;
    },
    hold: (cost, atS) => {
      const place = { atS, cost };
      held.add(place);
      return place;
    },
    cancel: (place) => {
      held.delete(place);
    },
    fits: (cost, nowS) => used(nowS) <= roomFor(cost) + ROUNDING,
    charge: (cost, nowS) => {
      settle(nowS);
      value += cost;
    },
    fill: (nowS) => {
      settle(nowS);
      value = Math.max(max, value);
    },
    used,
  };
}

/**
 * At most `max` within any `windowS` seconds: Futures' budgets, kept in the strictest way in which
 * "500 every 10 seconds" can be read.
 * https://docs.kraken.com/api/docs/guides/futures-rate-limits
 */
export function createWindowCounter(scope: string, max: number, windowS: number): RateCounter {
  let spent: Place[] = [];
  const held = new Set<Place>();
  const sum = (list: readonly Place[]): number => list.reduce((total, { cost }) => total + cost, 0);
  const within = (list: readonly Place[], timeS: number): Place[] =>
    list.filter(({ atS }) => atS > timeS - windowS + ROUNDING);
  const used = (nowS: number): number => sum(within(spent, nowS));
  const charge = (cost: number, nowS: number): void => {
    spent = [...within(spent, nowS), { atS: nowS, cost }];
  };
  return {
    scope,
    max,
    earliest: (cost, fromS, nowS) => {
      const ahead = [...held].map((place) => ({ ...place, atS: Math.max(nowS, place.atS) }));
      const startS = Math.max(fromS, nowS, ...ahead.map(({ atS }) => atS));
      const live = within([...spent, ...ahead], startS);
      let left = sum(live);
      let timeS = startS;
      for (const { atS, cost: freed } of live) {
        if (left + cost <= max) break;
        left -= freed;
        timeS = atS + windowS;
      }
      return timeS;
    },
    hold: (cost, atS) => {
      const place = { atS, cost };
      held.add(place);
      return place;
    },
    cancel: (place) => {
      held.delete(place);
    },
    fits: (cost, nowS) => used(nowS) <= Math.max(0, max - cost),
    charge,
    fill: (nowS) => {
      const missing = max - used(nowS);
      if (missing > 0) charge(missing, nowS);
    },
    used,
  };
}
