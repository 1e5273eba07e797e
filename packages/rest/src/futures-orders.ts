import { randomUUID } from 'node:crypto';
import { instructionStatuses, parseFuturesError } from '@kr/schemas/errors';
import type { OrderOutcome, Timers } from '@kr/schemas/shared';
import type { CallOptions } from './call-options.ts';
import { assertFuturesOrder } from './check-futures-order.ts';
import type { FuturesClient, FuturesParams } from './futures-client.ts';
import type { FuturesInstrument } from './futures-instrument.ts';
import { type ReconciledFutures, reconcileFuturesOrder } from './futures-reconcile.ts';
import { unknownInstrument } from './invalid-order.ts';
import { outcomeOfFailure, unclear } from './order-outcome.ts';
import type { ReconcileOptions } from './reconcile.ts';

export type NewFuturesOrder = Omit<FuturesParams<'sendOrder'>, 'cliOrdId'>;

export interface FuturesOrdersOptions {
  readonly client: FuturesClient;
  readonly timers: Timers;
  /** `createFuturesInstruments((await client.instruments()).instruments)`: what orders are checked against. */
  readonly instruments: ReadonlyMap<string, FuturesInstrument>;
  /** At most 100 characters. @defaultValue a random UUID */
  readonly createClientOrderId?: (() => string) | undefined;
  /** Called with the client order id before anything is sent, and awaited: write it down. */
  readonly onIntent?:
    | ((intent: { clientOrderId: string; order: NewFuturesOrder }) => void | Promise<void>)
    | undefined;
}

/** One of several: what bounds a request stands beside them. */
export type NewFuturesBatchOrder = Omit<NewFuturesOrder, 'processBefore' | 'broker'>;

export interface FuturesBatchOptions extends CallOptions {
  /** ISO 8601: after it none of them is processed. */
  readonly processBefore?: string | undefined;
}

/** As `SpotOrders`. Nothing here sends an order twice. */
export interface FuturesOrders {
  /**
   * Checks, sends once, and says what became of it. It rejects only when nothing was sent.
   *
   * @throws RestError with effect `none`: `INVALID_ORDER`, `INVALID_PARAMS`, `CONNECT_FAILED`, …
   */
  place(
    order: NewFuturesOrder,
    options?: CallOptions & { readonly clientOrderId?: string | undefined },
  ): Promise<OrderOutcome>;
  /**
   * Orders of any contracts in one request; one outcome each, in their order. It rejects only when
   * nothing was sent: one that breaks a limit keeps them all back.
   */
  placeBatch(
    orders: readonly NewFuturesBatchOrder[],
    options?: FuturesBatchOptions,
  ): Promise<OrderOutcome[]>;
  /**
   * Finds out what became of an order whose outcome is unknown. Reads only: orders/status, open
   * orders, fills, then the histories of orders, executions and triggers, their newest page, or with
   * `sinceSeconds` all since then.
   */
  reconcile(
    unknown: { readonly clientOrderId: string },
    options?: ReconcileOptions,
  ): Promise<ReconciledFutures>;
}

/** `result: "success"` says nothing; these words of `sendStatus.status` say that it was taken. */
const TAKEN = new Set(['placed', 'partiallyFilled', 'filled', 'cancelled', 'edited']);
/** A word that nobody documented may mean either. */
const DOCUMENTED: ReadonlySet<string> = new Set(instructionStatuses);

export function createFuturesOrders(options: FuturesOrdersOptions): FuturesOrders {
  const { client, timers, instruments, onIntent } = options;
  const createId = options.createClientOrderId ?? randomUUID;

  const assertOrder = (order: NewFuturesOrder, endpoint: string): void => {
    const instrument = instruments.get(order.symbol);
    if (instrument === undefined) {
      throw unknownInstrument(endpoint, 'symbol', order.symbol, 'instruments');
    }
    assertFuturesOrder(instrument, order);
  };

  return {
    place: async (order, { clientOrderId = createId(), ...callOptions } = {}) => {
      assertOrder(order, 'POST /derivatives/api/v3/sendorder');
      await onIntent?.({ clientOrderId, order });
      try {
        const params = { ...order, cliOrdId: clientOrderId };
        const { sendStatus } = await client.sendOrder(params, callOptions);
        return outcomeOf(clientOrderId, sendStatus);
      } catch (error) {
        return outcomeOfFailure(error, clientOrderId);
      }
    },
    placeBatch: async (orders, { processBefore, ...callOptions } = {}) => {
      if (orders.length === 0) return [];
      for (const order of orders) assertOrder(order, 'POST /derivatives/api/v3/batchorder');
      const ids = orders.map(() => createId());
      for (const [index, order] of orders.entries()) {
        await onIntent?.({ clientOrderId: ids[index] ?? '', order });
      }
      const batchOrder = orders.map((order, index) => {
        return { order: 'send' as const, order_tag: `${index}`, ...order, cliOrdId: ids[index] };
      });
      try {
        const params = { json: { batchOrder }, ProcessBefore: processBefore };
        const { batchStatus } = await client.batchOrder(params, callOptions);
        // By tag, for rows may come in another order.
        const rows = new Map(batchStatus.map((row) => [row.order_tag, row]));
        return ids.map((id, index) => outcomeOf(id, rows.get(`${index}`)));
      } catch (error) {
        return ids.map((id) => outcomeOfFailure(error, id));
      }
    },
    reconcile: ({ clientOrderId }, reconcileOptions) =>
      reconcileFuturesOrder(client, timers, clientOrderId, reconcileOptions),
  };
}

function outcomeOf(
  clientOrderId: string,
  row: { readonly status: string; readonly order_id?: string | null | undefined } | undefined,
): OrderOutcome {
  if (row === undefined) return unclear(clientOrderId);
  const { status, order_id: orderId } = row;
  if (!TAKEN.has(status)) {
    const error = parseFuturesError(status);
    return error.ambiguous || !DOCUMENTED.has(status)
      ? { status: 'unknown', clientOrderId, reason: 'ambiguousError', error }
      : { status: 'rejected', clientOrderId, error };
  }
  if (orderId === undefined || orderId === null) return unclear(clientOrderId);
  return { status: 'accepted', clientOrderId, orderId, warnings: [] };
}
