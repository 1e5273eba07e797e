import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { rawBookRows } from '../../test/independent.ts';
import { recordCapture, recordTexts } from '../../test/record-capture.ts';
import { feedTexts } from '../../test/recorded.ts';
import { temporaryDirectory } from '../../test/support.ts';
import { deriveParquet, exportDatabase, readDerived } from '../parquet.ts';
import { scaled } from './duck-types.ts';

const captures = process.env['KR_CAPTURES'] ?? '';

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

  it('puts the same tables into one DuckDB file', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('recording');
    const file = directory.join('all.duckdb');
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 20), path);
    for (let round = 0; round < 2; round += 1) {
      expect(await exportDatabase(path, file)).toMatchObject({ book: 40, connections: 1 });
    }
    expect(
      await ask("SELECT sum(quantity) AS total FROM book WHERE side = 'bid'", file),
    ).toHaveLength(1);
    expect((await readdir(directory.path)).toSorted()).toEqual(['all.duckdb', 'recording']);
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
