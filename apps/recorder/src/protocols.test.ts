import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VerifyReport, verdictExitCode, verify } from '@kr/recording';
import { exportFiles } from '@kr/recording/export';
import { createSandbox, type SandboxAddress } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Feed } from './feeds/feed.ts';
import { createRecorder, type ProtocolName, type Recorder } from './index.ts';
import { keepLiveBooks } from './operation/live-books.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
const LIMIT_MS = 60_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-protocols-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Records the feeds of a sandbox until `isEnough`, does what is asked meanwhile, and verifies. */
const recorded = async (
  protocol: ProtocolName,
  feeds: readonly Feed[],
  urlOf: (address: SandboxAddress) => string | undefined,
  isEnough: (recorder: Recorder) => boolean,
  meanwhile: (recorder: Recorder) => Promise<void> = () => Promise.resolve(),
): Promise<VerifyReport> => {
  const directory = join(folder, 'recording');
  const source = { kind: 'synthetic', seed: 1, rate: 500 } as const;
  await using sandbox = createSandbox({ source, clock, timers });
  const url = urlOf(await sandbox.listen());
  if (url === undefined) throw new Error(`the sandbox has no ${protocol}`);
  const common = { clock, timers, random: Math.random, source: 'sandbox' } as const;
  const recorder = await createRecorder({ ...common, protocol, url, directory, feeds });
  try {
    await recorder.start();
    while (!isEnough(recorder)) await new Promise(setImmediate);
    await meanwhile(recorder);
  } finally {
    await recorder.close();
  }
  return verify(directory);
};

const rowsOf = async (
  table: 'book' | 'trade' | 'ticker_v1' | 'futures_book',
): Promise<string[]> => {
  const to = join(folder, 'out');
  await exportFiles(join(folder, 'recording'), { to, formats: ['csv'], tables: [table] });
  return (await readFile(join(to, `${table}.csv`), 'utf8')).trimEnd().split('\n').slice(1);
};

const feedsOf = (symbol: readonly string[], depth?: number): Feed[] => [
  { channel: 'book', symbol, ...(depth === undefined ? {} : { depth }) },
  { channel: 'trade', symbol },
  { channel: 'ticker', symbol },
];

describe('a recording of another protocol', () => {
  it(
    'of Spot v1 is proved by the checksums of its books, and gives rows',
    async () => {
      const report = await recorded(
        'spot-v1',
        [...feedsOf(['XBT/USD', 'ETH/USD'], 25), { channel: 'spread', symbol: ['XBT/USD'] }],
        ({ v1Url }) => v1Url,
        ({ status }) => status.frames > 200,
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
      expect(report.recording).toMatchObject({ protocol: 'spot-v1', source: 'sandbox' });
      expect(report.unknown).toBe(0);
      for (const symbol of ['XBT/USD', 'ETH/USD']) {
        expect(report.symbols[symbol]).toMatchObject({
          verdict: 'proved',
          depths: [{ depth: 25, source: 'channel' }],
        });
      }
      expect(Object.keys(report.channels)).toEqual(
        expect.arrayContaining(['book', 'spread', 'ticker', 'status', 'ack']),
      );
      expect((await rowsOf('book')).length).toBeGreaterThan(100);
      expect((await rowsOf('ticker_v1')).length).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );

  it(
    'of futures v1 is followed by the numbers of its books, and gives rows',
    async () => {
      const report = await recorded(
        'futures-v1',
        feedsOf(['PF_XBTUSD', 'PF_ETHUSD']),
        ({ futuresUrl }) => futuresUrl,
        ({ status }) => status.frames > 100,
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
      expect(report.recording.protocol).toBe('futures-v1');
      expect(report.unknown).toBe(0);
      for (const product of ['PF_XBTUSD', 'PF_ETHUSD']) {
        expect(report.symbols[product]).toMatchObject({ verdict: 'numbered' });
      }
      expect(report.channels).toMatchObject({ 'futures ticker': expect.any(Number) });
      expect((await rowsOf('futures_book')).length).toBeGreaterThan(50);
    },
    LIMIT_MS,
  );

  it(
    'of the Unified sockets is proved by the checksums of its books, and gives rows',
    async () => {
      const report = await recorded(
        'unified',
        [{ channel: 'instrument' }, ...feedsOf(['PF_XBTUSD'], 25)],
        ({ unified }) => unified?.public,
        ({ status }) => status.checksums.matched > 50,
      );
      expect(verdictExitCode(report, { strict: true })).toBe(0);
      expect(report.recording.protocol).toBe('unified');
      expect(report.unknown).toBe(0);
      expect(report.symbols['PF_XBTUSD']).toMatchObject({ verdict: 'proved' });
      expect((await rowsOf('book')).length).toBeGreaterThan(50);
    },
    LIMIT_MS,
  );
});

it(
  'rewrites the current books beside the recording, whole at any moment',
  async () => {
    const symbol = ['BTC/USD', 'ETH/USD'];
    await recorded(
      'spot-v2',
      [{ channel: 'book', symbol, depth: 10 }],
      ({ url }) => url,
      ({ books }) => books.size === 2,
      async (recorder) => {
        const errors: unknown[] = [];
        const keeping = keepLiveBooks({
          ...{ directory: folder, everyMs: 1, clock, timers },
          books: () => recorder.books,
          onError: (error) => errors.push(error),
        });
        const path = join(folder, 'L2_live_orderbooks.json');
        const seen = new Set<string>();
        while (seen.size < 5) {
          const text = await readFile(path, 'utf8').catch(() => undefined);
          if (text === undefined) continue;
          const books = JSON.parse(text) as Record<string, { verified: boolean; bids: unknown[] }>;
          expect(Object.keys(books).toSorted()).toEqual(symbol);
          for (const { verified, bids } of Object.values(books)) {
            expect([verified, bids.length]).toEqual([true, 10]);
          }
          seen.add(text);
        }
        await keeping.close();
        expect(errors).toEqual([]);
      },
    );
  },
  LIMIT_MS,
);
