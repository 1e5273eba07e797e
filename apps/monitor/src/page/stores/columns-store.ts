import type { ColumnRow, ColumnsRecord } from '../../protocol/records.ts';

const KEPT = 1200;

/** The history of one symbol's book, oldest first. */
export class ColumnsStore {
  columns: ColumnRow[] = [];
  pricePrecision = 0;
  revision = 0;

  take({ isSnapshot, pricePrecision, columns }: ColumnsRecord): void {
    const kept = isSnapshot ? [...columns] : [...this.columns, ...columns];
    this.columns = kept.length > KEPT ? kept.slice(-KEPT) : kept;
    this.pricePrecision = pricePrecision;
    this.revision += 1;
  }
}

/** What is drawn over time: `undefined` where nothing is known, so that a gap is a gap. */
export interface Series {
  readonly times: number[];
  readonly mid: (number | null)[];
  readonly spreadBps: (number | null)[];
  /** −1 (asks alone) to 1 (bids alone), of the ten best levels. */
  readonly imbalance: (number | null)[];
}

const LEVELS = 10;

const sumOf = (quantities: Float32Array): number => {
  let sum = 0;
  for (const quantity of quantities.subarray(0, LEVELS)) sum += quantity;
  return sum;
};

/** Mid, spread and imbalance of each column. */
export const seriesOf = (columns: readonly ColumnRow[], pricePrecision: number): Series => {
  const series: Series = { times: [], mid: [], spreadBps: [], imbalance: [] };
  const unit = 10 ** pricePrecision;
  for (const { time, isGap, bids, asks } of columns) {
    const [bid, ask] = [bids.ticks[0], asks.ticks[0]];
    const isKnown = !isGap && bid !== undefined && ask !== undefined;
    const mid = isKnown ? (bid + ask) / 2 / unit : null;
    const [bought, sold] = [sumOf(bids.quantities), sumOf(asks.quantities)];
    series.times.push(time / 1000);
    series.mid.push(mid);
    series.spreadBps.push(isKnown && mid !== null ? ((ask - bid) / unit / mid) * 10_000 : null);
    series.imbalance.push(isKnown ? (bought - sold) / (bought + sold) : null);
  }
  return series;
};
