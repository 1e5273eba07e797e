import { readFileSync } from 'node:fs';
import { buf } from 'crc-32';

// Written without the engine: JSON whose numbers are kept as text, plain arrays, crc-32. What the package
// derives from a recording must be what this computes from the raw file.

interface RawLevel {
  readonly price: string;
  readonly qty: string;
}

interface RawBook {
  readonly symbol: string;
  readonly bids: readonly RawLevel[];
  readonly asks: readonly RawLevel[];
  readonly checksum: string;
  readonly timestamp?: string;
}

export interface RawMessage {
  readonly channel: string;
  readonly type: 'snapshot' | 'update';
  readonly data: readonly RawBook[];
}

/** The lines of a capture, numbers as they were printed. */
export function rawMessages(path: string): RawMessage[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(quoteNumbers(line)) as RawMessage);
}

function quoteNumbers(line: string): string {
  return line.replaceAll(/([:[,]\s*)(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}\]])/g, '$1"$2"');
}

/** A book in two arrays, best level first. */
export class PlainBook {
  readonly depth: number;
  bids: RawLevel[] = [];
  asks: RawLevel[] = [];

  constructor(depth: number) {
    this.depth = depth;
  }

  /** True when the checksum of the message is that of the book after it. */
  apply({ type, data }: RawMessage): boolean {
    const [message] = data;
    if (message === undefined) return false;
    if (type === 'snapshot') [this.bids, this.asks] = [[], []];
    for (const level of message.bids) this.#set(this.bids, level, -1);
    for (const level of message.asks) this.#set(this.asks, level, 1);
    this.bids.length = Math.min(this.bids.length, this.depth);
    this.asks.length = Math.min(this.asks.length, this.depth);
    return this.checksum() === Number(message.checksum);
  }

  checksum(): number {
    const text = [this.asks, this.bids]
      .flatMap((side) => side.slice(0, 10))
      .map(({ price, qty }) => digits(price) + digits(qty))
      .join('');
    return buf(new TextEncoder().encode(text)) >>> 0;
  }

  #set(side: RawLevel[], level: RawLevel, sign: number): void {
    const at = side.findIndex(({ price }) => Number(price) === Number(level.price));
    if (at !== -1) side.splice(at, 1);
    if (Number(level.qty) === 0) return;
    const before = side.findIndex(({ price }) => sign * (Number(price) - Number(level.price)) > 0);
    side.splice(before === -1 ? side.length : before, 0, level);
  }
}

function digits(text: string): string {
  return text.replace('.', '').replace(/^0+/, '');
}

/** A row a level, as the table `book` has them. */
export function rawBookRows(path: string, depth: number): string[][] {
  const book = new PlainBook(depth);
  return rawMessages(path)
    .filter(({ channel }) => channel === 'book')
    .flatMap((message) => {
      const verdict = book.apply(message) ? 'verified' : 'mismatch';
      return message.data.flatMap(({ symbol, bids, asks, checksum }) =>
        [
          ...bids.map((level) => ['bid', level] as const),
          ...asks.map((level) => ['ask', level] as const),
        ].map(([side, { price, qty }]) => [
          symbol,
          message.type,
          side,
          price,
          qty,
          checksum,
          verdict,
        ]),
      );
    });
}
