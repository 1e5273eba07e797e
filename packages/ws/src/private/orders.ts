import type { Execution } from '@kr/schemas';
import { type GapEvent, parseTimestamp, type ReceivedAt } from '@kr/schemas/shared';
import type { LaneEvent } from '../client/client.ts';
import { listenerFailed } from '../connection/failures.ts';
import { abortError, WsError } from '../errors.ts';
import { bound } from '../queue/queue-options.ts';
import type { AccountClient } from './account-client.ts';
import { AccountState, type AccountStatus, type AccountStatusEvent } from './account-status.ts';
import {
  type ExecutionListener,
  type ExecutionSource,
  executions,
  type Reports,
} from './execution-source.ts';
import { type Fill, fillOf } from './fill.ts';
import { FuturesV1Source } from './futures-v1-source.ts';
import { isFill, type TrackedOrder } from './order.ts';
import { lookupOf } from './order-lookup.ts';
import type { OrderReader } from './order-reader.ts';
import { OrderStore } from './order-store.ts';
import { type Doubts, type Left, Recovery } from './recovery.ts';

export interface OrdersOptions {
  /**
   * Reads what the socket did not tell: what became of orders that ended while it was down, and fills
   * beyond those of a snapshot. The clients of `@kr/rest` are such: `createSpotClient` for Spot,
   * `createFuturesClient` for derivatives, over either socket. Without it such orders are `unknown`.
   */
  readonly reader?: OrderReader | undefined;
  /** Orders that are not open any more and still remembered. @default 1000 */
  readonly maxClosed?: number | undefined;
  /** How often reading is tried after a break, 1, 2, 4… seconds apart, before what is left is `unknown`. @default 5 */
  readonly recoveryAttempts?: number | undefined;
  /** Each change of an order, synchronously, in the order of the wire. */
  readonly onOrder?: ((order: TrackedOrder) => void) | undefined;
  /** Each fill, once. Those from before the first snapshot are not told. */
  readonly onFill?: ((fill: Fill) => void) | undefined;
  readonly onStatus?: ((event: AccountStatusEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
  /** A look of the reader failed. */
  readonly onRecoveryFailure?: ((error: unknown) => void) | undefined;
}

/** One's own orders and fills, kept up to date. */
export interface OrderFeed extends AsyncDisposable {
  readonly status: AccountStatus;
  readonly open: readonly TrackedOrder[];
  /** Of which nobody could say yet what became of them. */
  readonly unknown: readonly TrackedOrder[];
  get(orderId: string): TrackedOrder | undefined;
  /** The newest with this client order id. */
  find(clientOrderId: string): TrackedOrder | undefined;
  /** Resolves when it is live, at once if it is. @throws WsError `ABORTED`, or why it ended */
  live(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  close(): Promise<void>;
}

/** Clocks differ, and Kraken's bound of TradesHistory excludes its second. */
const MARGIN_SECONDS = 5;

class LiveOrders implements OrderFeed {
  readonly #client: AccountClient;
  readonly #options: OrdersOptions;
  readonly #store: OrderStore;
  readonly #recovery: Recovery;
  readonly #state: AccountState;
  readonly #source: ExecutionSource;
  readonly #whole = new Set<number>();
  /** What snapshots left open of which nobody has answered yet: a break can come before that, and reading can fail. */
  #unheard: Set<string> = new Set();
  #mayLackFills = false;
  #controller = new AbortController();
  #wasLive = false;
  #endError: WsError | undefined;
  /** The last moment known to be covered, before the break. */
  #brokenSinceNs: bigint | undefined;

  constructor(client: AccountClient, options: OrdersOptions) {
    const { maxClosed = 1000, recoveryAttempts = 5, reader, onGap } = options;
    this.#client = client;
    this.#options = options;
    this.#store = new OrderStore(bound('orders', 'maxClosed', maxClosed));
    this.#state = new AccountState(
      (event) => options.onStatus?.(event),
      () => this.#endError ?? closedFeed(),
    );
    this.#recovery = new Recovery({
      store: this.#store,
      lookup: reader === undefined ? undefined : lookupOf(reader, client.venue, 'orders'),
      timers: client.timers,
      attempts: bound('orders', 'recoveryAttempts', recoveryAttempts),
      onOrder: (order) => options.onOrder?.(order),
      onFill: (fill) => options.onFill?.(fill),
      onFailure: (error) => options.onRecoveryFailure?.(error),
    });
    const listener: ExecutionListener = {
      onReports: (reports) => {
        this.#handleReports(reports);
      },
      onUnreadable: (isSnapshot, lane) => {
        this.#handleUnreadable(isSnapshot, lane);
      },
      onLane: (event) => {
        this.#handleLane(event);
      },
      onGap: (gap) => {
        if (gap.to === undefined) this.#handleGap(gap);
        onGap?.(gap);
      },
      onEnded: (error) => {
        this.#end(error);
      },
    };
    this.#source =
      client.protocol === 'futures-v1'
        ? new FuturesV1Source(client, listener)
        : executions(client, listener);
  }

  get status(): AccountStatus {
    return this.#state.status;
  }

  get open(): readonly TrackedOrder[] {
    return this.#store.open;
  }

  get unknown(): readonly TrackedOrder[] {
    return this.#store.orders.filter(({ status }) => status === 'unknown');
  }

  get(orderId: string): TrackedOrder | undefined {
    return this.#store.get(orderId);
  }

  find(clientOrderId: string): TrackedOrder | undefined {
    return this.#store.find(clientOrderId);
  }

  live({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    return this.#state.live(signal, (fired) => abortError('Waiting for the orders', fired));
  }

  async close(): Promise<void> {
    await this.#source.close();
    this.#end(undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handleReports({ rows, isSnapshot, lane, receivedAt }: Reports): void {
    const isOnlyOne = this.#whole.size === 0 || (this.#whole.size === 1 && this.#whole.has(lane));
    if (isSnapshot && isOnlyOne) {
      this.#handleSnapshot(rows, receivedAt);
      return;
    }
    // What a second connection tells may be older than what is known.
    const kind = this.#client.redundancy === 1 ? 'update' : 'late';
    for (const row of rows) {
      // A fill in a snapshot says how its order stands now, not how it stood then.
      if (!(isSnapshot && isFill(row))) this.#store.merge(row, kind);
      this.#tellFill(row, receivedAt, this.status !== 'live');
      this.#tellOrder(row.order_id);
    }
  }

  /** What it said is lost: a snapshot says it again, unless that is what cannot be read. */
  #handleUnreadable(isSnapshot: boolean, lane: number): void {
    const detail = 'a message could not be read';
    if (!isSnapshot) this.#source.renew(lane, detail);
    else if (this.#whole.size <= 1) this.#state.turn('broken', detail);
  }

  /** The open orders are all that are open: what is not among them has ended. */
  #handleSnapshot(rows: readonly Execution[], receivedAt: ReceivedAt): void {
    const isFirst = !this.#wasLive;
    const before = [...this.#store.open, ...this.unknown].map(({ orderId }) => orderId);
    const open = new Set<string>();
    for (const row of rows) {
      if (isFill(row)) continue;
      open.add(row.order_id);
      this.#store.merge(row, 'state', !isFirst);
      this.#tellOrder(row.order_id);
    }
    const fills = rows.filter(isFill);
    if (isFirst) for (const { exec_id: id = '' } of fills) this.#store.isNewFill(id);
    const missed = fills.filter((row) => this.#tellFill(row, receivedAt, true));
    for (const { order_id: orderId } of missed) {
      if (this.#store.get(orderId) === undefined) this.#unheard.add(orderId);
    }
    // One that is known among them, and none is missing before it.
    const isFull = missed.length >= this.#source.snapshotFills;
    this.#mayLackFills ||= isFull && missed.length === fills.length;
    const gone = before.filter((orderId) => !open.has(orderId) && !this.#settleIfFilled(orderId));
    const sinceNs = this.#brokenSinceNs ?? receivedAt.wallNs;
    const doubts: Doubts = {
      orderIds: [...new Set([...gone, ...this.#unheard])],
      sinceSeconds: Number(sinceNs / 1_000_000_000n) - MARGIN_SECONDS,
      mayLackFills: this.#mayLackFills,
    };
    this.#reconcile(doubts).catch((cause: unknown) => {
      this.#fail(cause);
    });
  }

  async #reconcile(doubts: Doubts): Promise<void> {
    const { signal } = this.#controller;
    this.#wasLive = true;
    const lacks = this.#store.open.some(({ orderId }) => this.#store.lacksFills(orderId));
    let left: Left = { orderIds: [], mayLackFills: false };
    if (doubts.orderIds.length > 0 || doubts.mayLackFills || lacks) {
      this.#state.turn('reconciling', `${doubts.orderIds.length} orders are in doubt`);
      left = await this.#recovery.resolve(doubts, signal);
    }
    if (signal.aborted) return;
    this.#brokenSinceNs = undefined;
    this.#unheard = new Set(left.orderIds.filter((id) => this.#store.get(id) === undefined));
    this.#mayLackFills = left.mayLackFills;
    this.#state.turn('live', 'the snapshot is here');
  }

  /** Answers whether it is one, and was not told before. */
  #tellFill(row: Execution, receivedAt: ReceivedAt, isRecovered: boolean): boolean {
    const fill = fillOf(row, this.#store.get(row.order_id), receivedAt, isRecovered);
    if (fill === undefined || !this.#store.isNewFill(fill.executionId)) return false;
    this.#store.addFill(fill.orderId, fill.quantity);
    this.#options.onFill?.(fill);
    return true;
  }

  #tellOrder(orderId: string): void {
    const order = this.#store.get(orderId);
    if (order !== undefined) this.#options.onOrder?.(order);
  }

  /** An order that is gone, and whose fills are all that it wanted, needs no asking. */
  #settleIfFilled(orderId: string): boolean {
    const order = this.#store.get(orderId);
    if (order === undefined || !this.#store.isComplete(orderId)) return false;
    this.#store.replace({ ...order, status: 'filled', isOpen: false });
    this.#tellOrder(orderId);
    return true;
  }

  #handleLane({ lane, loss }: Omit<LaneEvent, 'symbol'>): void {
    if (loss === undefined) {
      this.#whole.add(lane);
      return;
    }
    this.#whole.delete(lane);
    if (this.#whole.size > 0) return;
    this.#controller.abort();
    this.#controller = new AbortController();
    if (this.#wasLive) this.#state.turn('broken', loss.detail);
  }

  #handleGap({ from }: GapEvent): void {
    // While a break is being mended another one can follow: what is missing begins with the first.
    this.#brokenSinceNs ??= from === undefined ? undefined : parseTimestamp(from);
  }

  /** Nobody else hears of it: what follows a snapshot is done after its message. */
  #fail(cause: unknown): void {
    try {
      this.#end(listenerFailed('a listener of the orders', cause));
    } catch {
      // The listener of the status threw, too. It has ended.
    }
    void this.#source.close();
  }

  #end(error: WsError | undefined): void {
    this.#endError = error;
    this.#controller.abort();
    this.#state.turn('ended', error?.message ?? 'the feed was closed');
  }
}

function closedFeed(): WsError<'CLOSED'> {
  return new WsError('CLOSED', 'The feed of the orders was closed. Create a new one.', {
    what: 'orders',
  });
}

/**
 * Keeps one's own orders and tells each fill once: of a client of Spot v2, Unified or futures v1. After every break what the snapshot leaves open is
 * found out, and only then it is `live` again.
 *
 * @throws WsError `INVALID_PARAMS` without a token provider, `INVALID_OPTION`, `CLOSED`
 */
export function orders(client: AccountClient, options: OrdersOptions = {}): OrderFeed {
  return new LiveOrders(client, options);
}
