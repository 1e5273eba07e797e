type Crc = (text: string) => number;

interface Level {
  readonly price: number;
  quantity: number;
}

interface BookFrame {
  readonly type: string;
  readonly data: readonly [
    {
      readonly bids: readonly { readonly price: number; readonly qty: number }[];
      readonly asks: readonly { readonly price: number; readonly qty: number }[];
      readonly checksum: number;
    },
  ];
}

/** As scaled integers: their text is the checksum's, its leading zeros gone. */
const priceOf = (price: number): number => Math.round(price * 10);
const quantityOf = (quantity: number): number => Math.round(quantity * 1e8);

/** The usual book: JSON.parse, sorted arrays found by binary search, crc-32 over a text. */
export class NaiveL2Book {
  readonly #depth: number;
  readonly #crc: Crc;
  readonly bids: Level[] = [];
  readonly asks: Level[] = [];

  constructor(depth: number, crc: Crc) {
    this.#depth = depth;
    this.#crc = crc;
  }

  apply(frame: Buffer): boolean {
    const { type, data } = JSON.parse(frame.toString()) as BookFrame;
    const [book] = data;
    if (type === 'snapshot') this.bids.length = this.asks.length = 0;
    for (const { price, qty } of book.bids)
      this.#set(this.bids, -1, priceOf(price), quantityOf(qty));
    for (const { price, qty } of book.asks)
      this.#set(this.asks, 1, priceOf(price), quantityOf(qty));
    if (this.bids.length > this.#depth) this.bids.length = this.#depth;
    if (this.asks.length > this.#depth) this.asks.length = this.#depth;
    // Joined, not added up: the CRC of a rope is several times slower.
    const parts: string[] = [];
    for (const side of [this.asks, this.bids]) {
      for (let i = 0; i < 10 && i < side.length; i++) {
        const { price, quantity } = side[i]!;
        parts.push(`${price}${quantity}`);
      }
    }
    return this.#crc(parts.join('')) >>> 0 === book.checksum;
  }

  #set(levels: Level[], away: 1 | -1, price: number, quantity: number): void {
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((levels[middle]!.price - price) * away < 0) low = middle + 1;
      else high = middle;
    }
    if (levels[low]?.price === price) {
      if (quantity === 0) levels.splice(low, 1);
      else levels[low]!.quantity = quantity;
    } else if (quantity !== 0) {
      levels.splice(low, 0, { price, quantity });
    }
  }
}

interface WireOrder {
  readonly event?: 'add' | 'modify' | 'delete';
  readonly order_id: string;
  readonly limit_price: number;
  readonly order_qty: number;
  readonly timestamp: string;
}

interface Level3Frame {
  readonly type: string;
  readonly data: readonly [
    {
      readonly bids: readonly WireOrder[];
      readonly asks: readonly WireOrder[];
      readonly checksum: number;
    },
  ];
}

interface Order {
  readonly id: string;
  readonly level: OrderLevel;
  /** What it adds to the checksum's text. */
  digits: string;
}

interface OrderLevel {
  readonly price: number;
  readonly orders: Order[];
}

/** The usual L3 book: JSON.parse, a Map of orders, sorted arrays of levels with arrays of orders. */
export class NaiveL3Book {
  readonly #depth: number;
  readonly #crc: Crc;
  readonly #orders = new Map<string, Order>();
  readonly bids: OrderLevel[] = [];
  readonly asks: OrderLevel[] = [];

  constructor(depth: number, crc: Crc) {
    this.#depth = depth;
    this.#crc = crc;
  }

  apply(frame: Buffer): boolean {
    const { type, data } = JSON.parse(frame.toString()) as Level3Frame;
    const [book] = data;
    const snapshot = type === 'snapshot';
    if (snapshot) {
      this.bids.length = this.asks.length = 0;
      this.#orders.clear();
    }
    this.#side(this.bids, -1, snapshot ? book.bids : byTime(book.bids));
    this.#side(this.asks, 1, snapshot ? book.asks : byTime(book.asks));
    this.#cut(this.bids);
    this.#cut(this.asks);
    // Joined, not added up: the CRC of a rope is several times slower.
    const parts: string[] = [];
    for (const side of [this.asks, this.bids]) {
      for (let i = 0; i < 10 && i < side.length; i++) {
        for (const { digits } of side[i]!.orders) parts.push(digits);
      }
    }
    return this.#crc(parts.join('')) >>> 0 === book.checksum;
  }

  #side(levels: OrderLevel[], away: 1 | -1, events: readonly WireOrder[]): void {
    for (const { event = 'add', order_id: id, limit_price, order_qty } of events) {
      const price = priceOf(limit_price);
      const digits = `${price}${quantityOf(order_qty)}`;
      const known = this.#orders.get(id);
      if (event === 'modify') {
        if (known !== undefined) known.digits = digits;
        continue;
      }
      if (known !== undefined) this.#remove(levels, away, known);
      if (event === 'delete') continue;
      const at = find(levels, away, price);
      let level = levels[at];
      if (level?.price !== price) {
        level = { price, orders: [] };
        levels.splice(at, 0, level);
      }
      const order = { id, level, digits };
      level.orders.push(order);
      this.#orders.set(id, order);
    }
  }

  #remove(levels: OrderLevel[], away: 1 | -1, order: Order): void {
    this.#orders.delete(order.id);
    const { orders, price } = order.level;
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) levels.splice(find(levels, away, price), 1);
  }

  #cut(levels: OrderLevel[]): void {
    while (levels.length > this.#depth) {
      for (const { id } of levels.pop()!.orders) this.#orders.delete(id);
    }
  }
}

function find(levels: readonly OrderLevel[], away: 1 | -1, price: number): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((levels[middle]!.price - price) * away < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The adds of a message in the order of their timestamps, in the places that adds hold. */
function byTime(events: readonly WireOrder[]): readonly WireOrder[] {
  const adds = events.filter(({ event }) => event === 'add');
  if (adds.every((add, i) => i === 0 || adds[i - 1]!.timestamp <= add.timestamp)) return events;
  adds.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  let next = 0;
  return events.map((event) => (event.event === 'add' ? adds[next++]! : event));
}
