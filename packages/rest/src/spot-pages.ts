import type { AccountTrade, ClosedOrder, Ledger, TradesRow } from '@kr/schemas/rest';
import { type Page, paginate } from './paginate.ts';
import type { SpotClient, SpotParams } from './spot-client.ts';

export interface PagesOptions {
  readonly signal?: AbortSignal | undefined;
}

type Rows<Row> = AsyncGenerator<readonly [id: string, row: Row], void, undefined>;

/**
 * Public trades from a cursor on (nanoseconds, as `last` gives them), oldest first, until none is
 * left. Go on later from the last row's time: `since` is exclusive.
 */
export function pagesOfTrades(
  client: SpotClient,
  params: SpotParams<'Trades'>,
  { signal }: PagesOptions = {},
): Rows<TradesRow> {
  return paginate(params.since ?? '0', async (since) => {
    const { last, ...pairs } = await client.trades({ ...params, since }, { signal });
    const rows = Object.values(pairs)
      .flat()
      .filter((row): row is TradesRow => typeof row === 'object');
    // Several trades share a nanosecond, but never an id.
    const named = rows.map((row) => [row[6] ?? row.join(' '), row] as const);
    const ended = rows.length === 0 || last === '' || last === since;
    return { rows: named, next: ended ? undefined : last };
  });
}

/**
 * Every ledger entry up to now (or `end`), newest first. Rows that arrive meanwhile are not shown:
 * the end is fixed when the first page is asked for.
 */
export function pagesOfLedgers(
  client: SpotClient,
  params: SpotParams<'Ledgers'> = {},
  { signal }: PagesOptions = {},
): Rows<Ledger> {
  return byOffset(client, params, async (page) => {
    const { ledger, count } = await client.ledgers(page, { signal });
    return { rows: Object.entries(ledger), count };
  });
}

/** Every fill of the account, as {@link pagesOfLedgers}. */
export function pagesOfTradesHistory(
  client: SpotClient,
  params: SpotParams<'TradesHistory'> = {},
  { signal }: PagesOptions = {},
): Rows<AccountTrade> {
  return byOffset(client, params, async (page) => {
    const { trades, count } = await client.tradesHistory(page, { signal });
    return { rows: Object.entries(trades), count };
  });
}

/** Every closed order, as {@link pagesOfLedgers}. */
export function pagesOfClosedOrders(
  client: SpotClient,
  params: SpotParams<'ClosedOrders'> = {},
  { signal }: PagesOptions = {},
): Rows<ClosedOrder> {
  return byOffset(client, params, async (page) => {
    const { closed, count } = await client.closedOrders(page, { signal });
    return { rows: Object.entries(closed), count };
  });
}

interface OffsetParams {
  readonly ofs?: number | undefined;
  readonly end?: number | string | undefined;
}

/**
 * `ofs` counts from the newest row. A row that arrives while one reads pushes the others back, so a
 * page can repeat what the one before had, and never skip: it is asked for from where the last one
 * ended. Kraken's clock fixes the end, so that no row that arrives later is counted at all.
 */
function byOffset<Row, Params extends OffsetParams>(
  client: SpotClient,
  params: Params,
  fetch: (params: Params) => Promise<{ rows: [string, Row][]; count: number | undefined }>,
): Rows<Row> {
  let end = params.end;
  return paginate(params.ofs ?? 0, async (ofs): Promise<Page<Row, number>> => {
    end ??= (await client.time()).unixtime;
    const { rows, count } = await fetch({ ...params, ofs, end });
    const next = ofs + rows.length;
    const ended = rows.length === 0 || (count !== undefined && next >= count);
    return { rows, next: ended ? undefined : next };
  });
}
