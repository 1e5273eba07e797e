import { appendFile, readFile } from 'node:fs/promises';
import { formatTimestamp } from '@kr/schemas/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { recordTexts } from '../../test/record-capture.ts';
import { appendAll, feedTexts } from '../../test/recorded.ts';
import { openWriter, START_NS, temporaryDirectory } from '../../test/support.ts';
import {
  type FetchedTrade,
  findBookHoles,
  REPAIRED_NAME,
  readRepaired,
  rebuildCandles,
  repairTrades,
} from '../repair.ts';
import { IdRuns } from './id-runs.ts';

const SECOND = 1_000_000_000n;
const timeOf = (id: number): string => formatTimestamp(START_NS + BigInt(id) * SECOND);
const tradeText = (...ids: number[]): string =>
  `{"channel":"trade","type":"update","data":[${ids
    .map(
      (id) =>
        `{"symbol":"BTC/USD","side":"buy","price":${id}.10,"qty":0.5,"ord_type":"limit","trade_id":${id},"timestamp":"${timeOf(id)}"}`,
    )
    .join(',')}]}`;
const fetched = (id: number): FetchedTrade => ({
  ...{ trade_id: id, side: 'buy', price: `${id}.10`, qty: '0.5', ord_type: 'limit' },
  timestamp: timeOf(id),
});

/** An exchange with trades 1 to 100, in pages of so many; `without` some. */
function exchange(pageSize: number, without: readonly number[] = []) {
  const asked: bigint[] = [];
  const fetchTrades = async function* (
    _symbol: string,
    sinceNs: bigint,
  ): AsyncGenerator<FetchedTrade[]> {
    asked.push(sinceNs);
    const ids = Array.from({ length: 100 }, (_, at) => at + 1).filter(
      (id) => START_NS + BigInt(id) * SECOND >= sinceNs && !without.includes(id),
    );
    for (let at = 0; at < ids.length; at += pageSize)
      yield await Promise.resolve(ids.slice(at, at + pageSize).map(fetched));
  };
  return { asked, fetchTrades };
}

describe('repairTrades', () => {
  it('fetches what is missing between recorded trades, once, beside the journal', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(
      [tradeText(10, 11), tradeText(11, 15), tradeText(16), tradeText(40, 41)],
      directory.path,
    );
    const before = await readFile(directory.join('segment-000001.krj'));
    const { asked, fetchTrades } = exchange(7);
    expect(await repairTrades(directory.path, { fetchTrades })).toEqual([
      { type: 'range', symbol: 'BTC/USD', fromId: 12, toId: 14, fetched: 3, repaired: true },
      { type: 'range', symbol: 'BTC/USD', fromId: 17, toId: 39, fetched: 23, repaired: true },
    ]);
    expect(asked).toEqual([11n, 16n].map((id) => START_NS + id * SECOND));
    const rows = await readRepaired(directory.path);
    const ids = rows.flatMap((row) => (row.type === 'trade' ? row.trade_id : []));
    expect(ids).toEqual([12, 13, 14, ...Array.from({ length: 23 }, (_, at) => 17 + at)]);
    expect(await repairTrades(directory.path, { fetchTrades })).toEqual([]);
    expect(await readFile(directory.join('segment-000001.krj'))).toEqual(before);
  });

  it('says what was not found, and goes on after a failure and a torn line', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts([tradeText(1), tradeText(5), tradeText(9)], directory.path);
    const partly = exchange(2, [3]);
    const failing = async function* (
      symbol: string,
      sinceNs: bigint,
    ): AsyncGenerator<FetchedTrade[]> {
      if (sinceNs > START_NS + 4n * SECOND) throw new Error('EService:Unavailable');
      yield* partly.fetchTrades(symbol, sinceNs);
    };
    await expect(repairTrades(directory.path, { fetchTrades: failing })).rejects.toThrow(
      'EService',
    );
    await appendFile(directory.join(REPAIRED_NAME), '{"type":"trade","torn');
    expect(await repairTrades(directory.path, partly)).toEqual([
      { type: 'range', symbol: 'BTC/USD', fromId: 3, toId: 3, fetched: 0, repaired: false },
      { type: 'range', symbol: 'BTC/USD', fromId: 6, toId: 8, fetched: 3, repaired: true },
    ]);
    expect(
      (await readRepaired(directory.path)).filter(({ type }) => type === 'trade'),
    ).toHaveLength(5);
  });
});

it('finds the holes between ids as a set does, in any order', () => {
  const ids = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(ids, (seen) => {
      const runs = new IdRuns();
      for (const id of seen) runs.add(id, BigInt(id));
      const found = runs
        .holes()
        .flatMap(({ fromId, toId }) =>
          Array.from({ length: toId - fromId + 1 }, (_, at) => fromId + at),
        );
      const known = new Set(seen);
      const [low, high] = [Math.min(...seen), Math.max(...seen)];
      const expected = Array.from({ length: high - low + 1 }, (_, at) => low + at).filter(
        (id) => !known.has(id),
      );
      expect(found).toEqual(expected);
    }),
  );
});

it('rebuilds candles from trades, exactly', () => {
  const at = (seconds: number, price: string, quantity: string) => ({
    ...{ symbol: 'BTC/USD', price, quantity },
    ns: BigInt(seconds) * SECOND,
  });
  expect(
    rebuildCandles(
      [
        at(60, '100.0', '0.10'),
        at(61, '102.0', '0.20'),
        at(119, '99.0', '0.10'),
        at(180, '7.0', '1'),
      ],
      1,
    ),
  ).toEqual([
    {
      ...{ symbol: 'BTC/USD', beginNs: 60n * SECOND, open: '100.0', high: '102.0', low: '99.0' },
      ...{ close: '99.0', volume: '0.40', vwap: '100.8', trades: 3 },
    },
    {
      ...{ symbol: 'BTC/USD', beginNs: 180n * SECOND, open: '7.0', high: '7.0', low: '7.0' },
      ...{ close: '7.0', volume: '1', vwap: '7.0', trades: 1 },
    },
  ]);
});

const ms = (count: bigint): bigint => START_NS + count * 1_000_000n;

it('marks where books are not proved, and why', async () => {
  await using directory = await temporaryDirectory();
  const writer = await openWriter(directory.path);
  const lost = feedTexts(new BookFeed('BTC/USD'), 6).filter((_, at) => at !== 4);
  appendAll(writer, [...lost, new BookFeed('BTC/USD').snapshot()]);
  writer.appendGap({ reason: 'disconnect', symbols: [], repaired: false, connectionId: 1 });
  appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 1), 2, START_NS + 60n * SECOND);
  writer.appendGap({ reason: 'disconnect', symbols: [], repaired: false, connectionId: 2 });
  await writer.close();
  expect(await findBookHoles(directory.path)).toEqual([
    { symbol: 'BTC/USD', channel: 'book', reason: 'checksum', fromNs: ms(3n), toNs: ms(7n) },
    { symbol: 'BTC/USD', channel: 'book', reason: 'disconnect', fromNs: ms(7n), toNs: ms(60_001n) },
    {
      symbol: 'BTC/USD',
      channel: 'book',
      reason: 'disconnect',
      fromNs: ms(60_002n),
      toNs: undefined,
    },
  ]);
});
