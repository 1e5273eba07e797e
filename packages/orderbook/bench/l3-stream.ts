import { createRandom, fixed, pickQuantity, pickRank, timestamp } from './random.ts';

type Crc = (text: string) => number;

interface Order {
  readonly id: string;
  quantity: number;
  readonly time: string;
}

interface PriceLevel {
  readonly price: number;
  readonly orders: Order[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A `level3` feed: adds, fills and deletions near the top; a level that vanishes brings all the
 * orders of the one that comes into view. Some messages print their adds out of time order.
 */
export class L3Stream {
  readonly #random: () => number;
  readonly #depth: number;
  readonly #crc: Crc;
  readonly #sides: [bids: PriceLevel[], asks: PriceLevel[]] = [[], []];
  #micros = 0;
  readonly #crowded: [bids?: boolean, asks?: boolean] = [];
  #serial = 0;
  /** Orders of each side at the start: the crowd is kept about as large. */
  readonly #crowds: [bids: number, asks: number];
  /** Events printed so far. */
  events = 0;

  constructor(depth: number, seed: number, crc: Crc) {
    this.#random = createRandom(seed);
    this.#depth = depth;
    this.#crc = crc;
    for (const side of [0, 1] as const) {
      const away = side === 1 ? 1 : -1;
      for (let i = 0, price = 449_394 + side; i < depth + 20; i++, price += away * this.#gap()) {
        this.#sides[side].push({ price, orders: this.#crowd(i) });
      }
    }
    this.#crowds = [this.#crowdOf(0), this.#crowdOf(1)];
  }

  #crowdOf(side: 0 | 1): number {
    const seen = this.#sides[side].slice(0, this.#depth);
    return seen.reduce((sum, { orders }) => sum + orders.length, 0);
  }

  get orders(): number {
    return this.#crowdOf(0) + this.#crowdOf(1);
  }

  snapshot(): string {
    const side = (levels: readonly PriceLevel[]): string =>
      levels
        .slice(0, this.#depth)
        .flatMap(({ price, orders }) => orders.map((order) => print('', price, order)))
        .join(',');
    return this.#frame('snapshot', side(this.#sides[0]), side(this.#sides[1]));
  }

  update(): string {
    const events: [string[], string[]] = [[], []];
    const side: 0 | 1 = this.#random() < 0.5 ? 0 : 1;
    const changes = this.#random() < 0.6 ? 1 : 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < changes; i++) {
      if (this.#change(side, events[side])) break;
    }
    if (events[side].length === 0) return this.update();
    this.events += events[side].length;
    return this.#frame('update', events[0].join(','), events[1].join(','));
  }

  /** True when nothing more may come in the message. */
  #change(side: 0 | 1, events: string[]): boolean {
    const random = this.#random;
    const levels = this.#sides[side];
    const away = side === 1 ? 1 : -1;
    const rank = pickRank(random, this.#depth);
    const level = levels[rank]!;
    const kind = random();
    const removals = this.#isCrowded(side) ? 0.75 : 0.35;
    // A deletion comes alone: it can bring adds whose times lie before those already printed.
    if (kind < removals) {
      if (events.length > 0) return true;
      const [removed] = level.orders.splice(Math.floor(random() * level.orders.length), 1) as [
        Order,
      ];
      events.push(print('delete', level.price, { ...removed, quantity: 0 }));
      if (level.orders.length > 0) return true;
      levels.splice(rank, 1);
      while (levels.length < this.#depth + 5) {
        levels.push({
          price: levels.at(-1)!.price + away * this.#gap(),
          orders: this.#crowd(this.#depth),
        });
      }
      const shown = levels[this.#depth - 1]!;
      const adds = shown.orders.map((order) => print('add', shown.price, order));
      if (adds.length > 1 && random() < 0.1) adds.push(adds.shift()!);
      events.push(...adds);
      return true;
    }
    if (kind < removals + 0.12) {
      const order = level.orders[Math.floor(random() * level.orders.length)]!;
      order.quantity = Math.max(1, Math.floor(order.quantity * (0.2 + random() * 0.7)));
      events.push(print('modify', level.price, order));
    } else {
      const price = random() < 0.75 ? level.price : level.price + away;
      const at = levels.findIndex((other) => (other.price - price) * away >= 0);
      const order = this.#order();
      if (levels[at]?.price === price) levels[at].orders.push(order);
      else levels.splice(at < 0 ? levels.length : at, 0, { price, orders: [order] });
      if (at >= 0 && at < this.#depth) events.push(print('add', price, order));
      if (levels.length > this.#depth + 60) levels.length = this.#depth + 20;
    }
    return false;
  }

  /** Counted now and then: every message would make the generator slow. */
  #isCrowded(side: 0 | 1): boolean {
    if (this.#serial % 16 === 0 || this.#crowded[side] === undefined) {
      this.#crowded[side] = this.#crowdOf(side) > this.#crowds[side];
    }
    return this.#crowded[side];
  }

  #frame(type: string, bids: string, asks: string): string {
    return (
      `{"channel":"level3","type":"${type}","data":[{"symbol":"BTC/USD","bids":[${bids}],` +
      `"asks":[${asks}],"checksum":${this.#checksum()},"timestamp":"${timestamp(this.#micros)}"}]}`
    );
  }

  #checksum(): number {
    let text = '';
    for (const side of [1, 0] as const) {
      for (const { price, orders } of this.#sides[side].slice(0, 10)) {
        for (const { quantity } of orders) text += `${price}${quantity}`;
      }
    }
    return this.#crc(text) >>> 0;
  }

  #crowd(rank: number): Order[] {
    const most = this.#depth < 100 ? Math.min(10, 2 + rank / 2) : Math.min(110, 2 + rank / 3);
    return Array.from({ length: 1 + Math.floor(this.#random() * most) }, () => this.#order());
  }

  #order(): Order {
    this.#micros += 1 + Math.floor(this.#random() * 900);
    // The serial number in the last letters keeps ids unique.
    let letters = '';
    for (let i = 0; i < 11; i++) letters += LETTERS.charAt(Math.floor(this.#random() * 32));
    const serial = this.#serial++;
    for (let i = 0; i < 5; i++) letters += LETTERS.charAt((serial >>> (i * 5)) & 31);
    const id = `O${letters.slice(0, 5)}-${letters.slice(5, 10)}-${letters.slice(10)}`;
    const time = `${timestamp(this.#micros).slice(0, -1)}431Z`;
    return { id, quantity: pickQuantity(this.#random), time };
  }

  #gap(): number {
    return 1 + Math.floor(this.#random() * this.#random() * 12);
  }
}

function print(event: string, price: number, { id, quantity, time }: Order): string {
  return (
    `{${event === '' ? '' : `"event":"${event}",`}"order_id":"${id}",` +
    `"limit_price":${fixed(price, 1)},"order_qty":${fixed(quantity, 8)},"timestamp":"${time}"}`
  );
}
