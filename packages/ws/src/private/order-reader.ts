import type { AccountTrade, Order } from '@kr/schemas/rest';

interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

type Orders = Readonly<Record<string, Order>>;

/** What is read to find out what the socket did not tell. The Spot client of `@kr/rest` is one. */
export interface OrderReader {
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

/** QueryOrders takes at most so many. */
const QUERY_SIZE = 50;
/** A page of TradesHistory. */
const PAGE_SIZE = 50;

/** Orders by their ids; those that are not found are left out. */
export async function readOrders(
  reader: OrderReader,
  orderIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Order>> {
  const found = new Map<string, Order>();
  for (let at = 0; at < orderIds.length; at += QUERY_SIZE) {
    const txid = orderIds.slice(at, at + QUERY_SIZE).join(',');
    for (const [id, order] of Object.entries(await reader.queryOrders({ txid }, { signal }))) {
      found.set(id, order);
    }
  }
  return found;
}

/** Orders with this client order id, open ones first read: one that closes in between is then among the closed. */
export async function readByClientOrderId(
  reader: OrderReader,
  clientOrderId: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Order>> {
  const params = { cl_ord_id: clientOrderId };
  const { open } = await reader.openOrders(params, { signal });
  const { closed } = await reader.closedOrders({ ...params, without_count: true }, { signal });
  // The filter is Kraken's; that it was kept is checked here.
  const own = Object.entries({ ...open, ...closed }).filter(
    ([, order]) => order.cl_ord_id === clientOrderId,
  );
  return new Map(own);
}

/** All fills since then, oldest first. */
export async function readFills(
  reader: OrderReader,
  sinceSeconds: number,
  signal: AbortSignal,
): Promise<readonly (readonly [string, AccountTrade])[]> {
  const found = new Map<string, AccountTrade>();
  for (let ofs = 0; ; ofs += PAGE_SIZE) {
    const params = { start: sinceSeconds, ofs, without_count: true };
    const page = Object.entries((await reader.tradesHistory(params, { signal })).trades);
    // New fills move the pages on: some come twice, none is skipped.
    for (const [id, trade] of page) found.set(id, trade);
    if (page.length < PAGE_SIZE) break;
  }
  return [...found].toSorted(([, one], [, other]) => Number(one.time) - Number(other.time));
}
