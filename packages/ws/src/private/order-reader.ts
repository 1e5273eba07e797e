import type {
  ExecutionHistoryEvent,
  OrderHistoryEvent,
  OrdersStatusResult,
  TriggerHistoryEvent,
} from '@kr/schemas/futures-rest';
import type { AccountTrade, Order } from '@kr/schemas/rest';

interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

type Orders = Readonly<Record<string, Order>>;

/** What is read of Spot to find out what the socket did not tell. The Spot client of `@kr/rest` is one. */
export interface SpotOrderReader {
  queryOrders(params: { txid: string }, options?: ReadOptions): Promise<Orders>;
  openOrders(
    params: { cl_ord_id: string },
    options?: ReadOptions,
  ): Promise<{ readonly open: Orders }>;
  closedOrders(
    params: { cl_ord_id: string; without_count: boolean },
    options?: ReadOptions,
  ): Promise<{ readonly closed: Orders }>;
  /** Newest first, 50 a page. */
  tradesHistory(
    params: { start: number; ofs: number; without_count: boolean },
    options?: ReadOptions,
  ): Promise<{ readonly trades: Readonly<Record<string, AccountTrade>> }>;
}

/** A page of a history, newest first. `since` in milliseconds. */
export interface HistoryParams {
  sort: 'desc';
  since?: number;
  continuation_token?: string;
}

export interface HistoryPage<Event> {
  readonly accountUid?: string | undefined;
  readonly elements: readonly { readonly timestamp: number; readonly event: Event }[];
  /** Where the next page begins; none, or an empty one, after the last. */
  readonly continuationToken?: string | undefined;
}

/** The same of derivatives, whichever socket they come by. The futures client of `@kr/rest` is one. */
export interface FuturesOrderReader {
  ordersStatus(
    params: { orderIds: string[] } | { cliOrdIds: string[] },
    options?: ReadOptions,
  ): Promise<Pick<OrdersStatusResult, 'orders'>>;
  orderHistory(
    params: HistoryParams,
    options?: ReadOptions,
  ): Promise<HistoryPage<OrderHistoryEvent>>;
  triggerHistory(
    params: HistoryParams,
    options?: ReadOptions,
  ): Promise<HistoryPage<TriggerHistoryEvent>>;
  executionHistory(
    params: HistoryParams,
    options?: ReadOptions,
  ): Promise<HistoryPage<ExecutionHistoryEvent>>;
}

/** Who can be asked what became of one's own orders: of Spot, or of derivatives. */
export type OrderReader = SpotOrderReader | FuturesOrderReader;
