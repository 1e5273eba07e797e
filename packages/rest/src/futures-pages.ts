import type { FuturesClient, FuturesParams, FuturesResult } from './futures-client.ts';
import { pagesBackward } from './pages-by-time.ts';
import { paginate } from './paginate.ts';
import type { PagedRows, PagesOptions } from './spot-pages.ts';

/** The histories that are paged by a token. */
export type FuturesHistory =
  | 'executionHistory'
  | 'orderHistory'
  | 'triggerHistory'
  | 'positionHistory'
  | 'marketExecutionHistory'
  | 'marketOrderHistory'
  | 'marketPriceHistory';

/** What one of them is a list of. */
export type FuturesElement<Name extends FuturesHistory> = FuturesResult<Name>['elements'][number];

export type FuturesFill = FuturesResult<'fills'>['fills'][number];
export type FuturesTrade = FuturesResult<'history'>['history'][number];
export type FuturesLogEntry = FuturesResult<'accountLog'>['logs'][number];

/**
 * Every element of a history, newest first unless `sort` says otherwise. Elements that arrive
 * meanwhile are not shown twice, and none is skipped: the token stands for the place.
 */
export function pagesOfHistory<Name extends FuturesHistory>(
  client: FuturesClient,
  name: Name,
  params: FuturesParams<Name>,
  { signal }: PagesOptions = {},
): PagedRows<FuturesElement<Name>> {
  const fetch = client[name] as (
    page: object,
    options: PagesOptions,
  ) => Promise<{ elements: FuturesElement<Name>[]; continuationToken?: string | undefined }>;
  return paginate<FuturesElement<Name>, string>('', async (token) => {
    const page = token === '' ? params : { ...params, continuation_token: token };
    const { elements, continuationToken } = await fetch(page, { signal });
    const rows = elements.map((element) => [idOf(element), element] as const);
    const isLast = (continuationToken ?? '') === '' || continuationToken === token;
    return { rows, next: () => (isLast ? undefined : continuationToken) };
  });
}

/** Changes of positions have no id; no two of them are alike in every field. */
function idOf(element: object): string {
  return 'uid' in element && typeof element.uid === 'string'
    ? element.uid
    : JSON.stringify(element);
}

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fills */
const PAGE = 100;

/**
 * Every fill of the account, newest first. Those that arrive meanwhile are not shown. A page costs 25
 * of the 500 that one may spend in 10 seconds; `executionHistory` has the same fills at 1 of 100.
 *
 * @throws RestError `PAGE_STUCK`, and what a call throws
 */
export function pagesOfFills(
  client: FuturesClient,
  params: FuturesParams<'fills'> = {},
  { signal }: PagesOptions = {},
): PagedRows<FuturesFill> {
  return pagesBackward(params.lastFillTime, {
    endpoint: 'GET /derivatives/api/v3/fills',
    pageSize: PAGE,
    fetch: async (lastFillTime) =>
      (await client.fills({ ...params, lastFillTime }, { signal })).fills,
    idOf: ({ fill_id: id }) => id,
    timeOf: ({ fillTime }) => fillTime,
  });
}

/**
 * Public trades of a contract, newest first. Those that arrive meanwhile are not shown.
 *
 * @throws RestError `PAGE_STUCK`, and what a call throws
 */
export function pagesOfFuturesTrades(
  client: FuturesClient,
  params: FuturesParams<'history'>,
  { signal }: PagesOptions = {},
): PagedRows<FuturesTrade> {
  return pagesBackward(params.lastTime, {
    endpoint: 'GET /derivatives/api/v3/history',
    pageSize: PAGE,
    fetch: async (lastTime) => (await client.history({ ...params, lastTime }, { signal })).history,
    idOf: (trade) => trade.uid ?? `${trade.time} ${trade.trade_id ?? JSON.stringify(trade)}`,
    timeOf: ({ time }) => time,
  });
}

/**
 * The account log, newest first unless `sort` is `asc`. Entries are numbered, and each page goes on
 * from the last number; those that arrive meanwhile come at the end of an ascending log, and not at
 * all in a descending one.
 */
export function pagesOfAccountLog(
  client: FuturesClient,
  params: FuturesParams<'accountLog'> = {},
  { signal }: PagesOptions = {},
): PagedRows<FuturesLogEntry> {
  const isAscending = params.sort === 'asc';
  const bound = isAscending ? 'from' : 'to';
  const first: { readonly id: number | undefined } = { id: params[bound] };
  return paginate(first, async ({ id }) => {
    const page = id === undefined ? params : { ...params, [bound]: id };
    const { logs } = await client.accountLog(page, { signal });
    const last = logs.at(-1);
    return {
      rows: logs.map((entry) => [entry.id, entry] as const),
      next: (fresh) => {
        if (last === undefined) return undefined;
        const lastId = Number(last.id);
        // Whether the bound itself is given, too, is not documented: when it was, one step further.
        if (fresh > 0 && lastId !== id) return { id: lastId };
        return { id: isAscending ? lastId + 1 : lastId - 1 };
      },
    };
  });
}
