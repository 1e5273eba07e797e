import type { Order } from '@kr/schemas/rest';
import type { Timers } from '@kr/schemas/shared';
import { sleep } from '../async/sleep.ts';
import { type Fill, fillOfTrade } from './fill.ts';
import type { TrackedOrder } from './order.ts';
import { orderOfRest } from './order-of-rest.ts';
import { type OrderReader, readFills, readOrders } from './order-reader.ts';
import type { OrderStore } from './order-store.ts';

export interface RecoveryOptions {
  readonly store: OrderStore;
  readonly reader: OrderReader | undefined;
  readonly timers: Timers;
  readonly attempts: number;
  readonly onOrder: (order: TrackedOrder) => void;
  readonly onFill: (fill: Fill) => void;
  /** A look failed; another follows. */
  readonly onFailure: (error: unknown) => void;
}

/** What a snapshot left open. */
export interface Doubts {
  /** Orders that are not open any more, or that came and went in the hole. */
  readonly orderIds: readonly string[];
  /** Unix seconds: no fill before this is missing. */
  readonly sinceSeconds: number;
  /** There may be fills beyond those of the snapshot, of orders that nobody heard of. */
  readonly mayLackFills: boolean;
}

const FIRST_WAIT_MS = 1000;

/** Finds out by reading what a snapshot leaves open. What nobody can say is `unknown`, and said to be. */
export class Recovery {
  readonly #options: RecoveryOptions;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Never fails; ends early when it is aborted. */
  async resolve(doubts: Doubts, signal: AbortSignal): Promise<void> {
    const { reader, attempts, timers, onFailure } = this.#options;
    const left = new Set(doubts.orderIds);
    const tries = reader === undefined ? 0 : attempts;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      try {
        if (attempt > 0) await sleep(timers, FIRST_WAIT_MS * 2 ** (attempt - 1), signal);
        await this.#resolveOrders(left, signal);
        await this.#resolveFills(doubts, signal);
        break;
      } catch (error) {
        if (signal.aborted) return;
        onFailure(error);
      }
    }
    if (!signal.aborted) for (const orderId of left) this.#doubt(orderId);
  }

  async #resolveOrders(left: Set<string>, signal: AbortSignal): Promise<void> {
    const { reader } = this.#options;
    if (reader === undefined) return;
    const found = await readOrders(reader, [...left], signal);
    signal.throwIfAborted();
    for (const [orderId, order] of found) {
      left.delete(orderId);
      this.#settle(orderId, order);
    }
  }

  async #resolveFills(doubts: Doubts, signal: AbortSignal): Promise<void> {
    const { store, reader, onFill } = this.#options;
    const lacks = store.orders.some(({ orderId }) => store.lacksFills(orderId));
    if (reader === undefined || (!lacks && !doubts.mayLackFills)) return;
    const fills = await readFills(reader, doubts.sinceSeconds, signal);
    signal.throwIfAborted();
    for (const [executionId, trade] of fills) {
      if (!store.isNewFill(executionId)) continue;
      store.addFill(trade.ordertxid, trade.vol);
      onFill(fillOfTrade(executionId, trade, store.get(trade.ordertxid)));
    }
  }

  #settle(orderId: string, order: Order): void {
    const { store, onOrder } = this.#options;
    const settled = orderOfRest(orderId, order, store.get(orderId));
    store.replace(settled);
    onOrder(settled);
  }

  #doubt(orderId: string): void {
    const { store, onOrder } = this.#options;
    const before = store.get(orderId);
    if (before === undefined || (!before.isOpen && before.status !== 'unknown')) return;
    const doubted: TrackedOrder = { ...before, status: 'unknown', isOpen: false };
    store.replace(doubted);
    onOrder(doubted);
  }
}
