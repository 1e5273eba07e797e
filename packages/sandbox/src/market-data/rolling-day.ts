const MINUTE_NS = 60_000_000_000n;
const MINUTES = 1_440n;

interface Minute {
  readonly index: bigint;
  readonly open: number;
  high: number;
  low: number;
  lots: bigint;
  trades: number;
  /** Sum of ticks × lots: exact. */
  cost: bigint;
}

/** The last 24 hours of trading, in ticks and lots. */
export interface DayStatistics {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  readonly lots: bigint;
  readonly trades: number;
  /** Volume-weighted average price in ticks, rounded down. */
  readonly vwap: number;
}

/** A rolling day in minutes: exact sums, at most 1,440 entries whatever the number of trades. */
export class RollingDay {
  readonly #minutes: Minute[] = [];
  #lots = 0n;
  #cost = 0n;
  #trades = 0;
  #last: number | undefined;

  add(ticks: number, lots: bigint, wallNs: bigint): void {
    const index = wallNs / MINUTE_NS;
    const cost = BigInt(ticks) * lots;
    const minute = this.#minutes.at(-1);
    if (minute?.index === index) {
      minute.high = Math.max(minute.high, ticks);
      minute.low = Math.min(minute.low, ticks);
      minute.lots += lots;
      minute.trades += 1;
      minute.cost += cost;
    } else {
      this.#minutes.push({ index, open: ticks, high: ticks, low: ticks, lots, trades: 1, cost });
    }
    this.#lots += lots;
    this.#cost += cost;
    this.#trades += 1;
    this.#last = ticks;
  }

  /** `undefined` when nothing was traded in the 24 hours before. */
  read(wallNs: bigint): DayStatistics | undefined {
    this.#forget(wallNs / MINUTE_NS - MINUTES);
    const first = this.#minutes[0];
    if (first === undefined || this.#last === undefined) return undefined;
    let { high, low } = first;
    for (const minute of this.#minutes) {
      high = Math.max(high, minute.high);
      low = Math.min(low, minute.low);
    }
    const vwap = Number(this.#cost / this.#lots);
    return {
      open: first.open,
      high,
      low,
      last: this.#last,
      lots: this.#lots,
      trades: this.#trades,
      vwap,
    };
  }

  #forget(oldest: bigint): void {
    while (this.#minutes[0] !== undefined && this.#minutes[0].index <= oldest) {
      this.#lots -= this.#minutes[0].lots;
      this.#cost -= this.#minutes[0].cost;
      this.#trades -= this.#minutes[0].trades;
      this.#minutes.shift();
    }
  }
}
