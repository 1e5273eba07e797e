import { type ApplyOutcome, isOrderBookError } from '@kr/orderbook';
import { type JsonObject, parseJson } from '@kr/schemas/json';
import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import { depthInHeader, parseBookAcknowledgement } from '../book-depth.ts';
import { BookShelf, type ShelfBook, type ShelfCheckpoint } from '../book-shelf.ts';
import type { Damage } from '../damage.ts';
import { exchangeTimeNs } from '../exchange-time.ts';
import { type BookKey, FrameClassifier, type FrameKind } from '../frame-kind.ts';
import type { JournalSink } from '../journal-assembler.ts';
import type { RecordView } from '../record-scanner.ts';
import type { SegmentHeader } from '../segment-header.ts';
import { readBookMessage } from './book-rows.ts';
import {
  type BookSample,
  BookSampler,
  type FrameTimes,
  type SampleOptions,
} from './book-sampler.ts';
import type { Cell, DerivedRow, Row, TableName } from './tables.ts';
import { tickerV1, tradeV1 } from './v1-rows.ts';
import { cellOf, createItemReader, isJsonObject } from './wire-rows.ts';

export interface DeriveOptions {
  /** Which tables; all but `book_sample` by default. */
  readonly tables?: readonly TableName[] | undefined;
  /** Needed for `book_sample` and `onSample`. */
  readonly sample?: SampleOptions | undefined;
}

export interface DeriveHandlers {
  readonly onRow: (row: DerivedRow) => void;
  readonly onSample?: ((sample: BookSample) => void) | undefined;
  /** After a book message was applied. */
  readonly onBook?: ((event: BookApplied) => void) | undefined;
}

/** Between two segments: the books as they stand. */
export interface DeriveCheckpoint {
  readonly receivedNs: string;
  readonly connections: readonly number[];
  readonly shelf: ShelfCheckpoint;
}

/** A book message that was applied, and its book as it stands. */
export interface BookApplied {
  readonly key: BookKey;
  readonly book: ShelfBook;
  readonly outcome: ApplyOutcome;
  readonly times: FrameTimes;
  readonly message: Uint8Array;
  readonly isSnapshot: boolean;
}

type Reader = ReturnType<typeof createItemReader>;

const ITEM_READERS: Readonly<Partial<Record<string, readonly [TableName, Reader]>>> = {
  ticker: ['ticker', createItemReader('ticker', { exchange_time: 'timestamp' })],
  trade: ['trade', createItemReader('trade', { exchange_time: 'timestamp', quantity: 'qty' })],
  ohlc: ['ohlc', createItemReader('ohlc', { exchange_time: 'timestamp' })],
  executions: ['executions', createItemReader('executions', { exchange_time: 'timestamp' })],
  balances: [
    'balances',
    createItemReader('balances', {
      ...{ exchange_time: 'timestamp', symbol: 'asset', ledger_type: 'type' },
    }),
  ],
  status: ['status', createItemReader('status')],
};
const readPair = createItemReader('instrument');
const readAsset = createItemReader('asset', { symbol: 'id' });
const decoder = new TextDecoder();

/**
 * Makes typed rows of everything in a recording. Fed in the order of the recording; what it does not know
 * gives no row and is counted.
 */
export class Deriver implements JournalSink {
  readonly #handlers: DeriveHandlers;
  readonly #tables: ReadonlySet<TableName>;
  readonly #wantsBooks: boolean;
  readonly #classifier = new FrameClassifier();
  readonly #shelf = new BookShelf();
  readonly #connections = new Set<number>();
  readonly #sampler: BookSampler | undefined;
  #header: SegmentHeader | undefined;
  #times: FrameTimes = { receivedNs: 0n, monotonicNs: 0n, connectionId: 0, sequence: 0 };
  #skipped = 0;

  constructor(options: DeriveOptions, handlers: DeriveHandlers) {
    this.#handlers = handlers;
    const { tables, sample } = options;
    this.#tables = new Set(tables ?? ALL_BUT_SAMPLES);
    if (sample !== undefined)
      this.#sampler = new BookSampler(sample, (taken) => {
        this.#onSample(taken);
      });
    const wanted = this.#tables.has('book') || this.#tables.has('level3');
    this.#wantsBooks = wanted || sample !== undefined || handlers.onBook !== undefined;
  }

  /** What a deriver of what follows must know; JSON. Samples begin anew. */
  checkpoint(): DeriveCheckpoint {
    const { receivedNs } = this.#times;
    return {
      receivedNs: String(receivedNs),
      connections: [...this.#connections],
      shelf: this.#shelf.checkpoint(),
    };
  }

  /** Goes on where another one had come to. */
  resume({ receivedNs, connections, shelf }: DeriveCheckpoint): void {
    this.#times = { ...this.#times, receivedNs: BigInt(receivedNs) };
    for (const connection of connections) this.#connections.add(connection);
    this.#shelf.restore(shelf, (key) => this.#classifier.keyOf(key));
  }

  /** Frames that gave no row: heartbeats, acknowledgements, and what is not known. */
  get skipped(): number {
    return this.#skipped;
  }

  onHeader(header: SegmentHeader): void {
    this.#header = header;
  }

  onFrame(record: RecordView): void {
    const { connectionId, sequence, payload } = record;
    const times = {
      receivedNs: record.wallNs(),
      monotonicNs: record.monotonicNs(),
      connectionId,
      sequence,
    };
    this.#times = times;
    if (!this.#connections.has(connectionId)) this.#begin(connectionId, times.receivedNs);
    this.#sampler?.beforeFrame(times);
    const kind = this.#classifier.classify(payload);
    if (kind.book !== undefined) {
      if (this.#wantsBooks) this.#onBook(payload, kind.book, kind);
    } else if (kind.channel === 'ack') {
      const acknowledged = parseBookAcknowledgement(payload);
      if (acknowledged !== undefined) this.#shelf.acknowledge(connectionId, acknowledged);
      this.#skipped += 1;
    } else {
      this.#onItems(payload, kind.channel);
    }
  }

  onGap(gap: GapEvent): void {
    const { reason, from, to, channel, symbols, connectionId, repaired, detail } = gap;
    if (reason === 'disconnect' || reason === 'restart') {
      this.#sampler?.forget(reason === 'restart' ? undefined : connectionId);
      const atNs = from === undefined ? undefined : parseTimestamp(from);
      if (to === undefined || reason === 'disconnect')
        this.#end(connectionId, atNs, reason, detail);
    }
    this.#emit('gaps', {
      ...{ received_at: this.#times.receivedNs, reason, channel, repaired, detail },
      from: from === undefined ? undefined : parseTimestamp(from),
      to: to === undefined ? undefined : parseTimestamp(to),
      symbols: symbols.join(' '),
      connection_id: connectionId,
    });
  }

  onEnd(): void {
    // Ends of segments give no row.
  }

  onDamage(_damage: Damage): void {
    // Told by whoever reads.
  }

  #begin(connectionId: number, receivedNs: bigint): void {
    this.#connections.add(connectionId);
    this.#shelf.begin(connectionId);
    this.#emit('connections', {
      ...{ received_at: receivedNs, connection_id: connectionId, event: 'connect' },
      ...{ reason: undefined, detail: undefined },
    });
  }

  #end(
    connectionId: number | undefined,
    atNs: bigint | undefined,
    reason: string,
    detail: string | undefined,
  ): void {
    this.#emit('connections', {
      ...{ received_at: atNs ?? this.#times.receivedNs, connection_id: connectionId },
      ...{ event: 'disconnect', reason, detail },
    });
  }

  #onBook(message: Uint8Array, key: BookKey, { isSnapshot }: FrameKind): void {
    const times = this.#times;
    let book = this.#shelf.get(times.connectionId, key);
    if (book === undefined && isSnapshot) {
      const inHeader = depthInHeader(this.#header?.subscriptions ?? [], key);
      ({ book } = this.#shelf.create(times.connectionId, key, message, inHeader));
    }
    let outcome: ApplyOutcome = 'awaitingSnapshot';
    try {
      outcome = book?.apply(message) ?? outcome;
    } catch (error) {
      if (!isOrderBookError(error)) throw error;
      this.#skipped += 1;
      return;
    }
    if (this.#tables.has(key.channel)) this.#emitBook(message, key, outcome, isSnapshot);
    if (book === undefined || outcome === 'awaitingSnapshot') return;
    if (key.channel === 'book') this.#sample(key.symbol, book, message);
    this.#handlers.onBook?.({ key, book, outcome, times, message, isSnapshot });
  }

  #sample(symbol: string, book: ShelfBook, message: Uint8Array): void {
    this.#sampler?.afterApply(symbol, book, this.#times, exchangeTimeNs(message));
  }

  #emitBook(message: Uint8Array, key: BookKey, verdict: ApplyOutcome, isSnapshot: boolean): void {
    const { checksum, timeNs, changes } = readBookMessage(message);
    const { receivedNs, monotonicNs, connectionId, sequence } = this.#times;
    const type = isSnapshot ? 'snapshot' : 'update';
    const isL3 = key.channel === 'level3';
    for (const change of changes) {
      const frame = {
        received_at: receivedNs,
        exchange_time: isL3 ? (change.timeNs ?? timeNs) : timeNs,
        connection_id: connectionId,
        sequence,
        monotonic_ns: monotonicNs,
      };
      const { side, price, quantity, event, orderId } = change;
      const level = { symbol: key.symbol, type, side, price, quantity, checksum, verdict };
      if (isL3)
        this.#emit('level3', { ...frame, ...level, event: event ?? 'add', order_id: orderId });
      else this.#emit('book', { ...frame, ...level });
    }
  }

  #onSample(sample: BookSample): void {
    this.#handlers.onSample?.(sample);
    if (!this.#tables.has('book_sample')) return;
    for (const [side, levels] of [
      ['bid', sample.bids],
      ['ask', sample.asks],
    ] as const) {
      for (const [level, { price, quantity }] of levels.entries()) {
        this.#emit('book_sample', {
          received_at: sample.receivedNs,
          exchange_time: sample.exchangeNs,
          connection_id: sample.connectionId,
          sequence: sample.sequence,
          monotonic_ns: sample.monotonicNs,
          ...{ symbol: sample.symbol, side, level, price, quantity },
          verdict: sample.verified ? 'verified' : 'mismatch',
        });
      }
    }
  }

  #onItems(message: Uint8Array, channel: string): void {
    const isWanted = channel in ITEM_READERS || channel === 'instrument';
    let value: ReturnType<typeof parseJson> | undefined;
    try {
      if (isWanted) value = parseJson(decoder.decode(message));
    } catch {
      // Told by verify; here it gives no row.
    }
    if (Array.isArray(value)) {
      this.#onV1(value, channel);
      return;
    }
    if (!isJsonObject(value)) {
      this.#skipped += 1;
      return;
    }
    const type = cellOf(value['type'], 'text');
    const data = value['data'];
    if (channel === 'instrument' && isJsonObject(data)) {
      this.#emitItems('instrument', readPair, data['pairs'], { type });
      this.#emitItems('asset', readAsset, data['assets'], { type });
      return;
    }
    const [table, read] = ITEM_READERS[channel] ?? [];
    if (table === undefined || read === undefined || !Array.isArray(data)) this.#skipped += 1;
    else this.#emitItems(table, read, data, { type });
  }

  #emitItems(
    table: TableName,
    read: Reader,
    items: ReturnType<typeof parseJson> | undefined,
    more: Readonly<Record<string, Cell>>,
  ): void {
    if (!this.#tables.has(table) || !Array.isArray(items)) return;
    for (const item of items.filter(isJsonObject)) {
      this.#emitRecord(table, read(item, { ...this.#frame(), ...more }), item);
    }
  }

  #emitRecord(table: TableName, row: Record<string, Cell>, item: JsonObject): void {
    const stamped = cellOf(item['timestamp'], 'timestamp');
    if ('exchange_time' in row) row['exchange_time'] = stamped;
    this.#handlers.onRow({ table, row } as unknown as DerivedRow);
  }

  /** `[1,{"a":[…],…},"ticker","XBT/USD"]` and `[1,[["5541.2","0.1","1534614057.321597","s","l",""]],"trade","XBT/USD"]` */
  #onV1(value: readonly ReturnType<typeof parseJson>[], channel: string): void {
    const body = value[1];
    const symbol = cellOf(value.at(-1), 'text');
    if (channel === 'ticker' && isJsonObject(body)) {
      this.#emit('ticker_v1', tickerV1(this.#frame(), body, symbol));
    } else if (channel === 'trade' && Array.isArray(body)) {
      for (const trade of body) {
        if (Array.isArray(trade)) this.#emit('trade', tradeV1(this.#frame(), trade, symbol));
      }
    } else {
      this.#skipped += 1;
    }
  }

  #frame(): Record<string, Cell> {
    const { receivedNs, monotonicNs, connectionId, sequence } = this.#times;
    return {
      received_at: receivedNs,
      exchange_time: undefined,
      connection_id: connectionId,
      sequence,
      monotonic_ns: monotonicNs,
    };
  }

  #emit<T extends TableName>(table: T, row: Row<T>): void {
    if (this.#tables.has(table)) this.#handlers.onRow({ table, row } as unknown as DerivedRow);
  }
}

const ALL_BUT_SAMPLES: readonly TableName[] = [
  ...(['ticker', 'ticker_v1', 'book', 'level3', 'trade', 'ohlc', 'instrument', 'asset'] as const),
  ...(['status', 'executions', 'balances', 'gaps', 'connections'] as const),
];
