import crc32 from 'crc-32';

type Level = readonly [price: string, quantity: string, time: string, mark?: string];
interface Part {
  readonly as?: Level[];
  readonly bs?: Level[];
  readonly a?: Level[];
  readonly b?: Level[];
  readonly c?: string;
}

/** A book of v1 as its documentation tells it, slow on purpose: texts in maps, sorted anew for each checksum. */
export class ReferenceV1Book {
  readonly #depth: number;
  #asks = new Map<string, string>();
  #bids = new Map<string, string>();
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
        this.#asks = new Map(as.map(([price, quantity]) => [price, quantity]));
        this.#bids = new Map(bs.map(([price, quantity]) => [price, quantity]));
        for (const [price, , time] of [...as, ...bs]) this.#times.set(price, Number(time));
        return true;
      }
      for (const level of a) isInOrder = this.#set(this.#asks, level) && isInOrder;
      for (const level of b) isInOrder = this.#set(this.#bids, level) && isInOrder;
      checksum = c ?? checksum;
    }
    this.#asks = cut(this.#asks, 1, this.#depth);
    this.#bids = cut(this.#bids, -1, this.#depth);
    const digits = [...this.#asks].slice(0, 10).concat([...this.#bids].slice(0, 10));
    const said = digits.flat().map((each) => each.replace('.', '').replace(/^0+/, ''));
    return isInOrder && checksum === String(crc32.str(said.join('')) >>> 0);
  }

  #set(side: Map<string, string>, [price, quantity, time, mark]: Level): boolean {
    const isRepublished = mark === 'r';
    const before = side.has(price) ? (this.#times.get(price) ?? 0) : 0;
    if (isRepublished) this.republished += 1;
    if (Number(quantity) === 0) side.delete(price);
    else side.set(price, quantity);
    this.#times.set(price, Number(time));
    return Number(time) > before;
  }
}

function cut(side: Map<string, string>, sign: number, depth: number): Map<string, string> {
  const sorted = [...side].toSorted(([a], [b]) => sign * (Number(a) - Number(b)));
  return new Map(sorted.slice(0, depth));
}
