import { formatTimestamp } from '@kr/schemas/shared';
import type { BookChange, Level, Market, Order } from '../exchange/index.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { ordersChecksum } from './checksum.ts';
import { fixedText } from './fixed-text.ts';
import type { View } from './view.ts';
import { Window } from './window.ts';

/**
 * The `level3` channel of one symbol and depth: orders. A level that moves up into the window comes
 * as the adds of its orders, with the times at which they joined their queue.
 */
export class OrderView implements View {
  readonly #market: Market;
  readonly #bids: Window;
  readonly #asks: Window;

  constructor(market: Market, depth: number) {
    this.#market = market;
    this.#bids = new Window(market.book.bids, depth);
    this.#asks = new Window(market.book.asks, depth);
  }

  snapshot(atNs: bigint): WireFrame {
    const rows = (window: Window): string[] =>
      window
        .levels()
        .flatMap((level) => ordersOf(level).map((order) => this.#resting(order, level)));
    return this.#frame('snapshot', rows(this.#bids), rows(this.#asks), atNs);
  }

  update(changes: readonly BookChange[], atNs: bigint): WireFrame | undefined {
    const bids = this.#changed(this.#bids, changes);
    const asks = this.#changed(this.#asks, changes);
    if (bids.length === 0 && asks.length === 0) return undefined;
    return this.#frame('update', bids, asks, atNs);
  }

  /**
   * A client takes the adds of a message in the order of their times, among themselves. So an order
   * that is added here and then changed is one add of what it is now, and one that is gone again none.
   */
  #changed(window: Window, changes: readonly BookChange[]): readonly string[] {
    const events: BookChange[] = [];
    const added = new Map<string, number>();
    for (const change of changes) {
      if (!window.concerns(change)) continue;
      const index = added.get(change.orderId);
      if (index === undefined) {
        if (change.kind === 'add') added.set(change.orderId, events.length);
        events.push(change);
      } else if (change.kind === 'delete') {
        added.delete(change.orderId);
        events[index] = { ...change, lots: 0n, kind: 'add' };
      } else {
        events[index] = { ...change, kind: 'add' };
      }
    }
    const rows = events
      .filter(({ kind, lots }) => kind !== 'add' || lots > 0n)
      .map(({ kind, orderId, ticks, lots, queueNs }) => {
        return `{"event":"${kind}",${this.#fields(orderId, ticks, lots, queueNs)}}`;
      });
    for (const level of window.promoted()) {
      for (const order of ordersOf(level)) {
        const { id, visibleLots, queueNs } = order;
        rows.push(`{"event":"add",${this.#fields(id, level.ticks, visibleLots, queueNs)}}`);
      }
    }
    window.remember();
    return rows;
  }

  #resting({ id, visibleLots, queueNs }: Order, { ticks }: Level): string {
    return `{${this.#fields(id, ticks, visibleLots, queueNs)}}`;
  }

  #fields(id: string, ticks: number, lots: bigint, queueNs: bigint): string {
    const { pricePrecision, quantityPrecision } = this.#market.instrument;
    return `"order_id":"${id}","limit_price":${fixedText(ticks, pricePrecision)},"order_qty":${fixedText(lots, quantityPrecision)},"timestamp":"${formatTimestamp(queueNs)}"`;
  }

  #frame(
    type: 'snapshot' | 'update',
    bids: readonly string[],
    asks: readonly string[],
    atNs: bigint,
  ): WireFrame {
    const { book, instrument } = this.#market;
    return new WireFrame(
      `{"channel":"level3","type":"${type}","data":[{"symbol":"${instrument.symbol}","bids":[${bids.join(',')}],"asks":[${asks.join(',')}],"checksum":${ordersChecksum(book)},"timestamp":"${formatTimestamp(atNs)}"}]}`,
    );
  }
}

/** The queue of a level, the first to trade first. */
function ordersOf(level: Level): Order[] {
  const orders: Order[] = [];
  for (let order = level.head; order !== undefined; order = order.next) orders.push(order);
  return orders;
}
