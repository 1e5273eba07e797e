import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { recordTexts } from '../../test/record-capture.ts';
import { feedTexts } from '../../test/recorded.ts';
import { openWriter, temporaryDirectory, textFrame } from '../../test/support.ts';
import { deriveParquet } from '../parquet.ts';
import { openQuery, type RecordingQuery } from '../query.ts';

describe('a query', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let path = '';
  let query: RecordingQuery;
  beforeAll(async () => {
    directory = await temporaryDirectory();
    path = directory.join('recording');
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 40), path);
    await writeFile(directory.join('secret.csv'), 'a,b\n1,2\n');
    await deriveParquet(path);
    query = await openQuery(path);
    return async () => {
      await query.close();
      await directory[Symbol.asyncDispose]();
    };
  });

  it('answers to the last digit', async () => {
    expect(
      await query.run(
        "SELECT symbol, side, price, quantity, date FROM book WHERE sequence = 1 AND side = 'ask' ORDER BY price LIMIT 1",
      ),
    ).toEqual({
      columns: ['symbol', 'side', 'price', 'quantity', 'date'],
      rows: [
        {
          ...{ symbol: 'BTC/USD', side: 'ask', price: '1001.000000000000000000' },
          ...{ quantity: '1.000000000000000000', date: '2025-11-21' },
        },
      ],
    });
    expect((await query.run('SELECT count(*) AS n FROM trade')).rows).toEqual([{ n: '0' }]);
  });

  it('sees what is not derived yet, once, while the recorder runs', async () => {
    await using own = await temporaryDirectory();
    const feed = new BookFeed('ETH/USD');
    const recording = own.join('live');
    await using writer = await openWriter(recording, { rotate: { maxBytes: 4000 } });
    const texts = feedTexts(feed, 60);
    for (const [at, text] of texts.entries()) writer.append(textFrame(text, at));
    await writer.flush();
    for (const round of ['nothing is derived', 'all but the tail is derived']) {
      await using open = await openQuery(recording);
      const { rows } = await open.run(
        'SELECT count(*) AS n, count(DISTINCT sequence) AS frames, min(verdict) AS verdict FROM book',
      );
      expect([round, rows]).toEqual([round, [{ n: '80', frames: '61', verdict: 'verified' }]]);
      await deriveParquet(recording);
    }
  });

  it.each([
    "COPY book TO 'out.csv'",
    "COPY (SELECT 1) TO '/tmp/kr-out.csv'",
    "ATTACH '/tmp/kr.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET threads = 1',
    'PRAGMA database_list',
    'CREATE TABLE t (a INTEGER)',
    'INSERT INTO book_tail SELECT 1',
    'DELETE FROM book_tail',
    'DROP VIEW book',
    "EXPORT DATABASE 'x'",
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP VIEW book',
    'SELECT FROM WHERE',
    '',
    'CALL pragma_version()',
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x'",
  ])('refuses %j', async (sql) => {
    await expect(query.run(sql)).rejects.toMatchObject({ code: 'INVALID_QUERY' });
  });

  it.each([
    ["SELECT * FROM read_csv('{}/secret.csv')"],
    ["SELECT * FROM '{}/secret.csv'"],
    ["SELECT * FROM read_text('/etc/passwd')"],
    ["SELECT * FROM read_text('{}/recording/parquet/../../secret.csv')"],
    ["SELECT * FROM glob('/etc/*')"],
    ["SELECT * FROM read_csv('https://example.invalid/x.csv')"],
    ["SELECT * FROM sniff_csv('{}/secret.csv')"],
  ])('reads nothing beside the recording: %s', async (sql) => {
    await expect(query.run(sql.replace('{}', directory.path))).rejects.toThrow(
      /disabled|Permission|not allowed|INVALID/i,
    );
  });

  it('tells what DuckDB could not answer as a query’s fault', async () => {
    const sql = 'SELECT CAST(symbol AS INTEGER) FROM book';
    await expect(query.run(sql)).rejects.toMatchObject({
      name: 'RecordingError',
      code: 'INVALID_QUERY',
      message: expect.stringContaining('BTC/USD'),
    });
  });

  it('is ended by its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(query.run('SELECT 1', { signal })).rejects.toThrow('enough');
    const later = new AbortController();
    const run = query.run('SELECT count(*) FROM range(100000000000)', { signal: later.signal });
    setTimeout(() => {
      later.abort(new Error('stop'));
    }, 50);
    await expect(run).rejects.toThrow('stop');
    expect((await query.run('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it.each([
    '-- why\nSELECT 1 AS one',
    '/* why */ (SELECT 1 AS one)',
    'FROM (VALUES (1)) AS t(one)',
  ])('knows %j for a query', async (sql) => {
    expect((await query.run(sql)).rows).toEqual([{ one: 1 }]);
  });
});
