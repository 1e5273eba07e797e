export interface KnownOrder {
  readonly pair: string;
  /** When it was made or last amended, on the monotonic clock. */
  sinceS: number;
}

/** The oldest are forgotten first: an order of five minutes costs nothing to cancel anyway. */
const MAX_ORDERS = 10_000;

/** Which orders were made here, where and when: what a cancel costs depends on it. */
export class OrderAges {
  readonly #orders = new Map<string, KnownOrder>();

  get(id: string): KnownOrder | undefined {
    return this.#orders.get(id);
  }

  /** It was amended: it is young again under each of its names, whichever was given. */
  amended(id: string, pair: string, sinceS: number): void {
    const known = this.#orders.get(id);
    if (known === undefined) this.set([id], { pair, sinceS });
    else known.sinceS = sinceS;
  }

  /** Under its order id and its client order id. */
  set(ids: readonly (string | undefined)[], order: KnownOrder): void {
    for (const id of ids) {
      if (id === undefined || id === '') continue;
      this.#orders.delete(id);
      this.#orders.set(id, order);
    }
    for (const oldest of this.#orders.keys()) {
      if (this.#orders.size <= MAX_ORDERS) break;
      this.#orders.delete(oldest);
    }
  }
}
