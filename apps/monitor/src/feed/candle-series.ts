import type { CandleText } from './source.ts';

/** More than a screen shows; the exchange sends 720. */
const CAPACITY = 2000;

/** Candles by their beginning; each change has a number, so that a page gets what is new to it. */
export class CandleSeries {
  readonly #candles = new Map<number, { row: CandleText; revision: number }>();
  #revision = 0;
  /** Pages that read before this one begin anew. */
  #base = 0;

  get revision(): number {
    return this.#revision;
  }

  isBehind(revision: number): boolean {
    return revision < this.#base;
  }

  replace(rows: readonly CandleText[]): void {
    this.#candles.clear();
    this.#base = this.#revision + 1;
    this.update(rows);
  }

  update(rows: readonly CandleText[]): void {
    if (rows.length === 0) return;
    this.#revision += 1;
    for (const row of rows) this.#candles.set(row.time, { row, revision: this.#revision });
    for (const time of this.#candles.keys()) {
      if (this.#candles.size <= CAPACITY) break;
      this.#candles.delete(time);
    }
  }

  /** What changed since a revision, oldest first. */
  since(revision: number): readonly CandleText[] {
    return [...this.#candles.values()]
      .filter((candle) => candle.revision > revision)
      .map(({ row }) => row)
      .toSorted((a, b) => a.time - b.time);
  }
}
