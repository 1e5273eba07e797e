import { randomUUID } from 'node:crypto';
import { parseFuturesError } from '@kr/schemas/errors';
import type { OrderOutcome, Timers } from '@kr/schemas/shared';
import type { CallOptions } from './call-options.ts';
import { assertFuturesOrder } from './check-futures-order.ts';
import type { FuturesClient, FuturesParams } from './futures-client.ts';
import type { FuturesInstrument } from './futures-instrument.ts';
import { unknownInstrument } from './invalid-order.ts';
import { outcomeOfFailure, unclear } from './order-outcome.ts';
import type { ReconcileOptions } from './reconcile.ts';
import { sleep } from './sleep.ts';

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

/** What was found of a Futures order. */
export type ReconciledFutures =
  | {
      readonly status: 'found';
      readonly clientOrderId: string;
      readonly orderId: string;
      /**
       * It rests (perhaps in part), has traded and rests no more, was cancelled (perhaps after a
       * part of it traded), or was refused after it had been received.
       */
      readonly state: 'open' | 'filled' | 'cancelled' | 'rejected';
    }
  /** Nowhere in orders/status, among open orders and the last 100 fills. That is no rejection. */
  | { readonly status: 'notFound'; readonly clientOrderId: string };

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
  /** Finds out what became of an order whose outcome is unknown. Reads only. */
  reconcile(
    unknown: { readonly clientOrderId: string },
    options?: Omit<ReconcileOptions, 'sinceSeconds'>,
  ): Promise<ReconciledFutures>;
}

/** `result: "success"` says nothing; these words of `sendStatus.status` say that it was taken. */
const TAKEN = new Set(['placed', 'partiallyFilled', 'filled', 'cancelled', 'edited']);

export function createFuturesOrders(options: FuturesOrdersOptions): FuturesOrders {
  const { client, timers, instruments, onIntent } = options;
  const createId = options.createClientOrderId ?? randomUUID;
  return {
    place: async (order, { clientOrderId = createId(), ...callOptions } = {}) => {
      const instrument = instruments.get(order.symbol);
      if (instrument === undefined) {
        const endpoint = 'POST /derivatives/api/v3/sendorder';
        throw unknownInstrument(endpoint, 'symbol', order.symbol, 'instruments');
      }
      assertFuturesOrder(instrument, order);
      await onIntent?.({ clientOrderId, order });
      try {
        const params = { ...order, cliOrdId: clientOrderId };
        const { status, order_id: orderId } = (await client.sendOrder(params, callOptions))
          .sendStatus;
        if (!TAKEN.has(status)) {
          return { status: 'rejected', clientOrderId, error: parseFuturesError(status) };
        }
        if (orderId === undefined) return unclear(clientOrderId);
        return { status: 'accepted', clientOrderId, orderId, warnings: [] };
      } catch (error) {
        return outcomeOfFailure(error, clientOrderId);
      }
    },
    reconcile: async ({ clientOrderId }, { attempts = 5, waitMs = 1000, signal } = {}) => {
      for (let attempt = 1; ; attempt += 1) {
        const found = await findOrder(client, clientOrderId, signal);
        if (found !== undefined) return { status: 'found', clientOrderId, ...found };
        if (attempt >= attempts) return { status: 'notFound', clientOrderId };
        await sleep(timers, waitMs, signal, 'reconcile');
      }
    },
  };
}

const STATES: Readonly<Record<string, 'open' | 'filled' | 'cancelled' | 'rejected'>> = {
  ENTERED_BOOK: 'open',
  TRIGGER_PLACED: 'open',
  FULLY_EXECUTED: 'filled',
  CANCELLED: 'cancelled',
  TRIGGER_ACTIVATION_FAILURE: 'rejected',
  REJECTED: 'rejected',
};

/**
 * orders/status knows what rests and what changed in the last seconds, and is the only one to know of
 * what was cancelled or refused. Then open orders before fills: an order that trades in between is
 * among the fills.
 */
async function findOrder(client: FuturesClient, clientOrderId: string, signal?: AbortSignal) {
  const { orders } = await client.ordersStatus({ cliOrdIds: [clientOrderId] }, { signal });
  const known = orders.find(({ order }) => order.cliOrdId === clientOrderId);
  const state = known === undefined ? undefined : STATES[known.status];
  if (known !== undefined && state !== undefined) return { orderId: known.order.orderId, state };
  const { openOrders } = await client.openOrders({}, { signal });
  const open = openOrders.find(({ cliOrdId }) => cliOrdId === clientOrderId);
  if (open !== undefined) return { orderId: open.order_id, state: 'open' as const };
  const { fills } = await client.fills({}, { signal });
  const fill = fills.find((row) => (row.cliOrdId ?? row.cli_ord_id) === clientOrderId);
  return fill === undefined ? undefined : { orderId: fill.order_id, state: 'filled' as const };
}
