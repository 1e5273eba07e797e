import { divideDecimals } from '@kr/orderbook/decimal';
import type { ShelfBook } from '../verify/book-shelf.ts';
import type { BookKey } from '../wire/frame-kind.ts';
import { bookMetrics, orderMetrics } from './book-metrics.ts';
import { readBookMessage } from './book-rows.ts';
import type { FrameTimes } from './book-sampler.ts';
import { Intervals } from './intervals.ts';
import type { Row } from './tables.ts';

interface Followed {
  readonly key: BookKey;
  readonly connectionId: number;
  readonly book: ShelfBook;
  add: number;
  modify: number;
  delete: number;
}

/** Takes the metrics of every book that is alive at the end of each interval. */
export class MetricsSampler {
  readonly #everyMs: number;
  readonly #intervals: Intervals;
  readonly #onRow: (row: Row<'metrics'>) => void;
  readonly #books = new Map<string, Followed>();
  #before: FrameTimes | undefined;

  constructor(everyMs: number, onRow: (row: Row<'metrics'>) => void) {
    this.#everyMs = everyMs;
    this.#intervals = new Intervals(everyMs);
    this.#onRow = onRow;
  }

  beforeFrame(times: FrameTimes): void {
    const before = this.#before ?? times;
    this.#before = times;
    if (this.#books.size === 0) this.#intervals.restart();
    for (const atNs of this.#intervals.passed(times.receivedNs)) {
      for (const followed of this.#books.values()) this.#take(followed, before, atNs);
    }
  }

  afterApply(key: BookKey, book: ShelfBook, message: Uint8Array, isSnapshot: boolean): void {
    const name = `${key.channel} ${key.symbol}`;
    let followed = this.#books.get(name);
    if (followed?.book !== book) {
      const connectionId = this.#before?.connectionId ?? 0;
      followed = { key, connectionId, book, add: 0, modify: 0, delete: 0 };
      this.#books.set(name, followed);
    }
    if (key.channel !== 'level3' || isSnapshot) return;
    for (const { event } of readBookMessage(message).changes) {
      if (event !== undefined) followed[event] += 1;
    }
  }

  forget(connectionId: number | undefined): void {
    for (const [name, followed] of this.#books) {
      if (connectionId === undefined || followed.connectionId === connectionId) {
        this.#books.delete(name);
      }
    }
  }

  #take(followed: Followed, before: FrameTimes, atNs: bigint): void {
    const { key, book } = followed;
    const orders = orderMetrics(book);
    const isL3 = orders !== undefined;
    this.#onRow({
      received_at: atNs,
      exchange_time: undefined,
      connection_id: before.connectionId,
      sequence: before.sequence,
      monotonic_ns: before.monotonicNs,
      symbol: key.symbol,
      channel: key.channel,
      interval_ms: this.#everyMs,
      verified: book.verified,
      ...bookMetrics(book),
      ...(orders ?? NO_ORDERS),
      add_events: isL3 ? followed.add : undefined,
      modify_events: isL3 ? followed.modify : undefined,
      delete_events: isL3 ? followed.delete : undefined,
      order_arrival_rate: isL3 ? this.#aSecond(followed.add) : undefined,
      order_cancel_rate: isL3 ? this.#aSecond(followed.delete) : undefined,
    });
    [followed.add, followed.modify, followed.delete] = [0, 0, 0];
  }

  #aSecond(count: number): string {
    return divideDecimals(String(count * 1000), String(this.#everyMs), 8);
  }
}

const NO_ORDERS = {
  bid_order_count: undefined,
  ask_order_count: undefined,
  bid_orders_at_best: undefined,
  ask_orders_at_best: undefined,
  avg_bid_order_size: undefined,
  avg_ask_order_size: undefined,
};
