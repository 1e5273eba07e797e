/** The newest rows of something that only grows, each with a number that never changes. */
export class RowLog<T> {
  readonly #capacity: number;
  #rows: T[] = [];
  /** Number of the first row that is kept. */
  #first = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The number that the next row gets. */
  get end(): number {
    return this.#first + this.#rows.length;
  }

  get first(): number {
    return this.#first;
  }

  get last(): T | undefined {
    return this.#rows.at(-1);
  }

  push(row: T): void {
    this.#rows.push(row);
    // Cut in bulk: shifting an array for each row would move all of them.
    if (this.#rows.length < this.#capacity * 2) return;
    this.#first += this.#capacity;
    this.#rows = this.#rows.slice(this.#capacity);
  }

  /** What came since that number, at most as many as are kept. */
  since(number: number): readonly T[] {
    const kept = Math.max(0, this.#rows.length - this.#capacity);
    return this.#rows.slice(Math.max(kept, number - this.#first));
  }

  /** True when rows since that number are gone: what was taken before is then no beginning of the rest. */
  isBehind(number: number): boolean {
    return number < this.#first + Math.max(0, this.#rows.length - this.#capacity);
  }

  /** In place of all that was there: whoever read before is behind. */
  replace(rows: readonly T[]): void {
    this.#first = this.end + 1;
    this.#rows = rows.slice(-this.#capacity);
  }
}
