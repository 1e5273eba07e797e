import { randomUUID } from 'node:crypto';
import { parseFuturesError } from '@kr/schemas/errors';
import type { OrderOutcome, Timers } from '@kr/schemas/shared';
import type { CallOptions } from './call-options.ts';
import type { FuturesClient, FuturesParams } from './futures-client.ts';
import { outcomeOfFailure, unclear } from './order-outcome.ts';
import type { ReconcileOptions } from './reconcile.ts';
import { sleep } from './sleep.ts';

export type NewFuturesOrder = Omit<FuturesParams<'sendOrder'>, 'cliOrdId'>;

export interface FuturesOrdersOptions {
  readonly client: FuturesClient;
  readonly timers: Timers;
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
      /** It rests (perhaps in part), or it has traded and rests no more. */
      readonly state: 'open' | 'filled';
    }
  /** Nowhere among open orders and the last 100 fills. That is no rejection. */
  | { readonly status: 'notFound'; readonly clientOrderId: string };

/** As `SpotOrders`, without checks against the instrument. Nothing here sends an order twice. */
export interface FuturesOrders {
  place(
    order: NewFuturesOrder,
    options?: CallOptions & { readonly clientOrderId?: string | undefined },
  ): Promise<OrderOutcome>;
  reconcile(
    unknown: { readonly clientOrderId: string },
    options?: Omit<ReconcileOptions, 'sinceSeconds'>,
  ): Promise<ReconciledFutures>;
}

/** `result: "success"` says nothing; these words of `sendStatus.status` say that it was taken. */
const TAKEN = new Set(['placed', 'partiallyFilled', 'filled', 'cancelled', 'edited']);

export function createFuturesOrders(options: FuturesOrdersOptions): FuturesOrders {
  const { client, timers, onIntent } = options;
  const createId = options.createClientOrderId ?? randomUUID;
  return {
    place: async (order, { clientOrderId = createId(), ...callOptions } = {}) => {
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

/** Open orders first: an order that trades in between is then among the fills. */
async function findOrder(client: FuturesClient, clientOrderId: string, signal?: AbortSignal) {
  const { openOrders } = await client.openOrders({}, { signal });
  const open = openOrders.find(({ cliOrdId }) => cliOrdId === clientOrderId);
  if (open !== undefined) return { orderId: open.order_id, state: 'open' as const };
  const { fills } = await client.fills({}, { signal });
  const fill = fills.find((row) => (row.cliOrdId ?? row.cli_ord_id) === clientOrderId);
  return fill === undefined ? undefined : { orderId: fill.order_id, state: 'filled' as const };
}
