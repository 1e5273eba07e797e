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

/** What nobody could say yet: to be asked for again after the next break. */
export type Left = Pick<Doubts, 'orderIds' | 'mayLackFills'>;

const FIRST_WAIT_MS = 1000;

/** Finds out by reading what a snapshot leaves open. What nobody can say is `unknown`, and said to be. */
export class Recovery {
  readonly #options: RecoveryOptions;
  /** Orders in doubt, by when they were known last, in Unix seconds. */
  readonly #doubted = new Map<string, number>();
  /** Fills since then were wanted and never read. */
  #fillsSince: number | undefined;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Throws nothing but what a listener throws; ends early when it is aborted. */
  async resolve(doubts: Doubts, signal: AbortSignal): Promise<Left> {
    const { store, lookup, attempts, timers } = this.#options;
    for (const orderId of this.#doubted.keys()) {
      if (!this.#isDoubtful(orderId)) this.#doubted.delete(orderId);
    }
    const left = new Set(doubts.orderIds);
    for (const orderId of left) {
      this.#doubted.set(orderId, this.#doubted.get(orderId) ?? doubts.sinceSeconds);
    }
    if (lookup === undefined) {
      for (const orderId of left) this.#doubt(orderId);
      return { orderIds: [], mayLackFills: false };
    }
    // Fills are as old as the oldest doubt: of an order that is found now, none was told since then.
    const since = Math.min(
      doubts.sinceSeconds,
      this.#fillsSince ?? doubts.sinceSeconds,
      ...[...left].map((orderId) => this.#doubted.get(orderId) ?? doubts.sinceSeconds),
    );
    let { mayLackFills } = doubts;
    const known = (orderId: string): TrackedOrder | undefined => store.get(orderId);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const waitMs = attempt === 0 ? 0 : FIRST_WAIT_MS * 2 ** (attempt - 1);
      if (waitMs > 0) await sleep(timers, waitMs, signal).catch(() => {});
      if (signal.aborted) break;
      if (left.size > 0) {
        const found = await this.#ask(() => lookup.orders([...left], since, known, signal), signal);
        if (found === undefined) continue;
        for (const order of found) {
          left.delete(order.orderId);
          this.#doubted.delete(order.orderId);
          this.#replace(order);
        }
      }
      mayLackFills ||= store.orders.some(({ orderId }) => store.lacksFills(orderId));
      if (mayLackFills) {
        const fills = await this.#ask(() => lookup.fills(since, known, signal), signal);
        if (fills === undefined) continue;
        this.#tell(fills);
        mayLackFills = false;
      }
      // What nobody knows may be known a moment later: histories lag behind, of orders and of fills.
      if (left.size === 0 && !doubts.orderIds.some((id) => store.lacksFills(id))) break;
    }
    if (!signal.aborted) for (const orderId of left) this.#doubt(orderId);
    this.#fillsSince = mayLackFills ? since : undefined;
    return { orderIds: [...left], mayLackFills };
  }

  /** A reader's failure is told, and answers nothing. */
  async #ask<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
    let failure: unknown;
    try {
      const answer = await ask();
      if (!signal.aborted) return answer;
    } catch (error) {
      failure = error;
    }
    if (!signal.aborted) this.#options.onFailure(failure);
    return undefined;
  }

  #tell(fills: readonly Fill[]): void {
    const { store, onFill } = this.#options;
    for (const fill of fills) {
      if (!store.isNewFill(fill.executionId)) continue;
      store.addFill(fill.orderId, fill.quantity);
      onFill(fill);
    }
  }

  /** Nobody heard how it ended, or of the order itself. */
  #isDoubtful(orderId: string): boolean {
    const order = this.#options.store.get(orderId);
    return order === undefined || order.status === 'unknown';
  }

  #doubt(orderId: string): void {
    const before = this.#options.store.get(orderId);
    if (before === undefined || (!before.isOpen && before.status !== 'unknown')) return;
    this.#replace({ ...before, status: 'unknown', isOpen: false });
  }

  #replace(order: TrackedOrder): void {
    this.#options.store.replace(order);
    this.#options.onOrder(order);
  }
}
