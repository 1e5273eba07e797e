import type { AccountTrade, ClosedOrder, Ledger, PostTrade, TradesRow } from '@kr/schemas/rest';
import { formatTimestamp, parseTimestamp } from '@kr/schemas/shared';
import { type OffsetPage, pagesByOffset } from './pages-by-offset.ts';
import { pagesForward } from './pages-by-time.ts';
import type { SpotClient, SpotParams } from './spot-client.ts';

export interface PagesOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Rows under their ids, each once. */
export type PagedRows<Row> = AsyncGenerator<readonly [id: string, row: Row], void, undefined>;

/** https://docs.kraken.com/api/docs/rest-api/get-recent-trades */
const TRADES_SIZE = 1000;

/**
 * Public trades from a cursor on (nanoseconds, as `last` gives them), oldest first, until none is
 * left. Go on later from the last row's time: `since` is exclusive.
 *
 * @throws RestError `PAGE_STUCK`, and what a call throws
 */
export function pagesOfTrades(
  client: SpotClient,
  params: SpotParams<'Trades'>,
  { signal }: PagesOptions = {},
): PagedRows<TradesRow> {
  return pagesForward(params.since ?? '0', {
    endpoint: 'GET /0/public/Trades',
    pageSize: params.count ?? TRADES_SIZE,
    largestPage: TRADES_SIZE,
    fetch: async (since, count) => {
      const { last, ...pairs } = await client.trades({ ...params, since, count }, { signal });
      const rows = Object.values(pairs)
        .flat()
        .filter((row): row is TradesRow => typeof row === 'object');
      return { rows: rows.map((row) => [row[6] ?? row.join(' '), row] as const), last };
    },
    // A short text would be seconds.
    justBefore: (last) => (/^\d{19}$/.test(last) ? String(BigInt(last) - 1n) : undefined),
  });
}

/**
 * Public trades of all pairs or one, as the rules of the EU have them published, after `from_ts`,
 * oldest first, until none is left.
 *
 * @throws RestError `PAGE_STUCK`, and what a call throws
 */
export function pagesOfPostTrade(
  client: SpotClient,
  params: SpotParams<'PostTrade'> & { readonly from_ts: string },
  { signal }: PagesOptions = {},
): PagedRows<PostTrade> {
  return pagesForward(params.from_ts, {
    endpoint: 'GET /0/public/PostTrade',
    pageSize: params.count ?? TRADES_SIZE,
    largestPage: TRADES_SIZE,
    fetch: async (from_ts, count) => {
      const page = { ...params, from_ts, count };
      const { last_ts: last, trades } = await client.postTrade(page, { signal });
      return { rows: trades.map((trade) => [trade.trade_id, trade] as const), last };
    },
    justBefore: (last) => {
      const ns = parseTimestamp(last);
      return ns === undefined ? undefined : formatTimestamp(ns - 1n);
    },
  });
}

/**
 * Every ledger entry up to this very moment (or `end`), newest first. What arrives meanwhile is left
 * for the next time: it shows, once and out of its place, only when other rows have gone.
 */
export function pagesOfLedgers(
  client: SpotClient,
  params: SpotParams<'Ledgers'> = {},
  { signal }: PagesOptions = {},
): PagedRows<Ledger> {
  return byOffset(params, async (page) => {
    const { ledger, count } = await client.ledgers(page, { signal });
    return { rows: Object.entries(ledger), count };
  });
}

/** Every fill of the account, as {@link pagesOfLedgers}. */
export function pagesOfTradesHistory(
  client: SpotClient,
  params: SpotParams<'TradesHistory'> = {},
  { signal }: PagesOptions = {},
): PagedRows<AccountTrade> {
  return byOffset(params, async (page) => {
    const { trades, count } = await client.tradesHistory(page, { signal });
    return { rows: Object.entries(trades), count };
  });
}

/** Every closed order, as {@link pagesOfLedgers}. */
export function pagesOfClosedOrders(
  client: SpotClient,
  params: SpotParams<'ClosedOrders'> = {},
  { signal }: PagesOptions = {},
): PagedRows<ClosedOrder> {
  return byOffset(params, async (page) => {
    const { closed, count } = await client.closedOrders(page, { signal });
    return { rows: Object.entries(closed), count };
  });
}

/**
 * No end is set: the exchange's own clock tells whole seconds, and the rows of this one would be
 * missing. The pages overlap, so rows that arrive push no other out of sight.
 */
function byOffset<Row, Params extends { readonly ofs?: number | undefined }>(
  params: Params,
  fetch: (params: Params) => Promise<OffsetPage<Row>>,
): PagedRows<Row> {
  return pagesByOffset(params.ofs ?? 0, (ofs) => fetch({ ...params, ofs }));
}
