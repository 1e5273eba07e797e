import { addDecimals, compareDecimals, subtractDecimals } from '@kr/orderbook/decimal';
import type { Execution } from '@kr/schemas';
import { mergeReport, type ReportKind, type TrackedOrder } from './order.ts';

/** Execution ids that are remembered, so that no fill is told twice. */
const MAX_EXECUTIONS = 10_000;

interface Held {
  order: TrackedOrder;
  /** What was filled before it was first heard of. */
  readonly base: string;
  /** The sum of its fills that were told. */
  told: string;
}

/** Orders by their ids: all that are open, and so many of those that are not any more. */
export class OrderStore {
  readonly #maxClosed: number;
  readonly #held = new Map<string, Held>();
  readonly #byClientId = new Map<string, string>();
  /** In the order in which they ended. */
  readonly #closed = new Set<string>();
  readonly #executions = new Set<string>();
  /** The sums of told fills of orders that nothing else is known of yet. */
  readonly #early = new Map<string, string>();

  constructor(maxClosed: number) {
    this.#maxClosed = maxClosed;
  }

  get orders(): readonly TrackedOrder[] {
    return [...this.#held.values()].map(({ order }) => order);
  }

  get open(): readonly TrackedOrder[] {
    return this.orders.filter(({ isOpen }) => isOpen);
  }

  get(orderId: string): TrackedOrder | undefined {
    return this.#held.get(orderId)?.order;
  }

  /** The newest with this client order id. */
  find(clientOrderId: string): TrackedOrder | undefined {
    return this.get(this.#byClientId.get(clientOrderId) ?? '');
  }

  /** `isYoung`: it was placed after its fills began to be told, so all that was filled of it is to be told. */
  merge(row: Execution, kind: ReportKind, isYoung = false): TrackedOrder {
    const held = this.#held.get(row.order_id);
    const order = mergeReport(held?.order, row, kind);
    if (held === undefined) {
      // Of its fills before now, none was told. What a first report of a fill says includes that fill.
      const filled = order.filledQuantity;
      const own = row.last_qty ?? '0';
      const isOlder = !isYoung && compareDecimals(filled, own) > 0;
      const base = isOlder ? subtractDecimals(filled, own) : '0';
      this.#held.set(row.order_id, { order, base, told: '0' });
      this.#early.delete(row.order_id);
    } else held.order = order;
    this.#index(order);
    return order;
  }

  /** Puts another in its place. */
  replace(order: TrackedOrder): void {
    const held = this.#held.get(order.orderId);
    if (held === undefined) {
      const told = this.#early.get(order.orderId) ?? '0';
      this.#early.delete(order.orderId);
      this.#held.set(order.orderId, { order, base: '0', told });
    } else held.order = order;
    this.#index(order);
  }

  /** Whether this execution is new; it is remembered. */
  isNewFill(executionId: string): boolean {
    if (this.#executions.has(executionId)) return false;
    this.#executions.add(executionId);
    const [oldest] = this.#executions;
    if (this.#executions.size > MAX_EXECUTIONS && oldest !== undefined) {
      this.#executions.delete(oldest);
    }
    return true;
  }

  /** A fill of an order was told. */
  addFill(orderId: string, quantity: string): void {
    const held = this.#held.get(orderId);
    if (held === undefined) {
      this.#early.set(orderId, addDecimals(this.#early.get(orderId) ?? '0', quantity));
      const [oldest] = this.#early.keys();
      if (this.#early.size > MAX_EXECUTIONS && oldest !== undefined) this.#early.delete(oldest);
      return;
    }
    held.told = addDecimals(held.told, quantity);
    const known = addDecimals(held.base, held.told);
    const { order } = held;
    if (compareDecimals(known, order.filledQuantity) > 0) {
      held.order = { ...order, filledQuantity: known };
    }
  }

  /** Whether its fills are all that it wanted. */
  isComplete(orderId: string): boolean {
    const held = this.#held.get(orderId);
    const quantity = held?.order.quantity;
    if (held === undefined || quantity === undefined) return false;
    return compareDecimals(held.order.filledQuantity, quantity) >= 0;
  }

  /** Whether more of it was filled than its fills that were told. */
  lacksFills(orderId: string): boolean {
    const held = this.#held.get(orderId);
    if (held === undefined) return false;
    const known = addDecimals(held.base, held.told);
    return compareDecimals(held.order.filledQuantity, known) > 0;
  }

  #index({ orderId, clientOrderId, isOpen, status }: TrackedOrder): void {
    if (clientOrderId !== undefined) this.#byClientId.set(clientOrderId, orderId);
    if (isOpen || status === 'unknown') {
      this.#closed.delete(orderId);
      return;
    }
    this.#closed.add(orderId);
    const [oldest] = this.#closed;
    if (this.#closed.size > this.#maxClosed && oldest !== undefined) this.#forget(oldest);
  }

  #forget(orderId: string): void {
    this.#closed.delete(orderId);
    const clientOrderId = this.get(orderId)?.clientOrderId;
    this.#held.delete(orderId);
    if (clientOrderId !== undefined && this.#byClientId.get(clientOrderId) === orderId) {
      this.#byClientId.delete(clientOrderId);
    }
  }
}
