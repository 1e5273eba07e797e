import CRC32 from 'crc-32';

export interface NaiveOrder {
  readonly id: string;
  readonly price: number;
  quantity: number;
  timestamp: string;
}

export interface NaiveEvent {
  readonly event: 'add' | 'modify' | 'delete';
  readonly order: NaiveOrder;
}

type Side = 'bids' | 'asks';

/** The rules of an L3 book at their plainest: one array of orders a side, in book order. */
export class NaiveL3 {
  readonly #depth: number;
  readonly orders: Record<Side, NaiveOrder[]> = { bids: [], asks: [] };

  constructor(depth: number) {
    this.#depth = depth;
  }

  apply(events: Readonly<Record<Side, readonly NaiveEvent[]>>): void {
    for (const side of ['bids', 'asks'] as const) {
      const adds = events[side]
        .filter(({ event }) => event === 'add')
        .toSorted((a, b) =>
          a.order.timestamp < b.order.timestamp
            ? -1
            : a.order.timestamp > b.order.timestamp
              ? 1
              : 0,
        );
      for (const { event, order } of events[side]) {
        if (event === 'add') this.#add(side, adds.shift()!.order);
        else if (event === 'delete') this.#remove(order.id);
        else this.#modify(side, order);
      }
    }
    for (const side of ['bids', 'asks'] as const) {
      const prices = [...new Set(this.orders[side].map(({ price }) => price))];
      const kept = new Set(prices.slice(0, this.#depth));
      this.orders[side] = this.orders[side].filter(({ price }) => kept.has(price));
    }
  }

  checksum(): number {
    const digits = (side: Side): string => {
      const top = [...new Set(this.orders[side].map(({ price }) => price))].slice(0, 10);
      return this.orders[side]
        .filter(({ price }) => top.includes(price))
        .map(({ price, quantity }) => `${price}${quantity}`)
        .join('');
    };
    return CRC32.str(digits('asks') + digits('bids')) >>> 0;
  }

  #add(side: Side, order: NaiveOrder): void {
    this.#remove(order.id);
    const orders = this.orders[side];
    const better = side === 'bids' ? 1 : -1;
    let at = 0;
    while (at < orders.length && (orders[at]!.price - order.price) * better >= 0) at++;
    orders.splice(at, 0, { ...order });
  }

  #modify(side: Side, order: NaiveOrder): void {
    const known = this.orders[side].find(({ id }) => id === order.id);
    if (known === undefined && !this.#has(order.id)) return;
    if (known?.price === order.price) {
      known.quantity = order.quantity;
      known.timestamp = order.timestamp;
    } else {
      this.#add(side, order);
    }
  }

  #has(id: string): boolean {
    return [...this.orders.bids, ...this.orders.asks].some((order) => order.id === id);
  }

  #remove(id: string): void {
    for (const side of ['bids', 'asks'] as const) {
      const at = this.orders[side].findIndex((order) => order.id === id);
      if (at >= 0) this.orders[side].splice(at, 1);
    }
  }
}
