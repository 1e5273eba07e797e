import crc32 from 'crc-32';

const ROW =
  /\{(?:"event":"(add|modify|delete)",)?"order_id":"([^"]+)","limit_price":([\d.]+),"order_qty":([\d.]+),"timestamp":"([^"]+)"\}/g;

interface Order {
  readonly id: string;
  readonly ticks: bigint;
  lots: bigint;
}

/** An L3 book in plain arrays, by the rules of the documentation: slow, and shares nothing with the sandbox or the engine. */
export class ReferenceOrders {
  readonly #depth: number;
  readonly #pricePrecision: number;
  readonly #quantityPrecision: number;
  readonly #sides: Record<'bids' | 'asks', Order[]> = { bids: [], asks: [] };

  constructor(depth: number, pricePrecision: number, quantityPrecision: number) {
    this.#depth = depth;
    this.#pricePrecision = pricePrecision;
    this.#quantityPrecision = quantityPrecision;
  }

  /** Applies a frame; true when the checksum of what then stands is the frame's. */
  apply(text: string): boolean {
    if (text.includes('"type":"snapshot"')) {
      this.#sides.bids = [];
      this.#sides.asks = [];
    }
    const asksAt = text.indexOf('"asks":[');
    this.#change('bids', text.slice(0, asksAt));
    this.#change('asks', text.slice(asksAt));
    return Number(/"checksum":(\d+)/.exec(text)?.[1]) === this.checksum();
  }

  checksum(): number {
    let digits = '';
    for (const side of ['asks', 'bids'] as const) {
      for (const ticks of this.#levels(side).slice(0, 10)) {
        for (const order of this.#sides[side]) {
          if (order.ticks === ticks) digits += `${order.ticks}${order.lots}`;
        }
      }
    }
    return crc32.str(digits) >>> 0;
  }

  #levels(side: 'bids' | 'asks'): bigint[] {
    const prices = [...new Set(this.#sides[side].map(({ ticks }) => ticks))];
    const sign = side === 'asks' ? 1 : -1;
    return prices.toSorted((a, b) => (a < b ? -sign : sign));
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
      const known = this.#sides[side].find((order) => order.id === id);
      if (event === 'modify') {
        if (known === undefined) throw new Error(`unknown ${id}`);
        known.lots = scale(quantity, this.#quantityPrecision);
        continue;
      }
      if (event === 'delete' && known === undefined) throw new Error(`unknown ${id}`);
      this.#sides[side] = this.#sides[side].filter((order) => order !== known);
      if (event === 'delete') continue;
      const ticks = scale(price, this.#pricePrecision);
      this.#sides[side].push({ id, ticks, lots: scale(quantity, this.#quantityPrecision) });
    }
    const kept = new Set(this.#levels(side).slice(0, this.#depth));
    this.#sides[side] = this.#sides[side].filter(({ ticks }) => kept.has(ticks));
  }
}

function scale(text: string, precision: number): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole + decimals.padEnd(precision, '0'));
}
