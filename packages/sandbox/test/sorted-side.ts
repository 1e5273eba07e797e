/** One side of a book as an array, best first: what the independent books of the tests keep their levels in. */
export class SortedSide<T> {
  readonly #sign: 1 | -1;
  readonly #keys: number[] = [];
  readonly #values: T[] = [];

  constructor(side: 'bids' | 'asks') {
    this.#sign = side === 'asks' ? 1 : -1;
  }

  get size(): number {
    return this.#keys.length;
  }

  get(price: number): T | undefined {
    const at = this.#find(price);
    return this.#keys[at] === price ? this.#values[at] : undefined;
  }

  set(price: number, value: T): void {
    const at = this.#find(price);
    if (this.#keys[at] === price) {
      this.#values[at] = value;
      return;
    }
    this.#keys.splice(at, 0, price);
    this.#values.splice(at, 0, value);
  }

  delete(price: number): void {
    const at = this.#find(price);
    if (this.#keys[at] !== price) return;
    this.#keys.splice(at, 1);
    this.#values.splice(at, 1);
  }

  /** Keeps the best of them, and gives the others. */
  cut(depth: number): T[] {
    this.#keys.length = Math.min(depth, this.#keys.length);
    return this.#values.splice(depth);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#values.length = 0;
  }

  best(count: number): readonly T[] {
    return this.#values.slice(0, count);
  }

  /** Where a price stands, or would. */
  #find(price: number): number {
    let low = 0;
    for (let high = this.#keys.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? 0) * this.#sign < price * this.#sign) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
