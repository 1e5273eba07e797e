import { isObject, parseJson } from '../format/segment-header.ts';
import { BookLayout } from './book-layout.ts';
import { startsWith, utf8 } from './bytes.ts';
import { FUTURES_CHANNELS, futuresKindOf, type NumberedBook } from './futures-frame.ts';
import { SymbolTable } from './symbol-table.ts';

/** What a message is, as far as a verifier must know. */
export interface FrameKind {
  /**
   * The channel (`book`, `trade`, `heartbeat`, `status`…), `ack` for an acknowledgement, `pong`,
   * `error` for a refused request, `unknown`, or `malformed` when it is no JSON object or array.
   */
  readonly channel: string;
  /** For books: what its frames have in common, symbol and (v1) depth. */
  readonly book: BookKey | undefined;
  readonly isSnapshot: boolean;
  /** Of a futures v1 book. */
  readonly numbered?: NumberedBook | undefined;
}

/** L2 or L3: both are proved by a checksum on each message. */
export type BookChannel = 'book' | 'level3';

/** One book of one connection; equal keys are the same object. */
export interface BookKey {
  readonly channel: BookChannel;
  /** As on the wire: `BTC/USD`; v1 `XBT/USD`. */
  readonly symbol: string;
  /** Only v1 names it in each message (`book-10`). */
  readonly depth: number | undefined;
}

const BOOK_NAME = utf8('"book-');
const HEARTBEAT = utf8('{"channel":"heartbeat"}');
const HEARTBEAT_KIND: FrameKind = { channel: 'heartbeat', book: undefined, isSnapshot: false };
const KNOWN: ReadonlySet<string> = new Set([
  // https://docs.kraken.com/api/docs/websocket-v2/status and its neighbours
  ...['status', 'heartbeat', 'pong', 'ack', 'error'],
  ...['book', 'level3', 'ticker', 'trade', 'ohlc', 'instrument', 'executions', 'balances'],
  // Of v1 alone: https://docs.kraken.com/api/docs/websocket-v1/spread and its neighbours
  ...['spread', 'ownTrades', 'openOrders'],
  // Of the Unified socket alone: https://docs.kraken.com/exchange/api-reference/unified-websocket
  ...['positions', 'margin', 'ledgers'],
  ...FUTURES_CHANNELS,
]);
const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LETTER_S = 0x73;
const decoder = new TextDecoder();

/**
 * Tells book messages apart by their first bytes (v2) or their last (v1), in the layout that Kraken
 * writes; any other layout of the same JSON, and all other messages, go through the parser.
 */
export class FrameClassifier {
  /** The beginnings of v2's book messages, the most frequent first. */
  readonly #layouts = [
    new BookLayout('book', 'update'),
    new BookLayout('level3', 'update'),
    new BookLayout('book', 'snapshot'),
    new BookLayout('level3', 'snapshot'),
  ];
  readonly #symbols = new SymbolTable();
  readonly #books = new Map<string, BookKey>();
  readonly #orderBooks = new Map<string, BookKey>();
  /** Of books, so that no frame makes an object. */
  readonly #snapshots = new Map<BookKey, FrameKind>();
  readonly #updates = new Map<BookKey, FrameKind>();

  /**
   * Books by their layout, for their engine reads them to the end; everything else by the parser, which
   * tells whether the whole message is JSON. Heartbeats are compared: most of a quiet recording is them.
   */
  classify(bytes: Uint8Array): FrameKind {
    const kind = this.#fromLayout(bytes);
    if (kind?.book !== undefined) return kind;
    if (bytes.length === HEARTBEAT.length && startsWith(bytes, HEARTBEAT)) return HEARTBEAT_KIND;
    return this.#fromParsed(bytes);
  }

  /** The key that this classifier has for a book. */
  keyOf({ channel, symbol, depth }: BookKey): BookKey {
    return this.#key(channel, symbol, depth);
  }

  #fromParsed(bytes: Uint8Array): FrameKind {
    const value = parseJson(bytes);
    if (Array.isArray(value)) return this.#ofArray(value);
    if (!isObject(value)) return other('malformed');
    const { channel, method, event, type, data } = value;
    if (channel === 'book' || channel === 'level3') {
      const first: unknown = Array.isArray(data) ? data[0] : undefined;
      const symbol = isObject(first) ? first['symbol'] : undefined;
      if (typeof symbol !== 'string') return other('malformed');
      const book = this.#key(channel, symbol, undefined);
      return { channel, book, isSnapshot: type === 'snapshot' };
    }
    if (typeof channel === 'string') return other(channel);
    if (method === 'pong' || event === 'pong') return other('pong');
    if (value['success'] === false && typeof value['error'] === 'string') return other('error');
    if (typeof event === 'string' && value['status'] === 'error') return other('error');
    const isAnswer = typeof method === 'string' && typeof value['success'] === 'boolean';
    if (isAnswer || event === 'subscriptionStatus') return other('ack');
    if (event === 'systemStatus') return other('status');
    const futures = futuresKindOf(value);
    if (futures !== undefined) return { ...futures, book: undefined };
    return other(event === 'heartbeat' ? event : 'unknown');
  }

  #fromLayout(bytes: Uint8Array): FrameKind | undefined {
    if (bytes[0] === OPEN_BRACKET) return this.#fromArrayEnd(bytes);
    for (const layout of this.#layouts) {
      if (!layout.matches(bytes)) continue;
      return layout.kindOf(bytes, (symbol) =>
        this.#kind(this.#key(layout.channel, decoder.decode(symbol), undefined), layout.isSnapshot),
      );
    }
    return undefined;
  }

  /** `[336,{"as":…},"book-10","XBT/USD"]` */
  #fromArrayEnd(bytes: Uint8Array): FrameKind | undefined {
    const last = bytes.length - 1;
    if (bytes[last] !== CLOSE_BRACKET || bytes[last - 1] !== QUOTE) return undefined;
    const symbolAt = bytes.lastIndexOf(QUOTE, last - 2) + 1;
    const nameEnd = symbolAt - 3;
    const nameAt = bytes.lastIndexOf(QUOTE, nameEnd - 1);
    if (nameAt < 0 || !startsWith(bytes, BOOK_NAME, nameAt)) return undefined;
    const depth = Number(this.#symbols.intern(bytes, nameAt + BOOK_NAME.length, nameEnd));
    if (!Number.isSafeInteger(depth) || depth <= 0) return undefined;
    const symbol = this.#symbols.intern(bytes, symbolAt, last - 1);
    const sideAt = bytes.indexOf(QUOTE, 1);
    return this.#kind(this.#key('book', symbol, depth), bytes[sideAt + 2] === LETTER_S);
  }

  #ofArray(value: readonly unknown[]): FrameKind {
    const name = value.at(-2);
    const symbol = value.at(-1);
    const [first] = value;
    if (typeof name !== 'string' || !(typeof first === 'number' || Array.isArray(first))) {
      return other('unknown');
    }
    const [channel = name, suffix] = name.split('-');
    if (channel !== 'book' || typeof symbol !== 'string') return other(channel);
    const levels = value[1];
    const isSnapshot = isObject(levels) && ('as' in levels || 'bs' in levels);
    return { channel, book: this.#key('book', symbol, Number(suffix)), isSnapshot };
  }

  #kind(book: BookKey, isSnapshot: boolean): FrameKind {
    const kinds = isSnapshot ? this.#snapshots : this.#updates;
    let kind = kinds.get(book);
    if (kind === undefined) {
      kind = { channel: book.channel, book, isSnapshot };
      kinds.set(book, kind);
    }
    return kind;
  }

  #key(channel: BookChannel, symbol: string, depth: number | undefined): BookKey {
    const books = channel === 'book' ? this.#books : this.#orderBooks;
    const name = depth === undefined ? symbol : `${symbol} ${depth}`;
    let key = books.get(name);
    if (key === undefined) {
      key = { channel, symbol, depth };
      books.set(name, key);
    }
    return key;
  }
}

/** Is the channel one that Kraken's documentation knows, of v2 or v1? */
export function isKnownChannel(channel: string): boolean {
  return KNOWN.has(channel);
}

function other(channel: string): FrameKind {
  return { channel, book: undefined, isSnapshot: false };
}
