import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalWriter } from '@kr/recording';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { hasPseudoTerminal, krOnTerminal, screenOf } from './pseudo-terminal.ts';
import { kr, krShell } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// One recording of a market, and what each command makes of it.
let folder: string;
let market: OwnMarket;
beforeAll(async () => {
  market = await openOwnMarket();
  folder = await mkdtemp(join(tmpdir(), 'kr-recordings-'));
  const start = 'start --duration 1500ms --rate 1000 --out market';
  await kr(start.split(' '), { workingDirectory: folder });
});
afterAll(async () => {
  await market.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (line: string, options = {}) =>
  kr(
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    { workingDirectory: folder, ...options },
  );
const json = async (line: string) => {
  const { code, stdout, stderr } = await run(`${line} -o json`);
  // How far it is, on a machine that is busy; and nothing that is wrong.
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/^kr:/m) });
  return JSON.parse(stdout) as Record<string, unknown>[];
};
/** So short that nothing of it is Parquet. */
const record = async (name: string) => {
  const { code, stderr } = await run(`record BTC/USD --duration 100ms --out ${name}`, {
    env: { ...market.env, HOME: folder },
  });
  expect({ code, stderr }).toMatchObject({ code: 0 });
};
const read = (name: string) => readFile(join(folder, name), 'utf8');
const timeOf = (line = '') => BigInt(/"recv_ts_ns":(\d+)/.exec(line)?.[1] ?? 0);
const lineCount = async (name: string) => (await read(name)).trimEnd().split('\n').length;

describe('kr export', () => {
  it('makes Parquet that a query reads, with as many rows as CSV has', async () => {
    const files = await json('export market');
    expect(files.map(({ file }) => file)).toContain('market/parquet/channel=trade');
    expect(files.every(({ simulated }) => simulated)).toBe(true);
    await json('export market --format csv --tables trade,book --to csv');
    const [{ n } = { n: 0 }] = await json('query market "SELECT count(*) AS n FROM book"');
    expect(Number(n)).toBe((await lineCount('csv/book.csv')) - 1);
    // What is derived is not derived twice.
    expect((await run('export market')).stderr).toContain('nothing new');
  });

  it('writes the files of older tools, sampled books, and one DuckDB file', async () => {
    await json('export market --format known --format wide --sample 500ms --levels 3 --to old');
    expect((await readdir(join(folder, 'old'))).toSorted()).toEqual(
      [
        ...['L1.csv', 'L3.csv', 'OHLC.csv', 'book_wide.csv', 'connection_events.csv'],
        ...['kraken_ticker_history.csv', 'kraken_ticker_history_v2.csv', 'trades.csv'],
      ].toSorted(),
    );
    expect(await read('old/trades.csv')).toMatch(
      /^ts_event,symbol,price,qty,side,ord_type,trade_id\n20.+,[A-Z]+\/[A-Z]+,[\d.]+,[\d.]+,(?:buy|sell),/,
    );
    const [database] = await json('export market --format duckdb --to db');
    expect(database).toMatchObject({ file: 'db/recording.duckdb' });
  });

  it.each([
    ['export market --format xlsx', 2, /Give one of parquet, csv/],
    ['export market --tables trdae', 2, /Did you mean trade\?/],
    ['export market --format wide', 2, /--sample 1s/],
    ['export nowhere', 2, /nowhere/],
    ['export market --format csv --to /dev/null/x', 4, /ENOTDIR/],
  ])('answers %j with %i', async (line, expected, message) => {
    const { code, stdout, stderr } = await run(line);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([expected, '']);
  });
});

describe('kr query', () => {
  it('answers one SELECT with the digits of the wire, and lists the tables without one', async () => {
    const prices = await json('query market "SELECT price FROM trade LIMIT 1"');
    expect(prices[0]).toMatchObject({ price: expect.stringMatching(/^\d+\.\d{18}$/) });
    const tables = await json('query market');
    expect(tables).toContainEqual({
      table: 'trade',
      column: 'price',
      type: 'decimal',
      simulated: true,
    });
  });

  it('reads what is not Parquet yet, too', async () => {
    await record('young');
    const [{ n } = { n: 0 }] = await json('query young "SELECT count(*) AS n FROM book"');
    expect(Number(n)).toBeGreaterThan(0);
  });

  it.each([
    ['query market "DROP TABLE trade"', /one SELECT/],
    ['query market "SELECT * FROM trad"', /Did you mean "trade"\?/],
    ['query market "SELECT * FROM read_csv(\'/etc/passwd\')"', /read_csv|disabled|permission/i],
    ['query market "SELECT 1; SELECT 2"', /holds 2 statements/],
  ])('refuses %s', async (line, message) => {
    const { code, stdout, stderr } = await run(`${line} -o json`);
    expect(stderr).toMatch(message);
    expect(JSON.parse(stdout)).toMatchObject({ error: 'validation', exit_code: 2 });
    expect(code).toBe(2);
  });
});

describe('kr metrics', () => {
  it('has a row a book and interval, which agree with the books', async () => {
    const rows = await json('metrics market --every 100ms --symbol BTC/USD');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({
        symbol: 'BTC/USD',
        channel: 'book',
        interval_ms: 100,
        verified: true,
      });
      const { best_bid, best_ask, spread, mid_price } = row;
      expect(Number(spread)).toBeCloseTo(Number(best_ask) - Number(best_bid), 6);
      expect(Number(mid_price)).toBeCloseTo((Number(best_ask) + Number(best_bid)) / 2, 6);
    }
    const csv = await run('metrics market --every 100ms -o csv');
    expect(csv.stdout).toMatch(/^received_at,symbol,channel,interval_ms,verified,best_bid,/);
  });
});

describe('kr gaps', () => {
  it('has nothing of a whole recording, and the time between of one that was continued', async () => {
    expect(await json('gaps market')).toEqual([]);
    await record('twice');
    await record('twice');
    expect(await json('gaps twice')).toMatchObject([
      { reason: 'restart', recorded: true, from: expect.any(String), to: expect.any(String) },
    ]);
    const books = await json('gaps twice --books');
    expect(books.map(({ symbol }) => symbol)).toContain('BTC/USD');
  });

  it('tells a hole that nobody wrote down', async () => {
    const directory = join(folder, 'hole');
    const [clock, timers] = [createSystemClock(), createSystemTimers()];
    const header = { source: 'live', url: 'wss://ws.kraken.com/v2', subscriptions: [] };
    const writer = await createJournalWriter({ directory, header, clock, timers });
    for (const sequence of [0, 1, 5]) {
      const receivedAt = { wallNs: clock.wallNs(), monotonicNs: clock.monotonicNs() };
      const bytes = new TextEncoder().encode('{"channel":"heartbeat"}');
      writer.append({ receivedAt, connectionId: 1, sequence, bytes });
    }
    await writer.close();
    expect(await json('gaps hole')).toMatchObject([
      { recorded: false, reason: 'sequence', missing: 3, connection_id: 1 },
    ]);
  });
});

describe('kr replay', () => {
  it('gives back every frame, and what it gives is proved again', async () => {
    const { frames } = JSON.parse((await run('verify market -o json')).stdout) as {
      frames: number;
    };
    for (const flag of ['', ' --times']) {
      const { stdout } = await run(`replay market --speed max${flag}`);
      const path = join(folder, `frames${flag.trim()}.ndjson`);
      await rm(path, { force: true });
      await appendFile(path, stdout);
      expect(stdout.trimEnd().split('\n')).toHaveLength(frames);
      const proof = await run(`verify ${path}`);
      expect(proof.stdout).toMatch(/^proved: every checksum matched/m);
    }
  });

  it('begins and ends where it is told', async () => {
    const all = (await run('replay market --speed max --times')).stdout.trimEnd().split('\n');
    const [from, to] = [timeOf(all[10]), timeOf(all[20])];
    const some = await run(`replay market --speed max --times --from ${from} --to ${to}`);
    expect(some.stdout.trimEnd().split('\n')).toEqual(
      all.filter((line) => timeOf(line) >= from && timeOf(line) <= to),
    );
    expect(
      (await run('replay market --speed max --count 3')).stdout.trimEnd().split('\n'),
    ).toHaveLength(3);
  });

  it('keeps to its own pace, or a multiple of it', async () => {
    // Faster than that nobody can be who waits.
    const began = performance.now();
    await run('replay market --speed 2');
    expect(performance.now() - began).toBeGreaterThan(500);
  });

  it('shows books as they were, with their verdict', async () => {
    const { stdout } = await run('replay market --speed max --book btc/usd --count 5');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(5);
    for (const row of rows)
      expect(row).toMatchObject({ symbol: 'BTC/USD', verified: true, simulated: true });
    expect(rows.map(({ at }) => String(at))).toEqual(rows.map(({ at }) => String(at)).toSorted());
  });

  it.skipIf(!hasPseudoTerminal)('is a player on a terminal: step by step', async () => {
    const typed = [
      ['step', '.'],
      ['✓ verified', '.'],
      ['spread', 'q'],
    ] as const;
    const size = { columns: 90, rows: 26 };
    const words = ['replay', join(folder, 'market'), '--book', 'BTC/USD', '--speed', 'step'];
    const { code, text } = await krOnTerminal(words, typed, { HOME: folder, NO_COLOR: '1' }, size);
    const shown = await screenOf(text.slice(0, text.lastIndexOf('\u001b[?25h')), size);
    expect(shown).toMatch(/^BTC\/USD {2}depth 10/);
    expect(shown).toMatch(/^20[\d:.TZ-]+ {2}step$/m);
    expect(shown).toMatch(/sandbox \(simulated\) {2}p pauses/);
    // Beside the code, what it said last: that is what one wants to read when this fails.
    expect({ code, last: text.slice(-300) }).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'replay market --book BTC/UDS --speed max',
      2,
      /no book of BTC\/UDS[\s\S]+Did you mean BTC\/USD/,
    ],
    ['replay market --from yesterday', 2, /which is no time/],
    ['replay market --speed 0', 2, /max or step/],
    ['replay market --speed step', 2, /need a terminal/],
    ['replay nowhere', 2, /nowhere/],
  ])('answers %j with %i', async (line, expected, message) => {
    const { code, stderr } = await run(line);
    expect(stderr).toMatch(message);
    expect(code).toBe(expected);
  });
});

const mountable = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('a full disk', () => {
  it.runIf(mountable)('is an error of the disk, and leaves no half of a file', async () => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
    try {
      const { code, stdout, stderr } = await run('export market --format csv --to disk -o json');
      expect(stderr).toMatch(/ENOSPC|no space/i);
      expect(JSON.parse(stdout)).toMatchObject({ error: 'io', exit_code: 4, effect: 'none' });
      expect(code).toBe(4);
      expect((await readdir(disk)).filter((name) => name.endsWith('.csv'))).toEqual([]);
      const ticker = 'watch ticker BTC/USD ETH/USD --trigger bbo --save disk --duration 60s -o csv';
      const watched = await run(ticker, { env: market.env });
      expect({ code: watched.code, stderr: watched.stderr }).toMatchObject({ code: 4 });
      expect(await readdir(disk)).not.toContain('kraken_ticker_history_v2.csv');
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it.skipIf(platform() !== 'linux')('is an error of the disk in a pipe, too', async () => {
    const piped = await krShell('kr replay market --speed max > /dev/full', { cwd: folder });
    expect(piped.stderr).toContain('could not be written (ENOSPC)');
    expect(piped.code).toBe(4);
  });
});
