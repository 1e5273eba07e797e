import { type ApplyOutcome, isOrderBookError } from '@kr/orderbook';
import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import type { Damage } from '../format/damage.ts';
import type { RecordView } from '../format/record-scanner.ts';
import type { SegmentHeader } from '../format/segment-header.ts';
import type { JournalSink } from '../read/journal-assembler.ts';
import { BookShelf, type ShelfBook, type ShelfCheckpoint } from '../verify/book-shelf.ts';
import { depthInHeader, parseBookAcknowledgement } from '../wire/book-depth.ts';
import { exchangeTimeNs } from '../wire/exchange-time.ts';
import { type BookKey, FrameClassifier, type FrameKind } from '../wire/frame-kind.ts';
import { readBookMessage } from './book-rows.ts';
import { type BookSample, BookSampler, type FrameTimes } from './book-sampler.ts';
import { type DeriveOptions, tablesOf } from './derive-options.ts';
import { itemRows } from './item-rows.ts';
import { MetricsSampler } from './metrics-sampler.ts';
import type { DerivedRow, Row, TableName } from './tables.ts';

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
  readonly #metrics: MetricsSampler | undefined;
  #header: SegmentHeader | undefined;
  #times: FrameTimes = { receivedNs: 0n, monotonicNs: 0n, connectionId: 0, sequence: 0 };
  #skipped = 0;

  constructor(options: DeriveOptions, handlers: DeriveHandlers) {
    this.#handlers = handlers;
    const { sample, metrics } = options;
    this.#tables = new Set(tablesOf(options));
    if (sample !== undefined)
      this.#sampler = new BookSampler(sample, (taken) => {
        this.#onSample(taken);
      });
    if (metrics !== undefined) {
      this.#metrics = new MetricsSampler(metrics.everyMs, (row) => {
        this.#emit('metrics', row);
      });
    }
    const wanted = this.#tables.has('book') || this.#tables.has('level3');
    this.#wantsBooks =
      wanted || sample !== undefined || metrics !== undefined || handlers.onBook !== undefined;
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
    this.#metrics?.beforeFrame(times);
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
      const gone = reason === 'restart' ? undefined : connectionId;
      this.#sampler?.forget(gone);
      this.#metrics?.forget(gone);
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
    this.#metrics?.afterApply(key, book, message, isSnapshot);
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
    // Written out: spreading objects into each of millions of rows took a fifth of the time.
    for (const change of changes) {
      const { side, price, quantity } = change;
      if (isL3) {
        this.#emit('level3', {
          received_at: receivedNs,
          exchange_time: change.timeNs ?? timeNs,
          connection_id: connectionId,
          sequence,
          monotonic_ns: monotonicNs,
          symbol: key.symbol,
          type,
          event: change.event ?? 'add',
          side,
          order_id: change.orderId,
          price,
          quantity,
          checksum,
          verdict,
        });
        continue;
      }
      this.#emit('book', {
        received_at: receivedNs,
        exchange_time: timeNs,
        connection_id: connectionId,
        sequence,
        monotonic_ns: monotonicNs,
        symbol: key.symbol,
        type,
        side,
        price,
        quantity,
        checksum,
        verdict,
      });
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
    const rows = itemRows(message, channel, this.#times);
    if (rows === undefined) this.#skipped += 1;
    else for (const { table, row } of rows) this.#emit(table, row);
  }

  #emit<T extends TableName>(table: T, row: Row<T>): void {
    if (this.#tables.has(table)) this.#handlers.onRow({ table, row } as unknown as DerivedRow);
  }
}
