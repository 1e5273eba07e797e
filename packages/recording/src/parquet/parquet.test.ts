import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { rawBookRows } from '../../test/independent.ts';
import { recordCapture, recordTexts } from '../../test/record-capture.ts';
import { feedTexts } from '../../test/recorded.ts';
import { temporaryDirectory } from '../../test/support.ts';
import { columnsOf, TABLE_NAMES } from '../derive/tables.ts';
import { exportFiles } from '../export.ts';
import { deriveParquet, exportDatabase, readDerived } from '../parquet.ts';
import { scaled } from './duck-types.ts';

const captures = process.env['KR_CAPTURES'] ?? '';
const MESSAGES = [
  '{"channel":"ticker","type":"snapshot","data":[{"symbol":"BTC/USD","bid":65972.8,"bid_qty":0.10000000,"ask":65972.9,"ask_qty":39.67506683,"last":65972.9,"volume":4216.61829370,"vwap":64275.2,"low":61325.4,"high":66450.0,"change":4412.1,"change_pct":7.17}]}',
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":68500.0,"qty":0.01044926,"ord_type":"limit","trade_id":70635299,"timestamp":"2024-05-27T12:43:11.798009Z"}]}',
  '{"channel":"level3","type":"snapshot","data":[{"symbol":"ETH/USD","checksum":3178675916,"bids":[{"order_id":"OTCFZG-YOE2Q-LQKNM3","limit_price":44939.4,"order_qty":0.88968699,"timestamp":"2024-01-08T12:26:39.526146327Z"}],"asks":[]}]}',
];

async function ask(sql: string, database = ':memory:'): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(database);
  try {
    const connection = await instance.connect();
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    instance.closeSync();
  }
}

async function filesOf(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.filter((name) => name.endsWith('.parquet')).toSorted();
}

/** Derives until so many segments were read in this run; false when it came to its end. */
async function isInterrupted(path: string, to: string, segments: number): Promise<boolean> {
  const aborting = new AbortController();
  const seen = new Set<number>();
  const onProgress = ({ segment }: { readonly segment: number }): void => {
    if (seen.add(segment).size >= segments) aborting.abort(new Error('interrupted'));
  };
  try {
    await deriveParquet(path, { to, signal: aborting.signal, onProgress });
    return false;
  } catch (error) {
    if (aborting.signal.reason === error) return true;
    throw error;
  }
}

function bookRows(from: string): Promise<Record<string, unknown>[]> {
  return ask(
    `SELECT * FROM read_parquet('${from}/channel=book/**/*.parquet', hive_partitioning = true) ORDER BY ALL`,
  );
}

describe('deriveParquet', () => {
  it('gives exact decimals, both clocks and the verdict, partitioned by channel, symbol and date', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 50), path);
    const { rows, segments } = await deriveParquet(path);
    expect(segments.length).toBeGreaterThan(2);
    expect(rows['book']).toBe(20 + 50);
    const files = await filesOf(join(path, 'parquet'));
    expect(files).toContain(
      'channel=book/symbol=BTC%2FUSD/date=2025-11-21/segment-000001-0-0.parquet',
    );
    const from = `read_parquet('${path}/parquet/channel=book/**/*.parquet', hive_partitioning = true)`;
    expect(
      await ask(
        `SELECT DISTINCT typeof(price) AS price, typeof(quantity) AS quantity, typeof(received_at) AS received_at FROM ${from}`,
      ),
    ).toEqual([
      { price: 'DECIMAL(38,18)', quantity: 'DECIMAL(38,18)', received_at: 'TIMESTAMP_NS' },
    ]);
    const [first] = await ask(`SELECT * FROM ${from} ORDER BY sequence, side, price LIMIT 1`);
    expect(first).toMatchObject({
      ...{ symbol: 'BTC/USD', side: 'ask', price: '1001.000000000000000000' },
      ...{ quantity: '1.000000000000000000', verdict: 'verified', connection_id: '1' },
      received_at: '2025-11-21 02:30:01',
    });
  });

  it('does each segment once, and goes on with what is new', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    const to = join(path, 'parquet');
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 30), path);
    const first = await deriveParquet(path);
    const files = await filesOf(to);
    const times = await Promise.all(
      files.map(async (name) => (await stat(join(to, name))).mtimeMs),
    );
    expect(await deriveParquet(path)).toEqual({ segments: [], rows: {} });
    await recordTexts(feedTexts(new BookFeed('ETH/USD'), 30), path);
    const second = await deriveParquet(path);
    expect(second.segments[0]?.segment).toBe(first.segments.length + 1);
    const again = await Promise.all(
      files.map(async (name) => (await stat(join(to, name))).mtimeMs),
    );
    expect(again).toEqual(times);
    expect([...(await readDerived(to)).keys()]).toHaveLength(
      first.segments.length + second.segments.length,
    );
  });

  it.each(['with its checkpoint', 'without a checkpoint'])(
    'ends as an unbroken run does, interrupted again and again, %s',
    async (how) => {
      await using directory = await temporaryDirectory();
      const path = directory.join('recording');
      await recordTexts(feedTexts(new BookFeed('BTC/USD'), 80), path);
      const whole = directory.join('whole');
      await deriveParquet(path, { to: whole });
      const to = directory.join('broken');
      let rounds = 1;
      while (await isInterrupted(path, to, how === 'with its checkpoint' ? 3 : 2 * rounds + 1)) {
        rounds += 1;
        const names = await readdir(to);
        const checkpoints = names.filter((name) => name.startsWith('.checkpoint'));
        if (how === 'without a checkpoint') {
          for (const name of checkpoints) await rm(join(to, name));
        }
      }
      expect(rounds).toBeGreaterThan(2);
      expect(await filesOf(to)).toEqual(await filesOf(whole));
      expect(await bookRows(to)).toEqual(await bookRows(whole));
      for (const [, { files }] of await readDerived(to)) {
        for (const file of files) {
          expect((await readFile(join(to, file.path))).length).toBe(file.bytes);
        }
      }
    },
  );

  it('puts the same tables, rows and digits into one DuckDB file', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    const file = directory.join('all.duckdb');
    const options = { sample: { every: 'change', levels: 2 }, metrics: { everyMs: 1000 } } as const;
    await recordTexts([...feedTexts(new BookFeed('BTC/USD'), 20), ...MESSAGES], path);
    const counts = await exportDatabase(path, file, options);
    // Again, over what stands there.
    expect(await exportDatabase(path, file, options)).toEqual(counts);
    const to = directory.join('csv');
    await exportFiles(path, { to, formats: ['csv'], ...options });
    expect((await readdir(directory.path)).toSorted()).toEqual(['all.duckdb', 'csv', 'recording']);
    const tables = await ask('SELECT table_name FROM duckdb_tables() ORDER BY ALL', file);
    expect(tables.map(({ table_name }) => table_name)).toEqual([...TABLE_NAMES].toSorted());
    for (const table of TABLE_NAMES) {
      const sums = columnsOf(table)
        .filter(([, type]) => type === 'decimal')
        .map(([name]) => `sum(CAST("${name}" AS DECIMAL(38,18))) AS "${name}"`);
      const query = (from: string): string =>
        `SELECT ${['count(*) AS n', ...sums].join(', ')} FROM ${from}`;
      const csv = `read_csv('${to}/${table}.csv', header = true, all_varchar = true)`;
      const found = await ask(query(table), file);
      expect([table, found]).toEqual([table, await ask(query(csv))]);
      expect([table, found[0]?.['n']]).toEqual([table, String(counts[table])]);
    }
    expect(counts).toMatchObject({ book: 40, trade: 1, ticker: 1, level3: 1, connections: 1 });
  });
});

describe('decimals', () => {
  it.each([
    ['0.10000000', 100000000000000000n],
    ['64525.0', 64525000000000000000000n],
    ['3.216424e-12', 3216424n],
    ['-12', -12000000000000000000n],
    ['1e3', 1000000000000000000000n],
    ['0.000000000000000001', 1n],
    ['12345678901234567890.123456789012345678', 12345678901234567890123456789012345678n],
  ])('scales %s exactly', (text, value) => {
    expect(scaled(text)).toBe(value);
  });

  it.each(['0.0000000000000000001', '123456789012345678901', '1e-19', 'NaN', ''])(
    'refuses %j, which no column holds exactly',
    (text) => {
      expect(() => scaled(text)).toThrow(expect.objectContaining({ code: 'INVALID_FRAME' }));
    },
  );
});

describe.skipIf(captures === '')('the real captures (needs KR_CAPTURES)', () => {
  it.each(['20260719', '20260720-with-hole'])(
    'give the rows that an independent script computes from the raw file (%s)',
    async (name) => {
      await using directory = await temporaryDirectory();
      const capture = join(captures, `spot-v2/book-d10-BTCUSD-${name}.ndjson`);
      const path = directory.join('recording');
      await recordCapture(capture, path, 200_000);
      await deriveParquet(path);
      const rows = await ask(
        `SELECT symbol, type, side, CAST(price AS DECIMAL(18,1)) AS price, CAST(quantity AS DECIMAL(18,8)) AS quantity, CAST(checksum AS VARCHAR) AS checksum, verdict
         FROM read_parquet('${path}/parquet/channel=book/**/*.parquet', hive_partitioning = true, file_row_number = true)
         ORDER BY sequence, file_row_number`,
      );
      expect(rows.map((row) => Object.values(row))).toEqual(rawBookRows(capture, 10));
    },
    60_000,
  );
});
