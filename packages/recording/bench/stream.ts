import { L2Book } from '@kr/orderbook';

/** Frames of a busy market, the same for the same seed, with right checksums: bytes as they come from a socket. */
export function createFrames(count: number, symbols: number, depth = 100): Uint8Array[] {
  const random = createRandom(7);
  const encoder = new TextEncoder();
  const feeds = Array.from({ length: symbols }, (_, at) => new Feed(`C${at}/USD`, depth, random));
  const texts: string[] = feeds.flatMap((feed) => [feed.acknowledgement(), feed.snapshot()]);
  while (texts.length < count) {
    const feed = feeds[Math.floor(random() * feeds.length)];
    if (feed !== undefined) texts.push(feed.update());
  }
  return texts.map((text) => encoder.encode(text));
}

/** mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

interface Level {
  readonly price: string;
  readonly quantity: string;
}

class Feed {
  readonly #symbol: string;
  readonly #depth: number;
  readonly #random: () => number;
  readonly #book: L2Book;
  #count = 0;

  constructor(symbol: string, depth: number, random: () => number) {
    this.#symbol = symbol;
    this.#depth = depth;
    this.#random = random;
    this.#book = new L2Book({ symbol, depth });
  }

  acknowledgement(): string {
    return `{"method":"subscribe","result":{"channel":"book","depth":${this.#depth},"snapshot":true,"symbol":"${this.#symbol}"},"success":true,"time_in":"2026-01-01T00:00:00.000001Z","time_out":"2026-01-01T00:00:00.000002Z"}`;
  }

  snapshot(): string {
    const side = (sign: number): Level[] =>
      Array.from({ length: this.#depth }, (_, at) => this.#level(sign * (at + 1)));
    const message = { bids: side(-1), asks: side(1) };
    this.#book.applySnapshot(message);
    return this.#format('snapshot', message.bids, message.asks);
  }

  /** One to three levels, most of them near the top. */
  update(): string {
    const bids: Level[] = [];
    const asks: Level[] = [];
    for (let count = 1 + Math.floor(this.#random() * 3); count > 0; count -= 1) {
      const isBid = this.#random() < 0.5;
      const rank = 1 + Math.floor(this.#random() ** 3 * this.#depth);
      (isBid ? bids : asks).push(this.#level(isBid ? -rank : rank, this.#random() < 0.2));
    }
    this.#book.applyUpdate({ bids, asks });
    return this.#format('update', bids, asks);
  }

  #level(offset: number, isRemoval = false): Level {
    const quantity = isRemoval ? 0 : 0.001 + this.#random() * 10;
    return { price: (64_525 + offset / 10).toFixed(1), quantity: quantity.toFixed(8) };
  }

  #format(type: string, bids: readonly Level[], asks: readonly Level[]): string {
    this.#count += 1;
    const time = `2026-01-01T00:00:${String(this.#count % 60).padStart(2, '0')}.${String(this.#count % 1_000_000).padStart(6, '0')}Z`;
    return `{"channel":"book","type":"${type}","data":[{"symbol":"${this.#symbol}","bids":[${levels(bids)}],"asks":[${levels(asks)}],"checksum":${this.#book.checksum()},"timestamp":"${time}"}]}`;
  }
}

function levels(side: readonly Level[]): string {
  return side.map(({ price, quantity }) => `{"price":${price},"qty":${quantity}}`).join(',');
}
