import type { CandlesRecord } from '../../protocol/records.ts';
import { numberOf } from '../../protocol/scaled.ts';

/** Nearest doubles: candles are drawn, not traded by. */
export interface ChartCandle {
  /** Its beginning, seconds since the epoch. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The candles of the one symbol and interval that was asked for. */
export class CandlesStore {
  symbol = -1;
  interval = 0;
  pricePrecision = 0;
  revision = 0;
  readonly #candles = new Map<number, ChartCandle>();
  #changed: ChartCandle[] = [];
  #isRenewed = true;

  take(record: CandlesRecord): void {
    const { symbol, interval, isSnapshot, pricePrecision, quantityPrecision } = record;
    if (isSnapshot || symbol !== this.symbol || interval !== this.interval) {
      this.#candles.clear();
      this.#changed = [];
      this.#isRenewed = true;
      this.pricePrecision = 0;
    }
    this.symbol = symbol;
    this.interval = interval;
    this.pricePrecision = Math.max(this.pricePrecision, pricePrecision);
    for (const row of record.candles) {
      const candle = {
        time: Math.floor(row.time / 1000),
        open: numberOf(row.open, pricePrecision),
        high: numberOf(row.high, pricePrecision),
        low: numberOf(row.low, pricePrecision),
        close: numberOf(row.close, pricePrecision),
        volume: numberOf(row.volume, quantityPrecision),
      };
      this.#candles.set(candle.time, candle);
      this.#changed.push(candle);
    }
    this.revision += 1;
  }

  get all(): ChartCandle[] {
    return [...this.#candles.values()].toSorted((a, b) => a.time - b.time);
  }

  /** What changed since the last call; `undefined` when all is new. */
  takeChanges(): ChartCandle[] | undefined {
    const changed = this.#isRenewed ? undefined : this.#changed;
    this.#changed = [];
    this.#isRenewed = false;
    return changed?.toSorted((a, b) => a.time - b.time);
  }
}
