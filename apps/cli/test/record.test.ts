import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { kr } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let market: OwnMarket;
let folder: string;
beforeAll(async () => {
  market = await openOwnMarket();
  folder = await mkdtemp(join(tmpdir(), 'kr-record-'));
});
afterAll(async () => {
  await market.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = () => ({ ...market.env, PATH: process.env['PATH'] ?? '', HOME: folder });
const record = (line: string) =>
  kr(['record', ...line.split(' ')], {
    env: environment(),
    workingDirectory: folder,
    home: folder,
  });

const doctor = async (env: Readonly<Record<string, string>>) => {
  const { code, stdout } = await kr(['doctor', '-o', 'json'], { env, workingDirectory: folder });
  const rows = JSON.parse(stdout) as { check: string; status: string; finding: string }[];
  return { code, found: new Map(rows.map(({ check, ...rest }) => [check, rest])) };
};

const schema = (line: string) => kr(['schema', ...line.split(' ')], { workingDirectory: folder });

describe('kr record', () => {
  it('records symbols and patterns, of several channels, and the recording is proved', async () => {
    const { code, stdout, stderr } = await record(
      'BTC/USD ETH/* --channels book,trade,level3 --depth 25 --out live --duration 400ms -o json',
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('recording 2 symbols of the sandbox (simulated) into live\n');
    expect(JSON.parse(stdout)).toMatchObject({
      directory: 'live',
      frames: expect.any(Number),
      checksums: { mismatched: 0 },
      gaps: 0,
      simulated: true,
    });
    const proof = await kr(['verify', 'live', '-o', 'json'], { workingDirectory: folder });
    const { symbols } = JSON.parse(proof.stdout) as { symbols: object };
    expect(Object.keys(symbols)).toContain('ETH/USD level3');
    expect(proof.code).toBe(0);
  });

  it('takes a settings file, and closes on Ctrl-C', async () => {
    const settings = join(folder, 'recorder.toml');
    await writeFile(settings, 'out = "by-file"\n[symbols]\nlist = ["MLN/EUR"]\n');
    expect((await record(`--settings ${settings} --check`)).stdout).toContain('settings are right');
    const interrupt = new AbortController();
    const { code, stdout } = await kr(['record', '--settings', settings, '-o', 'json'], {
      env: environment(),
      workingDirectory: folder,
      home: folder,
      interrupted: interrupt.signal,
      onStderr: (text) => {
        if (text.includes('recording 1 symbol of')) interrupt.abort();
      },
    });
    expect(JSON.parse(stdout)).toMatchObject({ directory: 'by-file' });
    expect(code).toBe(0);
  });

  it.each([
    ['BTC/USD --depth 11 --out x', 'config', 2, /--depth: give a depth of 10, 25/],
    ['NOPE/USD --out x', 'validation', 2, /NOPE\/USD/],
    ['BTC/USD --out /dev/null/x', 'io', 4, /\/dev\/null/],
  ])('answers %j with %s', async (line, category, expected, message) => {
    const { code, stdout, stderr } = await record(`${line} -o json`);
    expect(stderr).toMatch(message);
    expect(JSON.parse(stdout)).toMatchObject({ error: category, exit_code: expected });
    expect(code).toBe(expected);
  });
});

describe('kr doctor', () => {
  it('finds everything well in the sandbox, with its key', async () => {
    const { code, found } = await doctor(environment());
    expect([...found.values()].map(({ status }) => status)).toEqual(Array(8).fill('ok'));
    expect(found.get('key')?.finding).toContain('query-funds');
    expect(found.get('disk')?.finding).toMatch(/free in .+; a sync takes [\d.]+ ms/);
    expect(code).toBe(0);
  });

  it('tells each thing that is wrong by itself', async () => {
    market.sandbox.setStatus('maintenance');
    const { KR_SANDBOX_URL = '' } = market.env;
    const wrong = {
      KR_SANDBOX_API_KEY: 'unknown',
      KR_SANDBOX_API_SECRET: market.env['KR_SANDBOX_API_SECRET'] ?? '',
    };
    const { code, found } = await doctor({ KR_SANDBOX_URL, ...wrong });
    market.sandbox.setStatus('online');
    expect(found.get('trading engine')).toMatchObject({ status: 'warning' });
    expect(found.get('key')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('EAPI:Invalid key'),
    });
    expect(found.get('disk')).toMatchObject({ status: 'ok' });
    expect(code).toBe(1);
    const nobody = await doctor({ KR_SANDBOX_URL: 'http://127.0.0.1:1' });
    expect(nobody.found.get('network and clock')).toMatchObject({ status: 'failed' });
    expect(nobody.found.get('key')).toMatchObject({ status: 'skipped' });
  });
});

describe('kr schema', () => {
  it('shows the fields of a channel or an endpoint by its short name, and JSON Schema', async () => {
    const { stdout } = await schema('ticker');
    expect(stdout).toMatch(/^data\[\]\.bid_qty +number +true$/m);
    expect(stdout).toContain('https://docs.kraken.com/api/docs/websocket-v2/ticker');
    const document = JSON.parse((await schema('AddOrder -o json')).stdout) as object;
    expect(document).toMatchObject({
      $schema: expect.stringContaining('2020-12'),
      title: 'rest/add-order-result',
    });
    expect((await schema('tikcer')).stderr).toMatch(/Did you mean ws\/ticker-frame\?/);
  });

  it('has every name in its list', async () => {
    const { stdout } = await kr(['schema', '-o', 'csv']);
    expect(stdout.split('\n').length).toBeGreaterThan(100);
  });

  it('tells what differs in a file, and nothing where nothing does', async () => {
    const path = join(folder, 'drift.ndjson');
    await writeFile(path, '{"channel":"heartbeat"}\n{"channel":"heartbeat","beat":1}\n');
    const { code, stdout } = await schema(`drift ${path} -o json`);
    expect(JSON.parse(stdout)).toMatchObject({
      messages: 2,
      drifting: 1,
      rows: [{ subject: 'heartbeat', kind: 'unknownField', path: 'beat', count: 1 }],
    });
    expect(code).toBe(1);
    await writeFile(path, '{"channel":"heartbeat"}\n');
    expect((await schema(`drift ${path}`)).code).toBe(0);
  });

  it('looks at feeds as they come', async () => {
    const line = ['schema', 'drift', '--feeds', 'btcusd', '--duration', '400ms', '-o', 'json'];
    const { code, stdout } = await kr(line, { env: market.env });
    const { messages, bySubject } = JSON.parse(stdout) as { messages: number; bySubject: object };
    expect(messages).toBeGreaterThan(3);
    expect(Object.keys(bySubject)).toEqual(
      expect.arrayContaining(['ticker snapshot', 'book snapshot']),
    );
    expect(code).toBe(0);
  });

  it.each([
    ['drift', /a recording, or --feeds/],
    ['drift nowhere', /nowhere/],
  ])('refuses %j', async (line, message) => {
    const { code, stderr } = await schema(line);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
