import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../test/kraken.ts';
import { EPOCH_MS, type PagedRow } from '../test/paged-bodies.ts';
import { withPages } from '../test/paging-server.ts';
import {
  type FuturesClient,
  pagesOfAccountLog,
  pagesOfClosedOrders,
  pagesOfDeposits,
  pagesOfEarnStrategies,
  pagesOfFills,
  pagesOfFuturesTrades,
  pagesOfHistory,
  pagesOfLedgers,
  pagesOfPostTrade,
  pagesOfTrades,
  pagesOfTradesHistory,
  pagesOfWithdrawals,
  type SpotClient,
} from './index.ts';

type Clients = { readonly spot: SpotClient; readonly futures: FuturesClient };
type Rows = AsyncIterable<readonly [id: string, row: unknown]>;

/** At most so many rows share a moment, and every page holds more. */
const CROWD = 4;
const MOMENTS_MS = 24;
/** Later than every row. */
const END_S = EPOCH_MS / 1000 + 1000;
const from_ts = '2025-12-31T00:00:00Z';

/** Rows that are known by their number in all of them. */
const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0]);

const SOURCES: Readonly<Record<string, (clients: Clients, count: number) => Rows>> = {
  Trades: ({ spot }, count) => pagesOfTrades(spot, { pair: 'XBTUSD', count }),
  PostTrade: ({ spot }, count) => pagesOfPostTrade(spot, { from_ts, count }),
  Ledgers: ({ spot }) => pagesOfLedgers(spot),
  'Ledgers, to an end': ({ spot }) => pagesOfLedgers(spot, { end: END_S }),
  TradesHistory: ({ spot }) => pagesOfTradesHistory(spot),
  ClosedOrders: ({ spot }) => pagesOfClosedOrders(spot, { without_count: true }),
  DepositStatus: ({ spot }) => pagesOfDeposits(spot),
  WithdrawStatus: ({ spot }) => pagesOfWithdrawals(spot),
  'Earn/Strategies': ({ spot }) => pagesOfEarnStrategies(spot),
  executions: ({ futures }) => pagesOfHistory(futures, 'orderHistory', {}),
  'market executions': ({ futures }) =>
    pagesOfHistory(futures, 'marketOrderHistory', { tradeable: 'PF_XBTUSD' }),
  fills: ({ futures }) => pagesOfFills(futures),
  history: ({ futures }) => pagesOfFuturesTrades(futures, { symbol: 'PF_XBTUSD' }),
  'account-log': ({ futures }, count) => pagesOfAccountLog(futures, { count }),
  'account-log, ascending': ({ futures }, count) =>
    pagesOfAccountLog(futures, { count, sort: 'asc' }),
};
/** Those where a row can go while one reads: an order or an entry that no filter takes any more. */
const CAN_LOSE = new Set(['Ledgers', 'Ledgers, to an end', 'TradesHistory', 'ClosedOrders']);

/** How many rows each moment has, from the oldest on. */
const crowds = fc.array(fc.integer({ min: 0, max: CROWD }), {
  minLength: 1,
  maxLength: MOMENTS_MS,
});
/** What happens after a page: so many rows arrive at the newest moments, so many go. */
const events = fc.array(
  fc.record({
    arriving: fc.integer({ min: 0, max: CROWD }),
    going: fc.integer({ min: 0, max: 8 }),
    size: fc.integer({ min: CROWD + 1, max: 12 }),
    every: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('the paginators', () => {
  it.each(Object.entries(SOURCES))(
    '%s: no row is skipped or given twice, while rows arrive and go, share a moment, and pages shrink',
    async (name, open) => {
      await fc.assert(
        fc.asyncProperty(
          crowds,
          events,
          fc.boolean(),
          fc.boolean(),
          fc.integer({ min: 1, max: 12 }),
          async (moments, script, isInclusive, counts, count) => {
            let rows: PagedRow[] = [];
            let lastId = 0;
            const arrive = (atMs: number): void => {
              lastId += 1;
              rows.push({ id: lastId, atMs });
            };
            for (const [atMs, crowd] of moments.entries()) {
              for (let row = 0; row < crowd; row += 1) arrive(atMs);
            }
            const first = new Set(rows.map(({ id }) => id));
            const gone = new Set<number>();
            let served = 0;
            const size = (): number => {
              const event = script[served % script.length];
              served += 1;
              return event?.size ?? CROWD + 1;
            };
            /** Runs between two pages, and in the middle of one. */
            const play = (): void => {
              const event = script[served % script.length];
              // In the end it rests, or an ascending reader would never come to the end.
              if (event === undefined || served > 3 * script.length) return;
              for (let row = 0; row < event.arriving; row += 1) arrive(MOMENTS_MS + served);
              if (!CAN_LOSE.has(name)) return;
              const going = rows.toReversed().filter((_, index) => index % event.every === 0);
              for (const { id } of going.slice(0, event.going)) gone.add(id);
              rows = rows.filter(({ id }) => !gone.has(id));
            };
            const rules = { rows: () => rows, size, isInclusive, counts };
            await withPages(rules, async (clients) => {
              const given: number[] = [];
              for await (const [id] of open(clients, count)) {
                given.push(numberOf(id));
                if (given.length % 3 === 0) play();
              }
              const seen = new Set(given);
              expect(seen.size).toBe(given.length);
              expect([...first].filter((id) => !gone.has(id) && !seen.has(id))).toStrictEqual([]);
            });
          },
        ),
        { numRuns: 6 },
      );
    },
  );

  it.each([
    ['Trades', 1000, '1767225600005000000'],
    ['PostTrade', 1000, '2026-01-01T00:00:00.005'],
    ['fills', 100, '2026-01-01T00:00:00.005'],
    ['history', 100, '2026-01-01T00:00:00.005'],
  ] as const)(
    '%s: more rows of one moment than a page of %i holds are an error, not a gap',
    async (name, pageSize, moment) => {
      const rows = Array.from({ length: pageSize + 20 }, (_, id) => ({ id, atMs: 5 }));
      const rules = { rows: () => rows, size: () => pageSize, isInclusive: true, counts: true };
      await withPages(rules, async (clients) => {
        const read = async (): Promise<void> => {
          const open = SOURCES[name];
          if (open === undefined) throw new Error('no source');
          for await (const _ of open(clients, 10)) continue;
        };
        expect(await failureOf(read())).toMatchObject({
          code: 'PAGE_STUCK',
          message: expect.stringContaining(moment) as string,
        });
      });
    },
  );
});
