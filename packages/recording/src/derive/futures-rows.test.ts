import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordCapture, recordTexts } from '../../test/record-capture.ts';
import { temporaryDirectory } from '../../test/support.ts';
import { exportFiles } from '../export.ts';
import type { TableName } from './tables.ts';

const captures = process.env['KR_CAPTURES'] ?? '';
const TABLES = ['futures_book', 'futures_trade', 'futures_ticker'] as const;

interface RawLevel {
  readonly price: string;
  readonly qty: string;
}

/** A message of the capture, its numbers as texts. */
interface RawFutures {
  readonly event?: string;
  readonly feed?: string;
  readonly product_id?: string;
  readonly side?: string;
  readonly seq?: string;
  readonly price?: string;
  readonly qty?: string;
  readonly bids?: readonly RawLevel[];
  readonly asks?: readonly RawLevel[];
  readonly trades?: readonly unknown[];
}

type Lines = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** The rows of these tables, read back from the files that were exported. */
async function derived(
  record: (directory: string) => Promise<void>,
  tables: readonly TableName[] = TABLES,
): Promise<Lines> {
  await using directory = await temporaryDirectory();
  await record(directory.join('recording'));
  const to = directory.join('out');
  await exportFiles(directory.join('recording'), { to, formats: ['ndjson'], tables });
  const files = tables.map(async (table) => {
    const text = await readFile(join(to, `${table}.ndjson`), 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return [table, lines.map((line) => JSON.parse(line) as Record<string, unknown>)] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

describe('rows of futures', () => {
  it('are the levels, the trades and the tickers as they were printed', async () => {
    const rows = await derived((directory) =>
      recordTexts(
        [
          '{"feed":"book_snapshot","product_id":"PI_XBTUSD","timestamp":1646479025941,"seq":7,"tickSize":null,"bids":[{"price":39080.50,"qty":1.0}],"asks":[{"price":39081.0,"qty":2.10}]}',
          '{"feed":"book","product_id":"PI_XBTUSD","side":"buy","seq":8,"price":39080.5,"qty":0.0,"timestamp":1646479025942}',
          '{"feed":"trade","product_id":"PI_XBTUSD","uid":"df029bc0","side":"sell","type":"fill","seq":222737,"time":1646472684700,"qty":386.0,"price":39054.5}',
          '{"feed":"ticker","product_id":"PI_XBTUSD","time":1654164693039,"bid":29892.5,"ask":29916.0,"bid_size":4977.0,"ask_size":1477.0,"funding_rate":-6.26042140001e-12,"markPrice":29904.25,"openInterest":7790153.0,"suspended":false,"dtm":22}',
          '{"feed":"open_orders","orders":[]}',
        ],
        directory,
      ),
    );
    expect(rows['futures_book']).toMatchObject([
      { type: 'snapshot', side: 'bid', price: '39080.50', quantity: '1.0', seq: 7 },
      { type: 'snapshot', side: 'ask', price: '39081.0', quantity: '2.10', seq: 7 },
      { type: 'update', side: 'bid', price: '39080.5', quantity: '0.0', seq: 8 },
    ]);
    expect(rows['futures_book']?.[2]).toMatchObject({
      symbol: 'PI_XBTUSD',
      exchange_time: '2022-03-05T11:17:05.942000000Z',
    });
    expect(rows['futures_trade']).toMatchObject([
      { side: 'sell', price: '39054.5', quantity: '386.0', trade_type: 'fill', uid: 'df029bc0' },
    ]);
    expect(rows['futures_ticker']).toMatchObject([
      {
        ...{ type: 'ticker', bid_qty: '4977.0', mark_price: '29904.25', suspended: false },
        funding_rate: '-6.26042140001e-12',
      },
    ]);
  });
});

describe.skipIf(captures === '')('the real capture of futures (needs KR_CAPTURES)', () => {
  it('gives the rows that an independent reading of the raw file gives', async () => {
    const capture = join(captures, 'futures-v1/feed-10products-20210722.ndjson');
    const rows = await derived((directory) => recordCapture(capture, directory));
    // Numbers as texts, so that no digit is lost; nothing of the package is used.
    const messages = readFileSync(capture, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll(/:(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[,}\]])/g, ':"$1"'))
      .map((line) => JSON.parse(line) as RawFutures);
    const books = messages.flatMap((message) => {
      const { event, feed, product_id, side, seq, price, qty, bids = [], asks = [] } = message;
      if (event !== undefined) return [];
      if (feed === 'book') return [[product_id, side === 'buy' ? 'bid' : 'ask', price, qty, seq]];
      if (feed !== 'book_snapshot') return [];
      const levels = (name: string, items: readonly RawLevel[]) =>
        items.map((level) => [product_id, name, level.price, level.qty, seq]);
      return [...levels('bid', bids), ...levels('ask', asks)];
    });
    expect(
      rows['futures_book']?.map(({ symbol, side, price, quantity, seq }) => [
        ...[symbol, side, price, quantity],
        String(seq),
      ]),
    ).toEqual(books);
    expect(books.length).toBeGreaterThan(7000);
    const count = (...feeds: string[]): number =>
      messages.filter(({ event, feed }) => event === undefined && feeds.includes(feed ?? ''))
        .length;
    expect(rows['futures_ticker']).toHaveLength(count('ticker', 'ticker_lite'));
    const inSnapshots = messages
      .filter(({ event, feed }) => event === undefined && feed === 'trade_snapshot')
      .reduce((sum, { trades }) => sum + (trades?.length ?? 0), 0);
    expect(rows['futures_trade']).toHaveLength(count('trade') + inSnapshots);
  });

  it('gives the ticker and trade rows of v1 that an independent reading gives', async () => {
    const tickers = join(captures, 'spot-v1/ticker-10pairs-20210417.ndjson');
    const trades = join(captures, 'spot-v1/trade-10pairs-20210417.ndjson');
    type V1 = readonly [number, never, string, string];
    const raw = (path: string): V1[] =>
      readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as V1)
        .filter((value) => Array.isArray(value));
    const tickerRows = await derived((to) => recordCapture(tickers, to), ['ticker_v1']);
    expect(
      tickerRows['ticker_v1']?.map(({ symbol, ask_price, bid_lot_volume, trades_24h }) => [
        ...[symbol, ask_price, bid_lot_volume],
        Number(trades_24h),
      ]),
    ).toEqual(
      raw(tickers).map(([, body, , pair]) => {
        const { a, b, t } = body as { a: string[]; b: string[]; t: number[] };
        return [pair, a[0], b[2], t[1]];
      }),
    );
    const tradeRows = await derived((to) => recordCapture(trades, to), ['trade']);
    const expected = raw(trades).flatMap(([, body, , pair]) =>
      (body as string[][]).map(([price, volume, , side]) => [
        ...[pair, price, volume],
        side === 'b' ? 'buy' : 'sell',
      ]),
    );
    expect(
      tradeRows['trade']?.map(({ symbol, price, quantity, side }) => [
        ...[symbol, price, quantity, side],
      ]),
    ).toEqual(expected);
    expect(expected).toHaveLength(10);
  });
});
