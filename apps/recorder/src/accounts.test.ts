import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal, signalProcessTable, verdictExitCode, verify } from '@kr/recording';
import { createSandbox, createSandboxKey, type SandboxAddress } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recorder } from './index.ts';
import { type Log, readSettings, runRecorder } from './run.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
const LIMIT_MS = 60_000;
const spot = createSandboxKey('recorder');
const futures = createSandboxKey('recorder futures');
const SECRETS = [spot.key, spot.secret, futures.key, futures.secret];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-accounts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Records channels of an account by a command line; answers the channels that frames came of. */
const recorded = async (
  urlOf: (address: SandboxAddress) => string | undefined,
  channels: readonly string[],
  ...argv: string[]
) => {
  await using sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, rate: 200 },
    accounts: [
      {
        ...{ ...spot, balances: { USD: '100000', BTC: '2' } },
        futures: { ...futures, balances: { USD: '100000', XBT: '1' } },
      },
    ],
    ...{ clock, timers },
  });
  const address = await sandbox.listen();
  const directory = join(folder, 'recording');
  const settings = await readSettings(
    [
      ...['--url', urlOf(address) ?? '', '--rest', address.httpUrl, '--source', 'sandbox'],
      ...['--out', directory, '--channels', channels.join(','), ...argv],
    ],
    folder,
  );
  if (settings === 'help') throw new Error('help was not asked for');
  const told: string[] = [];
  const tell: Log['info'] = (facts, text) => void told.push(`${text} ${JSON.stringify(facts)}`);
  const stop = new AbortController();
  let recorder: Recorder | undefined;
  const running = runRecorder(settings.config, {
    ...{ clock, timers, random: Math.random, home: folder, pid: process.pid },
    ...{ processes: signalProcessTable(process), execPath: process.execPath },
    env: {
      KR_SANDBOX_API_KEY: spot.key,
      KR_SANDBOX_API_SECRET: spot.secret,
      KR_SANDBOX_FUTURES_API_KEY: futures.key,
      KR_SANDBOX_FUTURES_API_SECRET: futures.secret,
    },
    log: { info: tell, warn: tell, error: tell },
    say: (line) => void told.push(JSON.stringify(line)),
    stop: stop.signal,
    onOpen: (opened) => {
      recorder = opened;
    },
  });
  const isBegun = (): boolean => told.some((line) => line.includes('"recording"'));
  while (!isBegun() || (recorder?.status.frames ?? 0) < 60) await new Promise(setImmediate);
  stop.abort();
  await running;
  await expectNoSecret(directory, told);
  const report = await verify(directory);
  expect(report.unknown).toBe(0);
  expect(verdictExitCode(report, { strict: true })).toBe(0);
  return { found: Object.keys(report.channels), directory };
};

/** Neither the keys, nor what was made of them for a socket, in any file or word. */
const expectNoSecret = async (directory: string, told: readonly string[]): Promise<void> => {
  const names = await readdir(directory);
  const files = names.map((name) => readFile(join(directory, name), 'latin1'));
  const everything = [...(await Promise.all(files)), ...told].join('\n');
  for (const text of [...SECRETS, '"token"', 'signed_challenge', 'api_key']) {
    expect([text, everything.includes(text)]).toEqual([text, false]);
  }
};

describe('the own account', () => {
  it(
    'of futures v1 is recorded with what its socket asks a key for, and without the key',
    async () => {
      const channels = ['fills', 'open_orders', 'open_positions', 'balances', 'account_log'];
      const { found, directory } = await recorded(
        ({ futuresUrl }) => futuresUrl,
        ['book', ...channels],
        ...['--protocol', 'futures-v1', 'PF_XBTUSD'],
      );
      expect(found).toEqual(
        expect.arrayContaining(['book', ...channels].map((channel) => `futures ${channel}`)),
      );
      for await (const entry of readJournal(directory)) {
        if (entry.type !== 'header') continue;
        const subscribed = entry.header.subscriptions.map(({ channel }) => channel);
        expect(subscribed).toEqual(['book', ...channels]);
      }
    },
    LIMIT_MS,
  );

  it(
    'of the Unified sockets is recorded, and without a token',
    async () => {
      const channels = ['executions', 'balances', 'positions', 'margin'];
      const { found } = await recorded(
        ({ unified }) => unified?.private ?? unified?.public,
        channels,
        ...['--protocol', 'unified'],
      );
      expect(found).toEqual(expect.arrayContaining(['balances', 'executions', 'positions']));
    },
    LIMIT_MS,
  );
});
