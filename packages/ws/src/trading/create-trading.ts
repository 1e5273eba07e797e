import type { OrderOutcome } from '@kr/schemas/shared';
import { formatTimestamp } from '@kr/schemas/shared';
import type { Client } from '../client/client.ts';
import { WsError } from '../errors.ts';
import { lookupOf, type OrderLookup } from '../private/order-lookup.ts';
import type { Ack } from '../protocol/incoming.ts';
import { type AnswerRow, countOf, rowsOf, textOf, warningsOf } from './answers.ts';
import {
  type DeadMansSwitch,
  type DeadMansSwitchOptions,
  holdDeadMansSwitch,
} from './dead-mans-switch.ts';
import {
  type FailedOutcome,
  outcomeOfFailure,
  outcomeOfText,
  type TradeOutcome,
  UNCLEAR,
} from './outcome.ts';
import { reconcile } from './reconcile.ts';
import type {
  AddOptions,
  AmendParams,
  DeadlineOptions,
  EditParams,
  NewBatchOrder,
  NewOrder,
  OrderName,
  Reconciled,
  ReconcileOptions,
  TradeCallOptions,
  Trading,
  TradingOptions,
} from './trading.ts';
import { UsedIds } from './used-ids.ts';

const DEADLINE_MS = 5000;
const LEAST_DEADLINE_MS = 500;
const LONGEST_DEADLINE_MS = 60_000;
/** The answer may take so long after the deadline. */
const ANSWER_MS = 2000;

class LiveTrading implements Trading {
  readonly #client: Client;
  readonly #options: TradingOptions;
  readonly #lookup: OrderLookup | undefined;
  readonly #used = new UsedIds();

  constructor(client: Client, options: TradingOptions) {
    this.#client = client;
    this.#options = options;
    deadlineOf(options.deadlineMs);
    const { reader } = options;
    this.#lookup = reader === undefined ? undefined : lookupOf(reader, client.venue, 'trading');
  }

  async add(order: NewOrder, options: AddOptions = {}): Promise<OrderOutcome> {
    const { createClientOrderId, onIntent } = this.#options;
    const clientOrderId = options.clientOrderId ?? createClientOrderId();
    const terms = this.#terms(options);
    return this.#once('add', [clientOrderId], async () => {
      await onIntent?.({ clientOrderId, order });
      const params = { ...order, cl_ord_id: clientOrderId };
      const outcome = await this.#ask('add_order', params, terms, ({ result }) => {
        const orderId = textOf(result, 'order_id');
        return orderId === undefined ? undefined : { orderId };
      });
      return this.#settle(clientOrderId, outcome);
    });
  }

  async addBatch(
    symbol: string,
    given: readonly NewBatchOrder[],
    options: DeadlineOptions = {},
  ): Promise<OrderOutcome[]> {
    const { createClientOrderId, onIntent } = this.#options;
    const terms = this.#terms(options);
    const rows = given.map((order) => ({ ...order, cl_ord_id: createClientOrderId() }));
    const ids = rows.map(({ cl_ord_id: id }) => id);
    return this.#once('addBatch', ids, async () => {
      for (const [index, order] of given.entries()) {
        await onIntent?.({ clientOrderId: ids[index] ?? '', order: { ...order, symbol } });
      }
      const outcome = await this.#ask('batch_add', { symbol, orders: rows }, terms, (ack) => ({
        answers: rowsOf(ack),
      }));
      if (outcome.status !== 'accepted') return ids.map((id) => this.#settle(id, outcome));
      return ids.map((id, index) => this.#settle(id, outcomeOfRow(outcome.answers[index])));
    });
  }

  async validate(order: NewOrder, options: DeadlineOptions = {}) {
    const { deadline, timeoutMs, signal } = this.#terms(options);
    const params = { ...order, ...deadline, validate: true };
    const { result } = await this.#client.request('add_order', params, { timeoutMs, signal });
    return { warnings: [...warningsOf(result)] };
  }

  amend(params: AmendParams, options: DeadlineOptions = {}) {
    return this.#ask('amend_order', params, this.#terms(options), ({ result }) => ({
      amendId: textOf(result, 'amend_id') ?? '',
    }));
  }

  edit(params: EditParams, options: DeadlineOptions = {}) {
    return this.#ask('edit_order', params, this.#terms(options), ({ result }) => {
      const orderId = textOf(result, 'order_id');
      const originalOrderId = textOf(result, 'original_order_id') ?? params.order_id;
      return orderId === undefined ? undefined : { orderId, originalOrderId };
    });
  }

  cancel({ order_id: id, cl_ord_id: clientId }: OrderName, options: TradeCallOptions = {}) {
    const named = id === undefined ? { cl_ord_id: [clientId] } : { order_id: [id] };
    return this.#ask('cancel_order', named, this.#patience(options), ({ result }) => ({
      orderId: textOf(result, 'order_id') ?? id,
    }));
  }

  cancelBatch(orderIds: readonly string[], options: TradeCallOptions = {}) {
    const params = { orders: [...orderIds] };
    return this.#ask('batch_cancel', params, this.#patience(options), readCount);
  }

  cancelAll(options: TradeCallOptions = {}) {
    return this.#ask('cancel_all', {}, this.#patience(options), readCount);
  }

  cancelAllOrdersAfter(seconds: number, options: TradeCallOptions = {}) {
    const params = { timeout: seconds };
    return this.#ask('cancel_all_orders_after', params, this.#patience(options), ({ result }) => {
      const time = textOf(result, 'triggerTime');
      return { triggerTime: time === '0' ? undefined : time };
    });
  }

  holdDeadMansSwitch(options: DeadMansSwitchOptions = {}): Promise<DeadMansSwitch> {
    const { clock, timers } = this.#client;
    const arm = (seconds: number, timeoutMs: number) =>
      this.cancelAllOrdersAfter(seconds, { timeoutMs });
    return holdDeadMansSwitch({ clock, timers, arm }, options);
  }

  reconcile(
    { clientOrderId }: { readonly clientOrderId: string },
    options: ReconcileOptions = {},
  ): Promise<Reconciled> {
    const { timers } = this.#client;
    const parts = { timers, orders: this.#options.orders, lookup: this.#lookup };
    return reconcile(parts, clientOrderId, options);
  }

  /** Nothing goes out twice under one client order id; what never went out may be tried again. */
  async #once<T>(method: string, ids: readonly string[], send: () => Promise<T>): Promise<T> {
    const taken: string[] = [];
    try {
      for (const id of ids) {
        this.#used.take(method, id);
        taken.push(id);
      }
      return await send();
    } catch (error) {
      for (const id of taken) this.#used.giveBack(id);
      throw error;
    }
  }

  /** One request, one outcome. `read` answers `undefined` where the answer does not say what it must. */
  async #ask<Result extends object>(
    method: string,
    params: object,
    { deadline, timeoutMs, signal }: Terms,
    read: (ack: Ack) => Result | undefined,
  ): Promise<TradeOutcome<Result>> {
    try {
      const asked = { ...params, ...deadline };
      const ack = await this.#client.request(method, asked, { timeoutMs, signal });
      const result = read(ack);
      if (result === undefined) return UNCLEAR;
      return { status: 'accepted', warnings: warningsOf(ack.result), ...result };
    } catch (error) {
      return outcomeOfFailure(error);
    }
  }

  /** Where no answer came, the exchange's own reports of the order may have. */
  #settle(
    clientOrderId: string,
    outcome: TradeOutcome<{ readonly orderId: string }> | FailedOutcome,
  ): OrderOutcome {
    if (outcome.status === 'unknown') {
      const seen = this.#options.orders.find(clientOrderId);
      if (seen !== undefined) {
        return { status: 'accepted', clientOrderId, orderId: seen.orderId, warnings: [] };
      }
    }
    return { ...outcome, clientOrderId };
  }

  #terms({ deadlineMs = this.#options.deadlineMs, ...options }: DeadlineOptions): Terms {
    const ms = deadlineOf(deadlineMs);
    if (ms === undefined) return this.#patience(options);
    const atNs = this.#client.clock.wallNs() + BigInt(Math.round(ms)) * 1_000_000n;
    // Documented to the millisecond.
    const deadline = { deadline: `${formatTimestamp(atNs).slice(0, 23)}Z` };
    return { deadline, timeoutMs: options.timeoutMs ?? ms + ANSWER_MS, signal: options.signal };
  }

  #patience({ timeoutMs = DEADLINE_MS + ANSWER_MS, signal }: TradeCallOptions): Terms {
    return { deadline: {}, timeoutMs, signal };
  }
}

function outcomeOfRow(
  row: AnswerRow | undefined,
): TradeOutcome<{ readonly orderId: string }> | FailedOutcome {
  if (row?.isRefused === true) return outcomeOfText(row.error);
  if (row?.orderId === undefined) return UNCLEAR;
  return { status: 'accepted', orderId: row.orderId, warnings: row.warnings };
}

interface Terms {
  readonly deadline: { readonly deadline?: string };
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Documented in the result; seen beside it. */
function readCount(ack: Ack): { readonly count: number } | undefined {
  const count = countOf(ack.result, 'count') ?? countOf(ack, 'orders_cancelled');
  return count === undefined ? undefined : { count };
}

/** @throws WsError `INVALID_OPTION` */
function deadlineOf(ms: number = DEADLINE_MS): number | undefined {
  if (ms === Number.POSITIVE_INFINITY) return undefined;
  if (ms >= LEAST_DEADLINE_MS && ms <= LONGEST_DEADLINE_MS) return ms;
  throw new WsError(
    'INVALID_OPTION',
    `trading: deadlineMs must be from ${LEAST_DEADLINE_MS} to ${LONGEST_DEADLINE_MS}, or Infinity for none.`,
    { option: 'deadlineMs' },
  );
}

/**
 * Trading over a client's private connection: that of `options.orders`, which keeps the token alive and
 * tells what became of orders whose answers were lost.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function trading(client: Client, options: TradingOptions): Trading {
  return new LiveTrading(client, options);
}
