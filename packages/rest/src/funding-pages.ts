import type { Deposit, Withdrawal } from '@kr/schemas/rest';
import { paginate } from './paginate.ts';
import type { SpotClient, SpotParams, SpotResult } from './spot-client.ts';
import type { PagedRows, PagesOptions } from './spot-pages.ts';

export type EarnStrategy = SpotResult<'Earn/Strategies'>['items'][number];

/** Deposits, newest first, by the cursor that each page gives. A row is given as it was when it was read. */
export function pagesOfDeposits(
  client: SpotClient,
  params: SpotParams<'DepositStatus'> = {},
  { signal }: PagesOptions = {},
): PagedRows<Deposit> {
  return byCursor(params.cursor ?? true, async (cursor) => {
    const page = await client.depositStatus({ ...params, cursor }, { signal });
    if (Array.isArray(page)) return { rows: page.map(withReference), cursor: undefined };
    const rows = (page.deposit ?? page.deposits ?? []).map(withReference);
    return { rows, cursor: page.next_cursor };
  });
}

/** Withdrawals, as {@link pagesOfDeposits}. */
export function pagesOfWithdrawals(
  client: SpotClient,
  params: SpotParams<'WithdrawStatus'> = {},
  { signal }: PagesOptions = {},
): PagedRows<Withdrawal> {
  return byCursor(params.cursor ?? true, async (cursor) => {
    const page = await client.withdrawStatus({ ...params, cursor }, { signal });
    if (Array.isArray(page)) return { rows: page.map(withReference), cursor: undefined };
    const rows = (page.withdrawal ?? page.withdrawals ?? []).map(withReference);
    return { rows, cursor: page.next_cursor };
  });
}

/** Everything that can be earned with, by the cursor that each page gives. */
export function pagesOfEarnStrategies(
  client: SpotClient,
  params: SpotParams<'Earn/Strategies'> = {},
  { signal }: PagesOptions = {},
): PagedRows<EarnStrategy> {
  return byCursor(params.cursor, async (cursor) => {
    const page = await client.earnStrategies({ ...params, cursor }, { signal });
    return { rows: page.items.map((item) => [item.id, item] as const), cursor: page.next_cursor };
  });
}

interface CursorPage<Row> {
  readonly rows: readonly (readonly [id: string, row: Row])[];
  readonly cursor: string | null | undefined;
}

/** The cursor stands for a place, wherever rows arrive; a page may be empty and not the last. */
function byCursor<Row, Cursor>(
  first: Cursor,
  fetch: (cursor: Cursor | string) => Promise<CursorPage<Row>>,
): PagedRows<Row> {
  return paginate<Row, { readonly at: Cursor | string }>({ at: first }, async ({ at }) => {
    const { rows, cursor } = await fetch(at);
    const isLast = cursor === undefined || cursor === null || cursor === '' || cursor === at;
    return { rows, next: () => (isLast ? undefined : { at: cursor }) };
  });
}

/** A reference is of its asset; its status and transaction id change while one reads. */
function withReference<Row extends Deposit | Withdrawal>(row: Row): readonly [string, Row] {
  return [`${row.asset} ${row.refid}`, row];
}
