/** Keeps the first items and counts them all. */
export class BoundedList<T> {
  readonly #limit: number;
  readonly #items: T[] = [];
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get total(): number {
    return this.#total;
  }

  add(item: T): void {
    this.#total += 1;
    if (this.#items.length < this.#limit) this.#items.push(item);
  }

  /** Counts items that nobody kept. */
  addUnlisted(count: number): void {
    this.#total += count;
  }
}
