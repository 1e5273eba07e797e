import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseTimestamp } from '@kr/schemas/shared';
import {
  createFuturesClient,
  createSpotClient,
  type FuturesClient,
  type SpotClient,
} from '../src/index.ts';
import { futuresSigner, spotSigner } from './kraken.ts';
import { ManualTime } from './manual-time.ts';
import {
  accountTradeBody,
  EPOCH_MS,
  fillBody,
  isoOf,
  ledgerBody,
  logEntryBody,
  nsOf,
  orderBody,
  type PagedRow,
  strategyBody,
  tradeBody,
  transferBody,
} from './paged-bodies.ts';

/** How the exchange pages, where its documentation leaves that open. */
export interface PagingRules {
  /** The rows there are now, in any order; asked for with each page. */
  readonly rows: () => readonly PagedRow[];
  /** As many rows as the next page holds: pages can be shorter than was asked for. */
  readonly size: () => number;
  /** Whether a moment or an id as a bound is given, too. */
  readonly isInclusive: boolean;
  /** Whether offsets come with the number of all rows. */
  readonly counts: boolean;
}

type Params = URLSearchParams;

const byAge = (one: PagedRow, other: PagedRow): number =>
  one.atMs - other.atMs || one.id - other.id;

/** A server that answers every paged endpoint out of one list of rows. */
export async function withPages(
  rules: PagingRules,
  run: (clients: { spot: SpotClient; futures: FuturesClient }) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const body = new URLSearchParams(Buffer.concat(chunks).toString());
      const params = request.method === 'GET' ? url.searchParams : body;
      const said = answer(url.pathname, params, rules);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = new ManualTime();
  const common = { clock: time, timers: time, baseUrl, retry: false } as const;
  const spot = createSpotClient({ ...common, signer: spotSigner() });
  const futures = createFuturesClient({ ...common, signer: futuresSigner() });
  try {
    await run({ spot, futures });
  } finally {
    await spot.close();
    await futures.close();
    server.closeAllConnections();
    server.close();
  }
}

function answer(path: string, params: Params, rules: PagingRules): object {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const oldestFirst = rules.rows().toSorted(byAge);
  const newestFirst = oldestFirst.toReversed();
  const success = { result: 'success', serverTime: '2026-01-01T00:00:00.000Z' };
  switch (path) {
    case '/0/public/Trades':
      return spotAnswer(trades(params, oldestFirst, rules));
    case '/0/public/PostTrade':
      return spotAnswer(postTrades(params, oldestFirst, rules));
    case '/0/private/Ledgers':
    case '/0/private/TradesHistory':
    case '/0/private/ClosedOrders':
      return spotAnswer(byOffset(name, params, newestFirst, rules));
    case '/0/private/DepositStatus':
      return spotAnswer(byCursor('deposit', params, newestFirst, rules, transferBody));
    case '/0/private/WithdrawStatus':
      return spotAnswer(byCursor('withdrawals', params, newestFirst, rules, transferBody));
    case '/0/private/Earn/Strategies':
      return spotAnswer(
        byCursor('items', params, newestFirst, rules, ({ id }) => strategyBody(id)),
      );
    case '/derivatives/api/v3/fills':
      return {
        ...success,
        fills: before(params.get('lastFillTime'), newestFirst, rules, fillBody),
      };
    case '/derivatives/api/v3/history':
      return { ...success, history: before(params.get('lastTime'), newestFirst, rules, tradeBody) };
    case '/api/history/v3/account-log':
      return { accountUid: 'a', logs: accountLog(params, oldestFirst, rules) };
    default:
      return byToken(params, newestFirst, rules);
  }
}

function spotAnswer(result: object): object {
  return { error: [], result };
}

function after(moment: bigint, rows: readonly PagedRow[], { isInclusive }: PagingRules) {
  return rows.filter((row) => (isInclusive ? nsOf(row) >= moment : nsOf(row) > moment));
}

function sizeOf(params: Params, { size }: PagingRules): number {
  return Math.min(Number(params.get('count') ?? 1000), size());
}

function trades(params: Params, rows: readonly PagedRow[], rules: PagingRules): object {
  const since = params.get('since') ?? '0';
  const moment = since.length > 15 ? BigInt(since) : BigInt(since) * 1_000_000_000n;
  const page = after(moment, rows, rules).slice(0, sizeOf(params, rules));
  const last = page.at(-1);
  return {
    XXBTZUSD: page.map(({ id, atMs }) => [
      '1.0',
      '1.0',
      (EPOCH_MS + atMs) / 1000,
      'b',
      'm',
      '',
      id,
    ]),
    last: last === undefined ? since : String(nsOf(last)),
  };
}

function postTrades(params: Params, rows: readonly PagedRow[], rules: PagingRules): object {
  const from = params.get('from_ts') ?? '';
  const page = after(parseTimestamp(from) ?? 0n, rows, rules).slice(0, sizeOf(params, rules));
  const last = page.at(-1);
  return {
    last_ts: last === undefined ? from : isoOf(last),
    count: page.length,
    trades: page.map((row) => ({
      trade_id: String(row.id),
      price: '1.0',
      quantity: '1.0',
      symbol: 'BTC/USD',
      description: 'Bitcoin / US Dollar',
      base_asset: 'BTC',
      base_notation: 'UNIT',
      quote_asset: 'USD',
      quote_notation: 'MONE',
      trade_venue: 'PGSL',
      trade_ts: isoOf(row),
      publication_venue: 'PGSL',
      publication_ts: isoOf(row),
    })),
  };
}

/** `(start, end]`, newest first, from `ofs` on. */
function byOffset(
  name: string,
  params: Params,
  rows: readonly PagedRow[],
  { size, counts }: PagingRules,
): object {
  const end = Number(params.get('end') ?? Number.POSITIVE_INFINITY) * 1000 - EPOCH_MS;
  const offset = Number(params.get('ofs') ?? 0);
  const within = rows.filter(({ atMs }) => atMs <= end);
  const page = within.slice(offset, offset + size());
  const key = name === 'Ledgers' ? 'ledger' : name === 'TradesHistory' ? 'trades' : 'closed';
  const bodyOf = { ledger: ledgerBody, trades: accountTradeBody, closed: orderBody }[key];
  return {
    [key]: Object.fromEntries(page.map((row) => [`R${row.id}`, bodyOf(row)])),
    ...(counts ? { count: within.length } : {}),
  };
}

/** The cursor names the row after which to go on; it holds when that row is gone. */
function placeAfter(cursor: string, rows: readonly PagedRow[]): PagedRow[] {
  const [atMs, id] = cursor.split('-').map(Number) as [number, number];
  return rows.filter((row) => byAge(row, { atMs, id }) < 0);
}

function byCursor(
  key: string,
  params: Params,
  rows: readonly PagedRow[],
  { size }: PagingRules,
  bodyOf: (row: PagedRow) => object,
): object {
  const cursor = params.get('cursor') ?? 'true';
  const left = cursor === 'true' ? rows : placeAfter(cursor, rows);
  const page = left.slice(0, size());
  const last = page.at(-1);
  const next = left.length > page.length && last ? `${last.atMs}-${last.id}` : null;
  return { [key]: page.map(bodyOf), next_cursor: next };
}

function byToken(params: Params, newestFirst: readonly PagedRow[], { size }: PagingRules): object {
  const token = params.get('continuation_token');
  const left = token === null ? newestFirst : placeAfter(token, newestFirst);
  const page = left.slice(0, size());
  const last = page.at(-1);
  const next = left.length > page.length && last ? `${last.atMs}-${last.id}` : undefined;
  return {
    accountUid: 'a',
    len: page.length,
    elements: page.map(({ id, atMs }) => ({
      uid: `R${id}`,
      timestamp: EPOCH_MS + atMs,
      event: {},
    })),
    ...(next === undefined ? {} : { continuationToken: next }),
  };
}

function before<Body>(
  moment: string | null,
  newestFirst: readonly PagedRow[],
  { size, isInclusive }: PagingRules,
  bodyOf: (row: PagedRow) => Body,
): Body[] {
  const bound = moment === null ? undefined : parseTimestamp(moment);
  const older = newestFirst.filter(
    (row) => bound === undefined || (isInclusive ? nsOf(row) <= bound : nsOf(row) < bound),
  );
  return older.slice(0, size()).map(bodyOf);
}

/** Its ids count upwards in time. */
function accountLog(
  params: Params,
  oldestFirst: readonly PagedRow[],
  rules: PagingRules,
): object[] {
  const isAscending = params.get('sort') === 'asc';
  const rows = isAscending ? oldestFirst : oldestFirst.toReversed();
  const from = Number(params.get('from') ?? Number.NEGATIVE_INFINITY);
  const to = Number(params.get('to') ?? Number.POSITIVE_INFINITY);
  const { isInclusive } = rules;
  return rows
    .filter(({ id }) => (isInclusive ? id >= from && id <= to : id > from && id < to))
    .slice(0, sizeOf(params, rules))
    .map(logEntryBody);
}
