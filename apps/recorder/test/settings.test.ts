import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictExitCode, verify } from '@kr/recording';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  endRecorder,
  type Running,
  runRecorderWith,
  runSandbox,
  type SandboxLine,
} from './processes.ts';

// The built program against a built sandbox, each in a process of its own.
const LIMIT_MS = 120_000;
const example = join(import.meta.dirname, '../examples/recorder.toml');

let folder: string;
let sandbox: Running<SandboxLine>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-settings-'));
  sandbox = await runSandbox('--symbols', '25', '--rate', '300', '--accounts', '1');
}, LIMIT_MS);
afterAll(async () => {
  await sandbox.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
}, LIMIT_MS);

const own = (name: string): string[] => [
  ...[
    '--out',
    join(folder, name),
    '--url',
    sandbox.first.url,
    '--source',
    'sandbox',
    '--port',
    '0',
  ],
];
/** A home of its own, for the files that nonces are agreed on by. */
const account = () => {
  const [{ key, secret } = { key: '', secret: '' }] = sandbox.first.accounts ?? [];
  return { HOME: folder, KR_SANDBOX_API_KEY: key, KR_SANDBOX_API_SECRET: secret };
};

describe('kr-recorder', () => {
  it(
    'records what the example file asks for, and verify proves it',
    async () => {
      const recorder = await runRecorderWith(
        { HOME: folder },
        '--config',
        example,
        ...own('example'),
      );
      const { symbols, subscriptions, port } = recorder.first;
      const answer = await fetch(`http://127.0.0.1:${port}/health`);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { status: 'recording', symbols },
      ]);
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toContain(`kr_recorder_symbols ${symbols}\n`);
      expect(metrics).toMatch(/^kr_recorder_frames_total [1-9]/m);
      expect(await recorder.end('SIGTERM')).toBe(0);
      // Two depths and, of one pair or more, two intervals.
      expect(symbols).toBeGreaterThan(2);
      expect(subscriptions).toMatchObject({
        instrument: 1,
        book: 2 * symbols,
        trade: symbols,
        ticker: symbols,
      });
      const report = await verify(join(folder, 'example'));
      expect(report.checksums.mismatched).toBe(0);
      expect(report.checksums.matched).toBeGreaterThan(0);
      expect(Object.keys(report.channels)).toEqual(
        expect.arrayContaining(['book', 'ticker', 'ohlc', 'instrument', 'status']),
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'records the largest by volume with level 3 and the own account, and keeps no token',
    async () => {
      const recorder = await runRecorderWith(
        account(),
        ...own('private'),
        ...['--top', '5', '--depth', '10,100'],
        ...['--channels', 'book,level3,executions,balances'],
      );
      expect(recorder.first).toMatchObject({
        symbols: 5,
        subscriptions: { book: 10, level3: 5, executions: 1, balances: 1 },
      });
      expect(await recorder.end('SIGINT')).toBe(0);
      const report = await verify(join(folder, 'private'));
      expect(report.checksums.mismatched).toBe(0);
      expect(Object.keys(report.symbols).filter((name) => name.endsWith('level3'))).toHaveLength(5);
      expect(Object.keys(report.channels)).toEqual(
        expect.arrayContaining(['book', 'level3', 'executions', 'balances']),
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
      const { KR_SANDBOX_API_KEY: key, KR_SANDBOX_API_SECRET: secret } = account();
      const stored = await readFile(join(folder, 'private/segment-000001.krj'), 'latin1');
      for (const text of [key, secret, '"token"']) {
        expect(stored.includes(text)).toBe(false);
        expect(recorder.stderr().includes(text)).toBe(false);
      }
    },
    LIMIT_MS,
  );

  it(
    'goes over to another list when the file changes or on SIGHUP, and what stays lacks nothing',
    async () => {
      const file = join(folder, 'symbols.txt');
      await writeFile(file, 'BTC/USD\nETH/USD # for now\n');
      const args = ['--symbols-file', file, '--channels', 'book,ticker', '--redundancy', '2'];
      const recorder = await runRecorderWith({ HOME: folder }, ...own('reload'), ...args);
      expect(recorder.first).toMatchObject({ symbols: 2 });

      await writeFile(file, 'XBT/USD\nSOL/USD\nNOT/THERE\n');
      recorder.child.kill('SIGHUP');
      expect(JSON.parse(await recorder.said('"event":"reloaded"'))).toMatchObject({
        added: 2,
        removed: 2,
        refused: [
          'book NOT/THERE: Currency pair not supported NOT/THERE',
          'ticker NOT/THERE: Currency pair not supported NOT/THERE',
        ],
      });
      await rm(file);
      recorder.child.kill('SIGHUP');
      expect(JSON.parse(await recorder.said('"event":"reloadFailed"'))).toMatchObject({
        code: 'INVALID_SYMBOLS',
        err: `The symbols file ${file} does not exist.`,
      });
      expect(await recorder.end('SIGTERM')).toBe(0);
      const report = await verify(join(folder, 'reload'));
      expect(Object.keys(report.symbols).toSorted()).toEqual(['BTC/USD', 'ETH/USD', 'SOL/USD']);
      // Subscribed once on each of the two connections: nothing of it began anew.
      expect(report.symbols['BTC/USD']?.snapshots).toBe(2);
      expect(report.holes).toEqual([]);
      expect(report.gaps).toEqual([]);
      expect(verdictExitCode(report, { strict: true })).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'says every mistake with its place, and ends with 2',
    async () => {
      const config = join(folder, 'wrong.toml');
      const lines = [
        'out = "x"',
        'redundncy = 2',
        '[[feeds]]',
        'channel = "book"',
        'depth = [10, 11]',
      ];
      await writeFile(config, lines.join('\n'));
      const { code, stderr } = await endRecorder(
        {},
        '--config',
        config,
        '--port',
        'high',
        'BTC/USD',
      );
      expect(code).toBe(2);
      expect(stderr).toContain(`${config}:2: redundncy: there is no such setting`);
      expect(stderr).toContain(`${config}:5: feeds[0].depth`);
      expect(stderr).toContain('give a depth of 10, 25, 100, 500, 1000');
      expect(stderr).toContain('--port: give a whole number from 0 to 65535');
      const keyless = await endRecorder(
        { KR_SANDBOX_API_KEY: '', KR_SANDBOX_API_SECRET: '' },
        ...own('none'),
        ...['--channels', 'balances'],
      );
      expect([keyless.code, keyless.stderr]).toEqual([
        1,
        expect.stringContaining('NO_CREDENTIALS'),
      ]);
    },
    LIMIT_MS,
  );
});
