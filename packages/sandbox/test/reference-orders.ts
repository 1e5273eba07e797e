import crc32 from 'crc-32';
import { SortedSide } from './sorted-side.ts';

const ROW =
  /\{(?:"event":"(add|modify|delete)",)?"order_id":"([^"]+)","limit_price":([\d.]+),"order_qty":([\d.]+),"timestamp":"([^"]+)"\}/g;

interface Order {
  readonly price: number;
  readonly ticks: bigint;
  lots: bigint;
}

/** The orders of one price, in the order of their turn. */
type Queue = Map<string, Order>;

/** An L3 book in sorted arrays of queues, by the rules of the documentation: shares nothing with the sandbox or the engine. */
export class ReferenceOrders {
  readonly #depth: number;
  readonly #pricePrecision: number;
  readonly #quantityPrecision: number;
  readonly #sides = {
    bids: new SortedSide<Queue>('bids'),
    asks: new SortedSide<Queue>('asks'),
  };
  /** Where each order stands. */
  readonly #prices = new Map<string, number>();

  constructor(depth: number, pricePrecision: number, quantityPrecision: number) {
    this.#depth = depth;
    this.#pricePrecision = pricePrecision;
    this.#quantityPrecision = quantityPrecision;
  }

  /** Applies a frame; true when the checksum of what then stands is the frame's. */
  apply(text: string): boolean {
    if (text.includes('"type":"snapshot"')) {
      this.#sides.bids.clear();
      this.#sides.asks.clear();
      this.#prices.clear();
    }
    const asksAt = text.indexOf('"asks":[');
    this.#change('bids', text.slice(0, asksAt));
    this.#change('asks', text.slice(asksAt));
    return Number(/"checksum":(\d+)/.exec(text)?.[1]) === this.checksum();
  }

  checksum(): number {
    let digits = '';
    for (const side of ['asks', 'bids'] as const) {
      for (const queue of this.#sides[side].best(10)) {
        for (const { ticks, lots } of queue.values()) digits += `${ticks}${lots}`;
      }
    }
    return crc32.str(digits) >>> 0;
  }

  /** Adds take their places among the adds in the order of their times. */
  #change(side: 'bids' | 'asks', text: string): void {
    const rows = [...text.matchAll(ROW)];
    const adds = rows
      .filter(([, event = 'add']) => event === 'add')
      .toSorted(([, , , , , a = ''], [, , , , , b = '']) => (a < b ? -1 : a > b ? 1 : 0));
    for (const row of rows) {
      const isAdd = (row[1] ?? 'add') === 'add';
      const [, event = 'add', id = '', price = '', quantity = ''] =
        (isAdd ? adds.shift() : row) ?? row;
      const known = this.#order(side, id);
      if (event !== 'add' && known === undefined) throw new Error(`unknown ${id}`);
      if (event === 'modify' && known !== undefined) {
        known.lots = scale(quantity, this.#quantityPrecision);
        continue;
      }
      if (known !== undefined) this.#remove(side, id, known);
      if (event === 'delete') continue;
      this.#append(side, id, {
        price: Number(price),
        ticks: scale(price, this.#pricePrecision),
        lots: scale(quantity, this.#quantityPrecision),
      });
    }
    for (const queue of this.#sides[side].cut(this.#depth)) {
      for (const id of queue.keys()) this.#prices.delete(id);
    }
  }

  #order(side: 'bids' | 'asks', id: string): Order | undefined {
    const price = this.#prices.get(id);
    return price === undefined ? undefined : this.#sides[side].get(price)?.get(id);
  }

  #append(side: 'bids' | 'asks', id: string, order: Order): void {
    const queue = this.#sides[side].get(order.price) ?? new Map<string, Order>();
    queue.set(id, order);
    this.#sides[side].set(order.price, queue);
    this.#prices.set(id, order.price);
  }

  #remove(side: 'bids' | 'asks', id: string, { price }: Order): void {
    const queue = this.#sides[side].get(price);
    queue?.delete(id);
    this.#prices.delete(id);
    if (queue?.size === 0) this.#sides[side].delete(price);
  }
}

function scale(text: string, precision: number): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(precision, '0'));
}
