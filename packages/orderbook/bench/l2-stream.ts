import { createRandom, fixed, pickQuantity, pickRank, timestamp } from './random.ts';

type Crc = (text: string) => number;
type Level = [price: number, quantity: number];

/**
 * A `book` feed in the shape of BTC/USD (1 and 8 decimals): about 1.7 level changes a message, a
 * removal republishes the level that comes into view. Removals come before other changes, so that
 * clients which cut to the depth level by level verify too.
 */
export class L2Stream {
  readonly #random: () => number;
  readonly #depth: number;
  readonly #crc: Crc;
  readonly #symbol: string;
  readonly #full: number;
  readonly #sides: [bids: Level[], asks: Level[]] = [[], []];
  #micros = 0;

  constructor(depth: number, seed: number, symbol: string, crc: Crc) {
    this.#random = createRandom(seed);
    this.#depth = depth;
    this.#crc = crc;
    this.#symbol = symbol;
    this.#full = Math.ceil(depth * 1.25) + 20;
    let bid = 452_839;
    let ask = 452_841;
    for (let i = 0; i < this.#full; i++) {
      this.#sides[0].push([bid, pickQuantity(this.#random)]);
      this.#sides[1].push([ask, pickQuantity(this.#random)]);
      bid -= this.#gap();
      ask += this.#gap();
    }
  }

  snapshot(): string {
    const [bids, asks] = this.#sides.map((side) => side.slice(0, this.#depth)) as [
      Level[],
      Level[],
    ];
    return this.#frame('snapshot', bids, asks);
  }

  update(): string {
    const random = this.#random;
    const changed: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
    const first = random() < 0.55 ? 1 : random() < 0.6 ? 2 : 1 + Math.floor(random() * 4);
    let side: 0 | 1 = random() < 0.5 ? 0 : 1;
    for (let i = 0; i < first; i++) {
      if (random() < 0.3) side = side === 0 ? 1 : 0;
      this.#change(side, changed[side]);
    }
    const [bids, asks] = [this.#changes(0, changed[0]), this.#changes(1, changed[1])];
    if (bids.length + asks.length === 0) return this.update();
    this.#micros += 1 + Math.floor(random() * 20_000);
    return this.#frame('update', bids, asks);
  }

  #change(which: 0 | 1, changed: Map<number, number>): void {
    const random = this.#random;
    const depth = this.#depth;
    const levels = this.#sides[which];
    const away = which === 1 ? 1 : -1;
    const kind = random();
    const crowd =
      levels.length > this.#full * 1.1 ? 0.05 : levels.length < this.#full * 0.9 ? -0.1 : 0;
    if (kind < 0.25 + crowd && levels.length > 20) {
      const rank = Math.min(pickRank(random, depth), levels.length - 1);
      const [[price]] = levels.splice(rank, 1) as [Level];
      changed.set(price, 0);
      const shown = levels[depth - 1];
      if (shown !== undefined) changed.set(shown[0], shown[1]);
    } else if (kind < 0.5) {
      const price = this.#newPrice(which, pickRank(random, depth));
      const at = levels.findIndex(([other]) => (other - price) * away >= 0);
      const quantity = pickQuantity(random);
      if (at < 0) levels.push([price, quantity]);
      else if (levels[at]![0] === price) levels[at]![1] = quantity;
      else levels.splice(at, 0, [price, quantity]);
      changed.set(price, quantity);
    } else {
      const level = levels[Math.min(pickRank(random, depth), levels.length - 1)]!;
      level[1] = pickQuantity(random);
      changed.set(level[0], level[1]);
    }
    while (levels.length < depth + 5) {
      levels.push([levels.at(-1)![0] + away * this.#gap(), pickQuantity(random)]);
    }
    if (levels.length > this.#full * 1.3) levels.length = this.#full;
  }

  #newPrice(which: 0 | 1, rank: number): number {
    const levels = this.#sides[which];
    const away = which === 1 ? 1 : -1;
    const best = levels[0]![0];
    const room = Math.abs(this.#sides[which === 1 ? 0 : 1][0]![0] - best) - 1;
    if (rank === 0 && room > 0)
      return best - away * (1 + Math.floor(this.#random() * Math.min(room, 3)));
    const near = levels[Math.max(rank - 1, 0)]![0];
    return near + away * (1 + Math.floor(this.#random() * 3));
  }

  /** Removals first; what ended out of view is not sent. */
  #changes(which: 0 | 1, changed: Map<number, number>): Level[] {
    const levels = this.#sides[which];
    const worst = levels[Math.min(this.#depth, levels.length) - 1]![0];
    const seen = [...changed].filter(
      ([price, quantity]) => quantity === 0 || (which === 1 ? price <= worst : price >= worst),
    );
    return [
      ...seen.filter(([, quantity]) => quantity === 0),
      ...seen.filter(([, quantity]) => quantity !== 0),
    ];
  }

  #frame(type: string, bids: readonly Level[], asks: readonly Level[]): string {
    return (
      `{"channel":"book","type":"${type}","data":[{"symbol":"${this.#symbol}",` +
      `"bids":[${bids.map(print).join(',')}],"asks":[${asks.map(print).join(',')}],` +
      `"checksum":${this.#checksum()},"timestamp":"${timestamp(this.#micros)}"}]}`
    );
  }

  #checksum(): number {
    const digits = (levels: readonly Level[]): string =>
      levels
        .slice(0, Math.min(10, this.#depth))
        .map(([price, quantity]) => `${price}${quantity}`)
        .join('');
    return this.#crc(digits(this.#sides[1]) + digits(this.#sides[0])) >>> 0;
  }

  #gap(): number {
    return 1 + Math.floor(this.#random() * this.#random() * 12);
  }
}

function print([price, quantity]: Level): string {
  return `{"price":${fixed(price, 1)},"qty":${fixed(quantity, 8)}}`;
}
