import crc32 from 'crc-32';
import { SortedSide } from './sorted-side.ts';

type Level = readonly [price: string, quantity: string, time: string, mark?: string];
interface Part {
  readonly as?: Level[];
  readonly bs?: Level[];
  readonly a?: Level[];
  readonly b?: Level[];
  readonly c?: string;
}

type Side = SortedSide<readonly [price: string, quantity: string]>;

/** A book of v1 as its documentation tells it: texts in sorted arrays. */
export class ReferenceV1Book {
  readonly #depth: number;
  readonly #asks: Side = new SortedSide('asks');
  readonly #bids: Side = new SortedSide('bids');
  /** When each level was last told of, as texts: they never go back. */
  readonly #times = new Map<string, number>();
  /** Levels that were marked as told again. */
  republished = 0;

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** False when the checksum does not fit, or what is marked as told again is not older than the last change. */
  apply(text: string): boolean {
    const parts = (JSON.parse(text) as unknown[]).slice(1, -2) as Part[];
    let checksum: string | undefined;
    let isInOrder = true;
    for (const { as, bs, a = [], b = [], c } of parts) {
      if (as !== undefined && bs !== undefined) {
        this.#asks.clear();
        this.#bids.clear();
        for (const level of as) this.#set(this.#asks, level);
        for (const level of bs) this.#set(this.#bids, level);
        return true;
      }
      for (const level of a) isInOrder = this.#set(this.#asks, level) && isInOrder;
      for (const level of b) isInOrder = this.#set(this.#bids, level) && isInOrder;
      checksum = c ?? checksum;
    }
    this.#asks.cut(this.#depth);
    this.#bids.cut(this.#depth);
    const digits = [...this.#asks.best(10), ...this.#bids.best(10)];
    const said = digits.flat().map((each) => each.replace('.', '').replace(/^0+/, ''));
    return isInOrder && checksum === String(crc32.str(said.join('')) >>> 0);
  }

  #set(side: Side, [price, quantity, time, mark]: Level): boolean {
    const key = Number(price);
    const before = side.get(key) === undefined ? 0 : (this.#times.get(price) ?? 0);
    if (mark === 'r') this.republished += 1;
    if (Number(quantity) === 0) side.delete(key);
    else side.set(key, [price, quantity]);
    this.#times.set(price, Number(time));
    return Number(time) > before;
  }
}
