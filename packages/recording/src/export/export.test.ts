import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { L2Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { rawBookRows } from '../../test/independent.ts';
import { recordCapture, recordTexts } from '../../test/record-capture.ts';
import { feedTexts } from '../../test/recorded.ts';
import { openWriter, temporaryDirectory } from '../../test/support.ts';
import { exportFiles, writeLiveBooks } from '../export.ts';

const captures = process.env['KR_CAPTURES'] ?? '';

const TICKER =
  '{"channel":"ticker","type":"snapshot","data":[{"symbol":"BTC/USD","bid":65972.8,"bid_qty":0.10000000,"ask":65972.9,"ask_qty":39.67506683,"last":65972.9,"volume":4216.61829370,"vwap":64275.2,"low":61325.4,"high":66450.0,"change":4412.1,"change_pct":7.17}]}';
const TICKER_V1 =
  '[340,{"a":["5525.40000",1,"1.000"],"b":["5525.10000",1,"1.000"],"c":["5525.10000","0.00398963"],"v":["2634.11501494","3591.17907851"],"p":["5631.44067","5653.78939"],"t":[11493,16267],"l":["5505.00000","5505.00000"],"h":["5783.00000","5783.00000"],"o":["5760.70000","5763.40000"]},"ticker","XBT/USD"]';
const TRADE =
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":68500.0,"qty":0.01044926,"ord_type":"limit","trade_id":70635299,"timestamp":"2024-05-27T12:43:11.798009Z"}]}';
const OHLC =
  '{"channel":"ohlc","type":"update","timestamp":"2024-05-17T11:21:16.318303322Z","data":[{"symbol":"ETH/USD","open":3027.80,"high":3027.80,"low":3026.13,"close":3026.13,"trades":9,"volume":13.31603062,"vwap":3027.01,"interval_begin":"2024-05-17T11:12:00.000000000Z","interval":1,"timestamp":"2024-05-17T11:13:00.000000Z"}]}';
const LEVEL3 =
  '{"channel":"level3","type":"snapshot","data":[{"symbol":"BTC/USD","checksum":3178675916,"bids":[{"order_id":"OTCFZG-YOE2Q-LQKNM3","limit_price":44939.4,"order_qty":0.88968699,"timestamp":"2024-01-08T12:26:39.526146327Z"},{"order_id":"OFGP5R-B3E7G-54EZD6","limit_price":44939.4,"order_qty":0.45210000,"timestamp":"2024-01-08T12:26:39.530287934Z"}],"asks":[]}]}';
const TEXTS = [TICKER, TICKER_V1, TRADE, OHLC, LEVEL3];

async function exported(
  texts: readonly string[],
  formats: 'known' | 'csv' | 'ndjson',
): Promise<Map<string, string>> {
  await using directory = await temporaryDirectory();
  await recordTexts(texts, directory.join('recording'));
  const to = directory.join('out');
  await exportFiles(directory.join('recording'), { to, formats: [formats] });
  const names = await readdir(to);
  const read = names.map(async (name) => [name, await readFile(join(to, name), 'utf8')] as const);
  return new Map(await Promise.all(read));
}

describe('exportFiles', () => {
  it('writes the files of older tools, by name and columns, to the last digit', async () => {
    const files = await exported(TEXTS, 'known');
    expect(Object.fromEntries(files)).toEqual({
      'kraken_ticker_history.csv':
        'timestamp,pair,ask_price,ask_whole_lot_volume,ask_lot_volume,bid_price,bid_whole_lot_volume,bid_lot_volume,last_trade_price,last_trade_volume,volume_today,volume_24h,vwap_today,vwap_24h,trades_today,trades_24h,low_today,low_24h,high_today,high_24h,opening_price\n' +
        '2025-11-21T02:30:01.000000000Z,XBT/USD,5525.40000,1,1.000,5525.10000,1,1.000,5525.10000,0.00398963,2634.11501494,3591.17907851,5631.44067,5653.78939,11493,16267,5505.00000,5505.00000,5783.00000,5783.00000,5760.70000\n',
      'kraken_ticker_history_v2.csv':
        'timestamp,pair,type,bid,bid_qty,ask,ask_qty,last,volume,vwap,low,high,change,change_pct\n' +
        '2025-11-21T02:30:00.000000000Z,BTC/USD,snapshot,65972.8,0.10000000,65972.9,39.67506683,65972.9,4216.61829370,64275.2,61325.4,66450.0,4412.1,7.17\n',
      'L1.csv':
        'timestamp,symbol,bid,bid_qty,ask,ask_qty,last,volume,vwap,low,high,change,change_pct\n' +
        '2025-11-21T02:30:00.000000000Z,BTC/USD,65972.8,0.10000000,65972.9,39.67506683,65972.9,4216.61829370,64275.2,61325.4,66450.0,4412.1,7.17\n',
      'L3.csv':
        'side,ts_event,ts_recv,price,size,action,order_id,symbol\n' +
        'bid,2024-01-08T12:26:39.526146327Z,2025-11-21T02:30:04.000000000Z,44939.4,0.88968699,add,OTCFZG-YOE2Q-LQKNM3,BTC/USD\n' +
        'bid,2024-01-08T12:26:39.530287934Z,2025-11-21T02:30:04.000000000Z,44939.4,0.45210000,add,OFGP5R-B3E7G-54EZD6,BTC/USD\n',
      'OHLC.csv':
        'timestamp,symbol,open,high,low,close,volume,vwap,trades,tstart,ttrue\n' +
        '2024-05-17T11:13:00.000000000Z,ETH/USD,3027.80,3027.80,3026.13,3026.13,13.31603062,3027.01,9,2024-05-17T11:12:00.000000000Z,2025-11-21T02:30:03.000000000Z\n',
      'trades.csv':
        'ts_event,symbol,price,qty,side,ord_type,trade_id\n' +
        '2024-05-27T12:43:11.798009000Z,BTC/USD,68500.0,0.01044926,buy,limit,70635299\n',
      'connection_events.csv':
        'timestamp,connection_id,event,reason,detail\n2025-11-21T02:30:00.000000000Z,1,connect,,\n',
    });
  });

  it('says of an L3 message what its checksum says', async () => {
    const files = await exported([LEVEL3], 'ndjson');
    const [first] = (files.get('level3.ndjson') ?? '').split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      price: '44939.4',
      checksum: 3178675916,
      verdict: 'verified',
    });
  });

  it('samples books at an interval, wide and long', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 6), directory.join('recording'));
    const to = directory.join('out');
    const sample = { every: 2000, levels: 2 };
    const tables = ['book_sample'] as const;
    await exportFiles(directory.join('recording'), {
      to,
      formats: ['wide', 'csv'],
      sample,
      tables,
    });
    const wide = (await readFile(join(to, 'book_wide.csv'), 'utf8')).trimEnd().split('\n');
    expect(wide[0]).toBe(
      'symbol,timestamp,ts_recv,ask_px_0,ask_sz_0,bid_px_0,bid_sz_0,ask_px_1,ask_sz_1,bid_px_1,bid_sz_1',
    );
    expect(wide.slice(1).map((line) => line.split(',').slice(2, 6).join(' '))).toEqual([
      '2025-11-21T02:30:02.000000000Z 1001.0 1.00000000 999.0',
      '2025-11-21T02:30:04.000000000Z 1001.0 1.00000000 999.0',
      '2025-11-21T02:30:06.000000000Z 1001.0 1.00000000 999.0',
    ]);
    const long = (await readFile(join(to, 'book_sample.csv'), 'utf8')).trimEnd().split('\n');
    expect(long).toHaveLength(1 + 3 * 2 * 2);
  });

  it('samples on each change of the levels asked for', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 6), directory.join('recording'));
    const to = directory.join('out');
    const sample = { every: 'change', levels: 10 } as const;
    await exportFiles(directory.join('recording'), { to, formats: ['wide'], sample });
    // A snapshot and six updates, each of which changes the book.
    expect((await readFile(join(to, 'book_wide.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(
      8,
    );
  });

  it('goes on after an interruption at any segment, and ends as an unbroken run does', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    await recordTexts([...TEXTS, ...feedTexts(new BookFeed('BTC/USD'), 120), ...TEXTS], path);
    const formats = ['csv', 'ndjson', 'known'] as const;
    const whole = directory.join('whole');
    const written = await exportFiles(path, { to: whole, formats });
    const names = (await readdir(whole)).toSorted();
    expect(names).toEqual(written.map(({ name }) => name).toSorted());
    const to = directory.join('resumed');
    const begun = new Set<number>();
    for (let round = 0; ; round += 1) {
      const aborting = new AbortController();
      const started = new Set<number>();
      const run = exportFiles(path, {
        to,
        formats,
        signal: aborting.signal,
        onProgress: ({ segment }) => {
          started.add(segment);
          if (started.size > 3) aborting.abort(new Error('interrupted'));
        },
      });
      const error: unknown = await run.then(() => undefined).catch((reason: unknown) => reason);
      for (const segment of started) begun.add(segment);
      expect([...started].toSorted((a, b) => a - b)[0]).toBe(1 + 3 * round);
      if (error === undefined) break;
      expect(error).toMatchObject({ message: 'interrupted' });
      expect((await readdir(to)).filter((name) => names.includes(name))).toEqual([]);
    }
    expect(begun.size).toBeGreaterThan(8);
    for (const name of names) {
      expect([name, await readFile(join(to, name), 'utf8')]).toEqual([
        name,
        await readFile(join(whole, name), 'utf8'),
      ]);
    }
    expect((await readdir(to)).toSorted()).toEqual(names);
  });

  it.each([
    ['has its name already', (partial: string) => rename(partial, partial.replace('.partial', ''))],
    ['is gone', (partial: string) => rm(partial)],
  ])('begins anew where a file that was being made %s', async (_, change) => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 120), path);
    const formats = ['csv', 'ndjson'] as const;
    const whole = directory.join('whole');
    await exportFiles(path, { to: whole, formats });
    const to = directory.join('resumed');
    const aborting = new AbortController();
    const interrupted = exportFiles(path, {
      ...{ to, formats, signal: aborting.signal },
      onProgress: ({ segment }) => segment > 3 && aborting.abort(new Error('interrupted')),
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(await readdir(to)).toContain('.export-state.json');
    await change(join(to, 'book.csv.partial'));
    await exportFiles(path, { to, formats });
    const names = (await readdir(whole)).toSorted();
    expect((await readdir(to)).toSorted()).toEqual(names);
    for (const name of names) {
      expect(await readFile(join(to, name), 'utf8')).toBe(
        await readFile(join(whole, name), 'utf8'),
      );
    }
  });

  it('keeps gaps, connects and disconnects', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.join('recording'));
    writer.appendGap({
      ...{
        reason: 'disconnect',
        symbols: ['BTC/USD', 'ETH/USD'],
        repaired: false,
        connectionId: 1,
      },
      ...{ from: '2026-01-01T00:00:00.000000000Z', to: '2026-01-01T00:00:01.000000000Z' },
      detail: 'closed, "1006"',
    });
    await writer.close();
    const to = directory.join('out');
    await exportFiles(directory.join('recording'), {
      to,
      formats: ['csv'],
      tables: ['gaps', 'connections'],
    });
    expect(await readFile(join(to, 'gaps.csv'), 'utf8')).toBe(
      'received_at,reason,from,to,channel,symbols,connection_id,repaired,detail\n' +
        '1970-01-01T00:00:00.000000000Z,disconnect,2026-01-01T00:00:00.000000000Z,2026-01-01T00:00:01.000000000Z,,BTC/USD ETH/USD,1,false,"closed, ""1006"""\n',
    );
    expect(await readFile(join(to, 'connections.csv'), 'utf8')).toContain(
      '2026-01-01T00:00:00.000000000Z,1,disconnect,disconnect',
    );
  });
});

it('rewrites the current books as a whole', async () => {
  await using directory = await temporaryDirectory();
  const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
  book.applySnapshot({ bids: [{ price: '45283.5', quantity: '0.10000000' }], asks: [] });
  for (const at of ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z']) {
    await writeLiveBooks(directory.path, new Map([['BTC/USD', book]]), at);
  }
  expect(await readdir(directory.path)).toEqual(['L2_live_orderbooks.json']);
  const text = await readFile(directory.join('L2_live_orderbooks.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    'BTC/USD': { timestamp: '2026-01-01T00:00:01Z', bids: [['45283.5', '0.10000000']], asks: [] },
  });
});

describe.skipIf(captures === '')('the real captures (needs KR_CAPTURES)', () => {
  it.each([
    ['spot-v2/book-d10-BTCUSD-20260719.ndjson', 0],
    ['spot-v2/book-d10-BTCUSD-20260720-with-hole.ndjson', 17],
  ])(
    'gives the rows and verdicts of %s that an independent script computes from it',
    async (name, wrong) => {
      await using directory = await temporaryDirectory();
      await recordCapture(join(captures, name), directory.join('recording'));
      const to = directory.join('out');
      await exportFiles(directory.join('recording'), { to, formats: ['csv'], tables: ['book'] });
      const lines = (await readFile(join(to, 'book.csv'), 'utf8')).trimEnd().split('\n').slice(1);
      const rows = lines.map((line) => line.split(',').slice(5));
      const expected = rawBookRows(join(captures, name), 10);
      expect(rows).toEqual(expected);
      expect(rows.length).toBeGreaterThan(50);
      const mismatched = lines.filter((line) => line.endsWith(',mismatch'));
      expect(new Set(mismatched.map((line) => line.split(',')[3])).size).toBe(wrong);
    },
  );
});
