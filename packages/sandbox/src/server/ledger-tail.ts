import { type LedgerBatch, ledgerLines } from './ledger.ts';

/** The end of the ledger in memory, as batches: lines are made of them only when somebody asks. */
export class LedgerTail {
  readonly #max: number;
  #items: (LedgerBatch | string)[] = [];
  #lines = 0;

  constructor(max = 1_000) {
    this.#max = max;
  }

  add(item: LedgerBatch | string): void {
    this.#items.push(item);
    this.#lines += countOf(item);
    // Cut in halves, so that an addition is cheap: at most twice the maximum is held.
    if (this.#lines > 2 * this.#max) this.#cut();
  }

  /** The last lines, oldest first. */
  lines(count: number): string[] {
    return count === 0 ? [] : this.#items.flatMap(linesOf).slice(-Math.min(count, this.#max));
  }

  #cut(): void {
    let kept = 0;
    let from = this.#items.length;
    while (from > 0 && kept < this.#max) {
      from -= 1;
      kept += countOf(this.#items[from]);
    }
    this.#items = this.#items.slice(from);
    this.#lines = kept;
  }
}

function countOf(item: LedgerBatch | string | undefined): number {
  return typeof item === 'object' ? item.frames.length + item.marks.length : 1;
}

function linesOf(item: LedgerBatch | string): string[] {
  return typeof item === 'object' ? ledgerLines(item) : [item];
}
