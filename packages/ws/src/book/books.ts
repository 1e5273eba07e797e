import type { L2Book, L3Book } from '@kr/orderbook';
import type { GapEvent, Timers } from '@kr/schemas/shared';
import type { Listener, Listening } from '../client/client.ts';
import { WsError } from '../errors.ts';
import type { SubscribeResult } from '../subscriptions/subscription.ts';
import { type BookKind, bookKindOf } from './book-kind.ts';
import type {
  BookCount,
  BookState,
  BookStats,
  BookStatusEvent,
  ReadableBook,
} from './book-state.ts';
import { ChangeStream } from './change-stream.ts';
import type { KeptBook } from './kept-book.ts';
import { RESYNC_DEFAULTS, type ResyncLimits } from './resync-policy.ts';
import { TrackedBook } from './tracked-book.ts';

/** Whose books are kept: a client of any of the sockets. */
export interface BookClient {
  readonly protocol: string;
  readonly timers: Timers;
  readonly redundancy: 1 | 2;
  listen(params: BookRequest, listener: BookListener): Listening;
}

interface BookRequest {
  readonly channel: 'book';
  readonly symbol: readonly string[];
}

type BookListener = Pick<Listener, 'recovers' | 'onFrame' | 'onLane' | 'onGap' | 'onEnded'>;

type BookOf<Channel extends 'book' | 'level3'> = Channel extends 'level3' ? L3Book : L2Book;

export interface BooksOptions<Channel extends 'book' | 'level3' = 'book'>
  extends Partial<{ readonly [Name in keyof ResyncLimits]: ResyncLimits[Name] | undefined }> {
  /** `level3`: order by order; needs a token, see `tokens` of the client. @default 'book' */
  readonly channel?: Channel | undefined;
  readonly symbol: readonly string[];
  /**
   * Levels a side: 10, 25, 100, 500 or 1000; of `level3` 10, 100 or 1000. Futures v1 has no depths: the
   * book is whole there. @default 10
   */
  readonly depth?: number | undefined;
  /** After each message that left a book verified, synchronously: the place to see every state. */
  readonly onChange?: ((symbol: string, book: ReadableBook<BookOf<Channel>>) => void) | undefined;
  readonly onStatus?: ((event: BookStatusEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

/** A symbol's newest state, and how many messages led to it since it was last read. */
export interface BookChange<B extends L2Book | L3Book = L2Book> {
  readonly symbol: string;
  readonly state: BookState<B>;
  readonly messages: number;
}

/** Verified books, kept up to date. Each loop over it has every symbol's newest state, never a backlog. */
export interface BookFeed<B extends L2Book | L3Book = L2Book>
  extends AsyncIterable<BookChange<B>, undefined>,
    AsyncDisposable {
  readonly results: Promise<SubscribeResult[]>;
  readonly stats: BookStats;
  readonly symbols: readonly string[];
  /** The book, if it is verified now, or why not. @throws WsError `INVALID_PARAMS` for another symbol */
  get(symbol: string): BookState<B>;
  /** Tries a quarantined symbol once more. */
  retry(symbol: string): void;
  close(): Promise<void>;
}

class LiveBooks<B extends L2Book | L3Book> implements BookFeed<B> {
  readonly results: Promise<SubscribeResult[]>;
  readonly #tracked = new Map<string, TrackedBook<B>>();
  readonly #streams = new Set<ChangeStream<BookChange<B>>>();
  readonly #listening: Listening;
  readonly #counts: Record<BookCount, number> = {
    verified: 0,
    mismatched: 0,
    jumps: 0,
    malformed: 0,
    resyncs: 0,
    quarantines: 0,
    switches: 0,
  };
  #isClosed = false;

  constructor(client: BookClient, options: BooksOptions<'book' | 'level3'>, kind: BookKind) {
    const { channel = 'book', symbol: symbols, depth = 10, onStatus, onChange } = options;
    const limits = { ...RESYNC_DEFAULTS, ...definedOf(options) };
    for (const symbol of symbols) {
      const tracked = new TrackedBook<B>({
        symbol,
        lanes: client.redundancy,
        createBook: () => kind.create(symbol, depth) as KeptBook<B>,
        proof: kind.proof,
        timers: client.timers,
        limits,
        renew: (name, loss) => {
          this.#listening.renew(name, loss);
        },
        distrust: (name, loss) => {
          this.#listening.distrust(name, loss);
        },
        onState: (turned, from, reason) => {
          onStatus?.({ symbol, from, to: turned.status, reason });
          if (turned.status !== 'verified' && turned.status !== 'unchecked') this.#push(symbol, 0);
        },
        onChange: (book, isVerified) => {
          if (isVerified) onChange?.(symbol, book);
          this.#push(symbol, 1);
        },
        count: (what) => {
          this.#counts[what] += 1;
        },
      });
      this.#tracked.set(symbol, tracked);
    }
    const request = kind.hasDepth
      ? { channel, symbol: symbols, depth }
      : { channel, symbol: symbols };
    this.#listening = client.listen(
      // Which channels a client has is known to its kind of books.
      request as BookRequest,
      {
        recovers: true,
        onFrame: ({ symbol = '', frame, lane }) =>
          this.#tracked.get(symbol)?.handleFrame(frame, lane),
        onLane: (event) => this.#tracked.get(event.symbol ?? '')?.handleLane(event),
        onGap: options.onGap,
        onEnded: ({ symbol = '', error }) => {
          this.#end(symbol, error?.message ?? 'the client was closed');
        },
      },
    );
    this.results = this.#listening.results;
  }

  get stats(): BookStats {
    return { ...this.#counts };
  }

  get symbols(): readonly string[] {
    return [...this.#tracked.keys()];
  }

  get(symbol: string): BookState<B> {
    return this.#find('get', symbol).state;
  }

  retry(symbol: string): void {
    this.#find('retry', symbol).retry();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<BookChange<B>, undefined> {
    const stream = new ChangeStream<BookChange<B>>(
      (symbol, messages) => ({ symbol, state: this.get(symbol), messages }),
      (ended) => this.#streams.delete(ended),
    );
    if (this.#isClosed) stream.end();
    else this.#streams.add(stream);
    // Where it begins: what is known already is a change for who did not know it.
    for (const { symbol, status } of this.#tracked.values()) {
      if (status === 'verified' || status === 'unchecked') stream.push(symbol, 0);
    }
    return stream;
  }

  async close(): Promise<void> {
    await this.#listening.close();
    for (const symbol of this.#tracked.keys()) this.#end(symbol, 'the feed was closed');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #push(symbol: string, messages: number): void {
    for (const stream of this.#streams) stream.push(symbol, messages);
  }

  #end(symbol: string, reason: string): void {
    this.#tracked.get(symbol)?.end(reason);
    const isOver = [...this.#tracked.values()].every(({ status }) => status === 'ended');
    if (!isOver) return;
    this.#isClosed = true;
    for (const stream of this.#streams) stream.end();
  }

  #find(method: string, symbol: string): TrackedBook<B> {
    const tracked = this.#tracked.get(symbol);
    if (tracked !== undefined) return tracked;
    const message = `${method}: ${symbol} is no symbol of this feed. It has ${this.symbols.join(', ')}.`;
    throw new WsError('INVALID_PARAMS', message, { method });
  }
}

function definedOf(options: BooksOptions<'book' | 'level3'>): Partial<ResyncLimits> {
  const { maxFailures, delayMs, maxDelayMs, stableMs } = options;
  const entries = Object.entries({ maxFailures, delayMs, maxDelayMs, stableMs });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * Keeps verified books of these symbols, of a client of any of the sockets. A book whose checksum fails,
 * or of whose numbered messages one is missing, begins anew by itself, and after three failures in a row
 * is quarantined; other symbols never notice.
 *
 * @throws WsError `INVALID_PARAMS`, `CLOSED`; OrderBookError `INVALID_OPTION` for a depth that is none
 */
export function books<Channel extends 'book' | 'level3' = 'book'>(
  client: BookClient,
  options: BooksOptions<Channel>,
): BookFeed<BookOf<Channel>> {
  const asked = options as BooksOptions<'book' | 'level3'>;
  const kind = bookKindOf(client.protocol, asked.channel ?? 'book');
  return new LiveBooks(client, asked, kind) as unknown as BookFeed<BookOf<Channel>>;
}
