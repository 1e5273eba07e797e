import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFrames, readJournal, verdictExitCode, verify } from '@kr/recording';
import { createSandbox, type SandboxOptions } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Feed } from './feeds/feed.ts';
import { createRecorder, marketFeeds, type Recorder } from './index.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
const captures = process.env['KR_CAPTURES'];
const decoder = new TextDecoder();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-recorder-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const notices: string[] = [];
const record = (url: string, feeds: readonly Feed[], source: 'sandbox' | 'live' = 'sandbox') =>
  createRecorder({
    url,
    source,
    directory: join(folder, 'recording'),
    feeds,
    clock,
    timers,
    random: Math.random,
    resyncDelayMs: 1,
    onNotice: (notice) => notices.push(notice),
  });

/** Resolves once the recorder's status is as asked; it is looked at between turns of the event loop. */
const until = async (recorder: Recorder, is: (status: Recorder['status']) => boolean) => {
  while (!is(recorder.status)) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

const withSandbox = async (
  source: SandboxOptions['source'],
  work: (url: string) => Promise<void>,
): Promise<void> => {
  const sandbox = createSandbox({ source, clock, timers });
  const { url } = await sandbox.listen();
  try {
    await work(url);
  } finally {
    await sandbox.close();
  }
};

/** A book frame whose checksum is right; vector of an exponent and an empty side. */
const good = (symbol: string): string =>
  `{"channel":"book","type":"snapshot","data":[{"symbol":"${symbol}","bids":[],"asks":[{"price":1.0005,"qty":0.00001000},{"price":1.0010,"qty":2.50000000}],"checksum":924799315,"timestamp":"2026-01-01T00:00:00.000000Z"}]}`;

const isBook = (line: string): boolean => line.startsWith('{"channel":"book"');

describe('a recorder', () => {
  it('records a market whose every checksum verify matches again', async () => {
    await withSandbox({ kind: 'synthetic', seed: 7, rate: 2000 }, async (url) => {
      const symbols = ['BTC/USD', 'PEPE/USD'];
      const recorder = await record(url, marketFeeds(symbols, 25));
      await recorder.start();
      await until(recorder, ({ checksums }) => checksums.matched >= 500);
      await recorder.close();
      const { status } = recorder;
      const report = await verify(join(folder, 'recording'));
      expect(report.checksums).toEqual(status.checksums);
      expect(report.frames).toBe(status.frames);
      expect(report.recording.simulated).toBe(true);
      expect(Object.keys(report.symbols)).toEqual(symbols);
      expect(Object.keys(report.channels)).toEqual(
        expect.arrayContaining(['book', 'trade', 'ticker', 'instrument', 'status']),
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
    });
  });

  it('enters the time between two runs into the gap ledger', async () => {
    await withSandbox({ kind: 'synthetic', seed: 7, rate: 500 }, async (url) => {
      for (const run of [1, 2]) {
        const recorder = await record(url, marketFeeds(['BTC/USD'], 10));
        await recorder.start();
        await until(recorder, ({ checksums }) => checksums.matched >= 20);
        await recorder.close();
        const report = await verify(join(folder, 'recording'));
        expect(report.gaps.map(({ reason }) => reason)).toEqual(run === 1 ? [] : ['restart']);
        expect(verdictExitCode(report)).toBe(0);
      }
    });
  });

  it('writes the end of a connection down that went before anything of it had begun', async () => {
    const sandbox = createSandbox({
      ...{ source: { kind: 'synthetic', seed: 7, rate: 500 }, clock, timers },
      faults: [
        { kind: 'ignore', connection: 1, times: 'always' },
        { kind: 'cut', connection: 1, after: { ms: 100 } },
        // And of one that begins while those of the one before are still missing.
        { kind: 'ignore', connection: 3, times: 'always' },
        { kind: 'cut', connection: 3, after: { ms: 100 } },
      ],
    });
    const { url } = await sandbox.listen();
    const recorder = await record(url, marketFeeds(['BTC/USD'], 10));
    await recorder.start();
    await until(recorder, ({ checksums }) => checksums.matched >= 20);
    sandbox.faults.inject({ kind: 'cut', connection: 2 });
    await until(recorder, ({ gaps }) => gaps >= 6);
    const { matched } = recorder.status.checksums;
    await until(recorder, ({ checksums }) => checksums.matched > matched + 20);
    await recorder.close();
    await sandbox.close();
    const report = await verify(join(folder, 'recording'));
    const bare = report.gaps.filter(({ channel }) => channel === undefined);
    expect(bare.map(({ reason, connectionId }) => [reason, connectionId])).toEqual([
      ['disconnect', 1],
      ['disconnect', 3],
    ]);
    expect(report.holes).toEqual([]);
    expect(verdictExitCode(report)).toBe(0);
  });

  it('refuses to start with a symbol that the exchange does not have, and names it', async () => {
    await withSandbox({ kind: 'synthetic', seed: 7 }, async (url) => {
      const recorder = await record(url, marketFeeds(['BTC/USD', 'XBT/EUR'], 10));
      await expect(recorder.start()).rejects.toMatchObject({
        code: 'SUBSCRIPTION_REJECTED',
        message: expect.stringMatching(/book XBT\/EUR: Currency pair not supported XBT\/EUR/),
      });
      await recorder.close();
    });
  });

  it('says that nothing listens at an address', async () => {
    const recorder = await record('ws://127.0.0.1:1/v2', marketFeeds(['BTC/USD'], 10));
    await expect(recorder.start()).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    await recorder.close();
  });

  it('does not wait for ever for an exchange that answers nothing', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const recorder = await createRecorder({
      url: `ws://127.0.0.1:${port}/v2`,
      source: 'sandbox',
      directory: join(folder, 'recording'),
      feeds: marketFeeds(['BTC/USD'], 10),
      clock,
      timers,
      random: Math.random,
      startTimeoutMs: 50,
    });
    await expect(recorder.start()).rejects.toMatchObject({ code: 'START_TIMEOUT' });
    await recorder.close();
    server.close();
  });

  it('does not continue a live recording with simulated data', async () => {
    await withSandbox({ kind: 'synthetic', seed: 7 }, async (url) => {
      await (await record(url, marketFeeds(['BTC/USD'], 10), 'live')).close();
      await expect(record(url, marketFeeds(['BTC/USD'], 10))).rejects.toMatchObject({
        code: 'SOURCE_MISMATCH',
      });
    });
  });

  it('subscribes a symbol anew when its checksum fails, writes the hole down, and leaves the others alone', async () => {
    const bad = good('BAD/USD').replace('"snapshot"', '"update"').replace('924799315', '1');
    const capture = join(folder, 'capture.ndjson');
    await writeFile(capture, `${[good('BAD/USD'), good('GOOD/USD'), bad].join('\n')}\n`);
    await withSandbox({ kind: 'replay', path: capture, speed: 'max' }, async (url) => {
      const recorder = await record(url, [
        { channel: 'book', symbol: ['BAD/USD', 'GOOD/USD'], depth: 10 },
        // The checksum fails before this one is acknowledged: that must not end the start.
        { channel: 'instrument' },
      ]);
      await recorder.start();
      // The third failure in a row is the last: then the symbol is quarantined.
      await until(recorder, ({ gaps }) => gaps >= 3);
      await recorder.close();
      const reasons: string[] = [];
      for await (const entry of readJournal(join(folder, 'recording'))) {
        if (entry.type !== 'gap') continue;
        expect(entry.gap.symbols).toEqual(['BAD/USD']);
        reasons.push(`${entry.gap.reason} ${entry.gap.to === undefined ? 'opens' : 'closes'}`);
      }
      expect(reasons).toEqual([
        'resync opens',
        'resync closes',
        'resync opens',
        'resync closes',
        'quarantine opens',
      ]);
      const report = await verify(join(folder, 'recording'));
      expect(report.symbols['GOOD/USD']?.checksums.mismatched).toBe(0);
      expect(report.firstMismatch).toMatchObject({ symbol: 'BAD/USD', expected: 1 });
      expect(verdictExitCode(report)).toBe(1);
    });
  });
});

describe.skipIf(captures === undefined)('the real capture (needs KR_CAPTURES)', () => {
  it('goes through a socket and a recording byte for byte, and proves 1254 of 1254', async () => {
    const path = join(captures ?? '', 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    const wanted = (await readFile(path, 'utf8')).split('\n').filter(isBook);
    expect(wanted).toHaveLength(1254);
    await withSandbox({ kind: 'replay', path, speed: 'max' }, async (url) => {
      const recorder = await record(url, [{ channel: 'book', symbol: ['BTC/USD'], depth: 10 }]);
      await recorder.start();
      await until(recorder, ({ checksums }) => checksums.matched >= 1254);
      await recorder.close();
      const recorded: string[] = [];
      for await (const { bytes } of readFrames(join(folder, 'recording'))) {
        recorded.push(decoder.decode(bytes));
      }
      expect(recorded.filter(isBook)).toEqual(wanted);
      const report = await verify(join(folder, 'recording'));
      expect(report.checksums).toEqual({ matched: 1254, mismatched: 0 });
      expect(verdictExitCode(report, { strict: true })).toBe(0);
    });
  });
});
