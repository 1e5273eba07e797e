import { randomUUID } from 'node:crypto';
import { parseKrakenError } from '@kr/schemas/errors';
import type { AddOrderParams, AddOrderResult } from '@kr/schemas/rest';
import type { OrderOutcome, Timers } from '@kr/schemas/shared';
import type { CallOptions } from './call-options.ts';
import { assertOrder } from './check-order.ts';
import { invalidParams } from './errors.ts';
import type { Instrument } from './instrument.ts';
import { unknownInstrument } from './invalid-order.ts';
import { outcomeOfFailure, unclear } from './order-outcome.ts';
import { type Reconciled, type ReconcileOptions, reconcileSpotOrder } from './reconcile.ts';
import type { SpotClient } from './spot-client.ts';

/**
 * An order. The client order id is made here, and Kraken takes none beside `userref` or a
 * conditional `close`; for those use `client.addOrder`, which cannot be reconciled.
 */
export interface NewOrder
  extends Omit<AddOrderParams, 'cl_ord_id' | 'userref' | 'close' | 'validate'> {
  /** Any name of the instrument: `BTC/USD`, `XBTUSD`, `XXBTZUSD`. */
  readonly pair: string;
}

/** What Kraken takes once for a whole batch, and ignores in an order of it. */
const OF_THE_BATCH = ['deadline', 'asset_class', 'broker'] as const;
type OfTheBatch = (typeof OF_THE_BATCH)[number];

/** An order of a batch: the pair and what else holds for all of them stands beside them. */
export type BatchedOrder = Omit<NewOrder, 'pair' | OfTheBatch>;

export interface BatchOptions extends CallOptions, Pick<AddOrderParams, OfTheBatch> {}

export interface PlaceOptions extends CallOptions {
  /** Yours instead of one made here: unique, and never used again. */
  readonly clientOrderId?: string | undefined;
}

export interface SpotOrdersOptions {
  readonly client: SpotClient;
  readonly timers: Timers;
  /** `createInstruments(await client.assetPairs())`: what orders are checked against. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** @defaultValue a random UUID */
  readonly createClientOrderId?: (() => string) | undefined;
  /**
   * Called with the client order id before anything is sent, and awaited: write it down, so that
   * the order can be found again even when this process ends in between.
   */
  readonly onIntent?: ((intent: OrderIntent) => void | Promise<void>) | undefined;
}

export interface OrderIntent {
  readonly clientOrderId: string;
  readonly order: NewOrder;
}

/** Orders whose outcome is known, or said to be unknown. Nothing here sends an order twice. */
export interface SpotOrders {
  /**
   * Checks, sends once, and says what became of it. It rejects only when nothing was sent.
   *
   * @throws RestError with effect `none`: `INVALID_ORDER`, `INVALID_PARAMS`, `CONNECT_FAILED`, …
   */
  place(order: NewOrder, options?: PlaceOptions): Promise<OrderOutcome>;
  /**
   * 2 to 15 orders of one pair in one request; one outcome each, in their order. It rejects only when
   * nothing was sent: one that breaks a limit keeps them all back.
   */
  placeBatch(
    pair: string,
    orders: readonly BatchedOrder[],
    options?: BatchOptions,
  ): Promise<OrderOutcome[]>;
  /** Kraken's own check of an order, which is not placed. */
  validate(order: NewOrder, options?: CallOptions): Promise<AddOrderResult>;
  /** Finds out what became of an order whose outcome is unknown. Reads only. */
  reconcile(
    unknown: { readonly clientOrderId: string },
    options?: ReconcileOptions,
  ): Promise<Reconciled>;
}

/** https://docs.kraken.com/api/docs/rest-api/add-order-batch */
const BATCH = { least: 2, most: 15 };
/** https://docs.kraken.com/api/docs/rest-api/add-order */
const CLIENT_ORDER_ID =
  /^(?:[\x20-\x7e]{1,18}|[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

export function createSpotOrders(options: SpotOrdersOptions): SpotOrders {
  const { client, timers, instruments, onIntent } = options;
  const createId = options.createClientOrderId ?? randomUUID;

  const checked = (order: NewOrder): NewOrder => {
    const instrument = instruments.get(order.pair);
    if (instrument === undefined) {
      throw unknownInstrument('POST /0/private/AddOrder', 'pair', order.pair, 'AssetPairs');
    }
    assertOrder(instrument, order);
    return { ...order, pair: instrument.pair };
  };

  return {
    place: async (given, { clientOrderId = createId(), ...callOptions } = {}) => {
      const order = withoutValidate(checked(given));
      identified(clientOrderId);
      await onIntent?.({ clientOrderId, order });
      const warnings: string[] = [];
      const onWarning = (text: string): void => void warnings.push(text);
      try {
        const params = { ...order, cl_ord_id: clientOrderId };
        const { txid } = await client.addOrder(params, { ...callOptions, onWarning });
        const [orderId] = txid ?? [];
        if (orderId === undefined) return unclear(clientOrderId);
        return { status: 'accepted', clientOrderId, orderId, warnings };
      } catch (error) {
        return outcomeOfFailure(error, clientOrderId);
      }
    },
    placeBatch: async (pair, given, { deadline, asset_class, broker, ...callOptions } = {}) => {
      if (given.length === 0) return [];
      if (given.length < BATCH.least || given.length > BATCH.most) {
        const reason = `a batch has ${BATCH.least} to ${BATCH.most}, and this one ${given.length}`;
        throw invalidParams('POST /0/private/AddOrderBatch', 'orders', reason);
      }
      const orders = given.map((order) => {
        withoutFieldsOfTheBatch(order);
        return withoutValidate(checked({ ...order, pair }));
      });
      const ids = orders.map(() => identified(createId()));
      for (const [index, order] of orders.entries()) {
        await onIntent?.({ clientOrderId: ids[index] ?? '', order });
      }
      try {
        const rows = orders.map((order, index) => ({ ...rowOf(order), cl_ord_id: ids[index] }));
        const common = { deadline, asset_class, broker };
        const params = { pair: orders[0]?.pair ?? pair, ...common, orders: rows };
        const answer = await client.addOrderBatch(params, callOptions);
        return ids.map((id, index) => outcomeOfRow(id, answer.orders[index]));
      } catch (error) {
        return ids.map((id) => outcomeOfFailure(error, id));
      }
    },
    validate: (given, callOptions) =>
      client.addOrder({ ...checked(given), validate: true }, callOptions),
    reconcile: ({ clientOrderId }, reconcileOptions) =>
      reconcileSpotOrder(client, timers, clientOrderId, reconcileOptions),
  };
}

/** The id, if it is one under which the order can be found again. */
function identified(clientOrderId: string): string {
  if (typeof clientOrderId === 'string' && CLIENT_ORDER_ID.test(clientOrderId)) {
    return clientOrderId;
  }
  const reason = 'it is a UUID, 32 hex digits or 1 to 18 ASCII characters, and finds the order';
  throw invalidParams('POST /0/private/AddOrder', 'cl_ord_id', reason);
}

/** An order that is only validated is never placed, and would count as one whose outcome is unknown. */
function withoutValidate(order: NewOrder): NewOrder {
  if (!('validate' in order) || order.validate !== true) return order;
  throw invalidParams('POST /0/private/AddOrder', 'validate', 'call validate() for that');
}

/** A deadline that is ignored would let an order trade after it. */
function withoutFieldsOfTheBatch(order: BatchedOrder & { [Field in OfTheBatch]?: unknown }): void {
  for (const field of OF_THE_BATCH) {
    if (order[field] === undefined) continue;
    const reason = 'it holds for the whole batch: give it to placeBatch, beside the orders';
    throw invalidParams('POST /0/private/AddOrderBatch', `orders.${field}`, reason);
  }
}

/** The pair stands once, outside the rows. */
function rowOf(order: NewOrder): Omit<NewOrder, 'pair'> {
  const { pair: _pair, ...row } = order;
  return row;
}

function outcomeOfRow(
  clientOrderId: string,
  row: { readonly txid?: string | undefined; readonly error?: string | undefined } | undefined,
): OrderOutcome {
  if (row?.txid !== undefined && row.error === undefined) {
    return { status: 'accepted', clientOrderId, orderId: row.txid, warnings: [] };
  }
  if (row?.error === undefined) return unclear(clientOrderId);
  const error = parseKrakenError(row.error);
  return error.ambiguous
    ? { status: 'unknown', clientOrderId, reason: 'ambiguousError', error }
    : { status: 'rejected', clientOrderId, error };
}
