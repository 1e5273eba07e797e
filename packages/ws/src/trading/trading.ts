import type {
  AddOrderParams,
  AddOrderResult,
  AmendOrderParams,
  BatchOrder,
  EditOrderParams,
} from '@kr/schemas';
import type { OrderOutcome } from '@kr/schemas/shared';
import type { TrackedOrder } from '../private/order.ts';
import type { OrderReader } from '../private/order-reader.ts';
import type { OrderFeed } from '../private/orders.ts';
import type { DeadMansSwitch, DeadMansSwitchOptions } from './dead-mans-switch.ts';
import type { TradeOutcome } from './outcome.ts';

type OwnFields = 'cl_ord_id' | 'order_userref' | 'conditional' | 'validate' | 'token' | 'deadline';

/**
 * An order under the names of the wire, prices and quantities as texts: `limit_price: '26500.40'`. The
 * client order id is made here, and Kraken takes none beside `order_userref` or `conditional`.
 */
export type NewOrder = Pick<AddOrderParams, Exclude<keyof AddOrderParams & KnownKeys, OwnFields>>;
export type NewBatchOrder = Omit<NewOrder, 'symbol'>;
type KnownKeys = keyof BatchOrder | 'symbol';

/** One order, by either of its ids. */
export type OrderName =
  | { readonly order_id: string; readonly cl_ord_id?: undefined }
  | { readonly cl_ord_id: string; readonly order_id?: undefined };

type AmendFields =
  | 'order_qty'
  | 'limit_price'
  | 'limit_price_type'
  | 'display_qty'
  | 'trigger_price'
  | 'trigger_price_type'
  | 'post_only'
  | 'symbol';
export type AmendParams = OrderName & Pick<AmendOrderParams, AmendFields>;

type EditFields =
  | 'order_id'
  | 'symbol'
  | 'order_qty'
  | 'limit_price'
  | 'display_qty'
  | 'order_userref'
  | 'post_only'
  | 'reduce_only'
  | 'fee_preference'
  | 'triggers';
export type EditParams = Pick<EditOrderParams, EditFields>;

export interface TradeCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Until an answer counts as missing. @default deadlineMs and two seconds */
  readonly timeoutMs?: number | undefined;
}

export interface DeadlineOptions extends TradeCallOptions {
  /**
   * The engine refuses it when it comes later than this, by our clock: 500 to 60000, or `Infinity` for
   * no deadline. @default that of the desk
   */
  readonly deadlineMs?: number | undefined;
}

export interface AddOptions extends DeadlineOptions {
  /** Yours instead of one made here: unique, and never used again. */
  readonly clientOrderId?: string | undefined;
}

export interface OrderIntent {
  readonly clientOrderId: string;
  readonly order: NewOrder;
}

export interface TradingOptions {
  /** The orders of the same client: what they say settles outcomes that no answer told. */
  readonly orders: OrderFeed;
  /** `() => crypto.randomUUID()` */
  readonly createClientOrderId: () => string;
  /** Reads REST to find out about an unknown outcome, as that of `orders` does: see `OrdersOptions`. */
  readonly reader?: OrderReader | undefined;
  /**
   * Called with the client order id before anything is sent, and awaited: write it down, so that the
   * order can be found again even when this process ends in between.
   */
  readonly onIntent?: ((intent: OrderIntent) => void | Promise<void>) | undefined;
  /** @default 5000 */
  readonly deadlineMs?: number | undefined;
}

export interface ReconcileOptions {
  /** How often to look. @default 5 */
  readonly attempts?: number | undefined;
  /** Between two looks. @default 1000 */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type Reconciled =
  | {
      readonly status: 'found';
      readonly clientOrderId: string;
      readonly orderId: string;
      readonly order: TrackedOrder;
    }
  /** Nowhere. That is no rejection: it may still come. Look again, and do not send it anew. */
  | { readonly status: 'notFound'; readonly clientOrderId: string };

/**
 * Trading over the private connection. Nothing is sent twice, and each promise ends with an outcome:
 * it rejects only when nothing was sent.
 */
export interface Trading {
  /**
   * Sends an order once, and says what became of it.
   *
   * @throws WsError when nothing was sent: `INVALID_PARAMS`, `NOT_OPEN`, `NO_TOKEN`, `SEND_OVERFLOW`, `ABORTED`, `CLOSED`
   */
  add(order: NewOrder, options?: AddOptions): Promise<OrderOutcome>;
  /** 2 to 15 orders of one symbol in one request; one outcome each, in their order. */
  addBatch(
    symbol: string,
    orders: readonly NewBatchOrder[],
    options?: DeadlineOptions,
  ): Promise<OrderOutcome[]>;
  /** Kraken's own check of an order, which is not placed. @throws WsError also `REJECTED` */
  validate(order: NewOrder, options?: DeadlineOptions): Promise<Pick<AddOrderResult, 'warnings'>>;
  /** In place: its ids stay, and where possible its place in the queue. */
  amend(
    params: AmendParams,
    options?: DeadlineOptions,
  ): Promise<TradeOutcome<{ readonly amendId: string }>>;
  /** Cancels an order and places another in its stead, with another id. */
  edit(
    params: EditParams,
    options?: DeadlineOptions,
  ): Promise<TradeOutcome<{ readonly orderId: string; readonly originalOrderId: string }>>;
  cancel(
    name: OrderName,
    options?: TradeCallOptions,
  ): Promise<TradeOutcome<{ readonly orderId: string | undefined }>>;
  /** 2 to 50 orders by their ids in one request; how many there were to cancel. */
  cancelBatch(
    orderIds: readonly string[],
    options?: TradeCallOptions,
  ): Promise<TradeOutcome<{ readonly count: number }>>;
  cancelAll(options?: TradeCallOptions): Promise<TradeOutcome<{ readonly count: number }>>;
  /** Arms the exchange's dead man's switch for so many seconds, or disarms it with 0. */
  cancelAllOrdersAfter(
    seconds: number,
    options?: TradeCallOptions,
  ): Promise<TradeOutcome<{ readonly triggerTime: string | undefined }>>;
  /** Arms the switch, and renews it as long as it is held. */
  holdDeadMansSwitch(options?: DeadMansSwitchOptions): Promise<DeadMansSwitch>;
  /** Finds out what became of an order whose outcome is unknown, from the feed of orders and REST. Reads only. */
  reconcile(
    unknown: { readonly clientOrderId: string },
    options?: ReconcileOptions,
  ): Promise<Reconciled>;
}
