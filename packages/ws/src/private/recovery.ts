import type { Timers } from '@kr/schemas/shared';
import { sleep } from '../async/sleep.ts';
import type { Fill } from './fill.ts';
import type { TrackedOrder } from './order.ts';
import type { OrderLookup } from './order-lookup.ts';
import type { OrderStore } from './order-store.ts';

export interface RecoveryOptions {
  readonly store: OrderStore;
  readonly lookup: OrderLookup | undefined;
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
  /** Orders of earlier breaks that are `unknown` yet, by when they were known last, in Unix seconds. */
  readonly #doubted = new Map<string, number>();

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Never fails; ends early when it is aborted. */
  async resolve(doubts: Doubts, signal: AbortSignal): Promise<void> {
    const { store, lookup, attempts, timers, onFailure } = this.#options;
    const left = new Set(doubts.orderIds);
    for (const orderId of this.#doubted.keys()) {
      if (store.get(orderId)?.status !== 'unknown') this.#doubted.delete(orderId);
    }
    const tries = lookup === undefined ? 0 : attempts;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      try {
        if (attempt > 0) await sleep(timers, FIRST_WAIT_MS * 2 ** (attempt - 1), signal);
        await this.#resolveOrders(left, doubts.sinceSeconds, signal);
        await this.#resolveFills(doubts, signal);
        // What nobody knows may be known a moment later: histories lag behind.
        if (left.size === 0) break;
      } catch (error) {
        if (signal.aborted) return;
        onFailure(error);
      }
    }
    if (!signal.aborted) for (const orderId of left) this.#doubt(orderId, doubts.sinceSeconds);
  }

  async #resolveOrders(left: Set<string>, sinceSeconds: number, signal: AbortSignal) {
    const { lookup, store } = this.#options;
    if (lookup === undefined || left.size === 0) return;
    const since = Math.min(
      ...[...left].map((orderId) => this.#doubted.get(orderId) ?? sinceSeconds),
    );
    const known = (orderId: string): TrackedOrder | undefined => store.get(orderId);
    const found = await lookup.orders([...left], since, known, signal);
    signal.throwIfAborted();
    for (const order of found) {
      left.delete(order.orderId);
      this.#doubted.delete(order.orderId);
      this.#replace(order);
    }
  }

  async #resolveFills(doubts: Doubts, signal: AbortSignal): Promise<void> {
    const { store, lookup, onFill } = this.#options;
    const lacks = store.orders.some(({ orderId }) => store.lacksFills(orderId));
    if (lookup === undefined || (!lacks && !doubts.mayLackFills)) return;
    const known = (orderId: string): TrackedOrder | undefined => store.get(orderId);
    const fills = await lookup.fills(doubts.sinceSeconds, known, signal);
    signal.throwIfAborted();
    for (const fill of fills) {
      if (!store.isNewFill(fill.executionId)) continue;
      store.addFill(fill.orderId, fill.quantity);
      onFill(fill);
    }
  }

  #doubt(orderId: string, sinceSeconds: number): void {
    const before = this.#options.store.get(orderId);
    if (before === undefined || (!before.isOpen && before.status !== 'unknown')) return;
    this.#doubted.set(orderId, this.#doubted.get(orderId) ?? sinceSeconds);
    this.#replace({ ...before, status: 'unknown', isOpen: false });
  }

  #replace(order: TrackedOrder): void {
    this.#options.store.replace(order);
    this.#options.onOrder(order);
  }
}
