import type { ProcessTable } from '@kr/recording';
import type { Clock, Timers } from '@kr/schemas/shared';
import { type Exchange, openExchange } from './account.ts';
import type { Config } from './config/schema.ts';
import { createRecorder } from './create-recorder.ts';
import { errorFacts } from './errors.ts';
import type { Feed } from './feeds/feed.ts';
import { expandFeeds } from './feeds/plan.ts';
import { PROTOCOLS } from './feeds/protocols.ts';
import { healthOf } from './operation/health.ts';
import { serveOperation } from './operation/http.ts';
import { createKeeper } from './operation/keeper.ts';
import { keepLiveBooks } from './operation/live-books.ts';
import type { Log } from './operation/log.ts';
import { createMetrics, type UpkeepCounts } from './operation/metrics.ts';
import { runUpkeepChild } from './operation/upkeep-child.ts';
import type { Recorder } from './recorder.ts';
import { loadMarket } from './symbols/market.ts';
import { createReloader } from './symbols/reloader.ts';
import { type Selection, selectSymbols, toV1 } from './symbols/select.ts';

/** What a run takes from the process that it runs in. */
export interface RunIo {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly pid: number;
  readonly log: Log;
  readonly processes: ProcessTable;
  /** A line for programs, on stdout. */
  readonly say: (line: object) => void;
  /** Asks for the end. */
  readonly stop: AbortSignal;
  /** Of `node`: upkeep is a process of its own. */
  readonly execPath: string;
  /** Calls back whenever the symbols are to be read again; the program does so on SIGHUP. */
  readonly onHangup?: ((listener: () => void) => void) | undefined;
  /** Is handed the recorder before it connects: its status is as of whenever it is read. */
  readonly onOpen?: ((recorder: Recorder) => void) | undefined;
}

/**
 * Records by the settings until it is stopped; throws what ended it otherwise.
 *
 * @throws RecorderError; WsError of the exchange, RecordingError of the disk, AuthError of a key file
 */
export const runRecorder = async (config: Config, io: RunIo): Promise<void> => {
  try {
    await record(config, io);
  } catch (error) {
    // Asked to end while it began: what came until then is kept, and nothing failed.
    if (!io.stop.aborted || !isAbort(error, io.stop)) throw error;
  }
};

const isAbort = (error: unknown, { reason }: AbortSignal): boolean =>
  error === reason || (error instanceof Error && 'code' in error && error.code === 'ABORTED');

const record = async (config: Config, io: RunIo): Promise<void> => {
  await using exchange = await openExchange({ ...io, config });
  const selection = await choose(config, exchange, io);
  const { recorder, counts } = await open(config, exchange, selection, io);
  io.onOpen?.(recorder);
  const state: { started: boolean; failure: Error | undefined } = {
    started: false,
    failure: undefined,
  };
  try {
    const registry = createMetrics(() => recorder.status, counts);
    await using server =
      config.http &&
      (await serveOperation(config.http.port, registry, () => healthOf(recorder.status, state)));
    await recorder.start(io.stop);
    state.started = true;
    const { symbols, subscriptions } = recorder.status;
    io.say({
      event: 'recording',
      pid: io.pid,
      directory: config.out,
      symbols,
      subscriptions,
      port: server?.port,
    });
    const reloader = reloading(config, exchange, recorder, counts, io);
    const keeper = keeping(config, recorder, counts, io);
    const live = keepingBooks(config, recorder, io);
    io.onHangup?.(() => reloader.request('SIGHUP'));
    try {
      state.failure = await Promise.race([aborted(io.stop), recorder.failed]);
    } finally {
      await Promise.all([reloader.close(), keeper?.close(), live?.close()]);
    }
    if (state.failure !== undefined) throw state.failure;
  } finally {
    await recorder.close();
  }
  const { frames, bytes, checksums, gaps } = recorder.status;
  io.say({ event: 'closed', frames, bytes, checksums, gaps });
};

const open = async (config: Config, exchange: Exchange, selection: Selection, io: RunIo) => {
  const { journal, source, protocol, url, out, redundancy } = config;
  const counts: UpkeepCounts = {
    reloads: 0,
    reloadFailures: 0,
    derivedSegments: 0,
    deletedSegments: 0,
    upkeepFailures: 0,
  };
  const recorder = await createRecorder({
    ...io,
    url: url ?? PROTOCOLS[protocol].urls,
    protocol,
    source,
    directory: out,
    feeds: feedsFor(config, selection),
    required: selection.named,
    tokens: exchange.tokens,
    challenge: exchange.challenge,
    redundancy,
    fsyncMs: journal.fsync_ms,
    rotate: {
      maxBytes: journal.segment_mb * 1024 * 1024,
      maxMs: journal.segment_minutes * 60_000,
    },
    onNotice: (notice, about) => io.log.warn(about, notice),
  });
  return { recorder, counts };
};

const choose = async (config: Config, { rest }: Exchange, io: RunIo): Promise<Selection> => {
  const market = once(() => loadMarket(rest, io.stop));
  const chosen = await selectSymbols(config, market);
  const selection = config.protocol === 'spot-v1' ? toV1(chosen, (await market()).table) : chosen;
  for (const notice of selection.notices) io.log.warn({ event: 'symbols' }, notice);
  return selection;
};

/** Asked once, whoever needs it first. */
const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
};

const feedsFor = ({ protocol, feeds }: Config, { symbols, known }: Selection): Feed[] =>
  // Books of futures v1 have no depth to choose.
  expandFeeds(feeds, symbols, known).map((feed) =>
    protocol === 'futures-v1' ? { channel: feed.channel, symbol: feed.symbol } : feed,
  );

const reloading = (
  config: Config,
  exchange: Exchange,
  recorder: Recorder,
  counts: UpkeepCounts,
  io: RunIo,
) => {
  const { file, csv, watch, every_minutes } = config.symbols;
  const files = [file, csv?.file].filter((path) => path !== undefined);
  return createReloader({
    files: watch ? files : [],
    everyMs: every_minutes === undefined ? undefined : every_minutes * 60_000,
    timers: io.timers,
    onNotice: (notice) => io.log.warn({ event: 'watch' }, notice),
    reload: async (why) => {
      try {
        const change = await recorder.update(feedsFor(config, await choose(config, exchange, io)));
        counts.reloads += 1;
        io.log.info({ event: 'reloaded', why, ...change }, 'read the symbols again');
      } catch (error) {
        if (io.stop.aborted) return;
        counts.reloadFailures += 1;
        const facts = { event: 'reloadFailed', why, ...errorFacts(error) };
        io.log.error(facts, 'the symbols stay as they are');
      }
    },
  });
};

const keeping = (config: Config, recorder: Recorder, counts: UpkeepCounts, io: RunIo) => {
  const { retention, out: directory } = config;
  if (retention === undefined) return undefined;
  return createKeeper({
    ...{ retention, directory, recorder, counts },
    ...{ log: io.log, clock: io.clock, timers: io.timers },
    upkeep: (request, signal) => runUpkeepChild(io.execPath, request, signal),
  });
};

const keepingBooks = (config: Config, recorder: Recorder, io: RunIo) =>
  config.live_books &&
  keepLiveBooks({
    ...{ directory: config.out, everyMs: config.live_books.every_ms },
    books: () => recorder.books,
    ...{ clock: io.clock, timers: io.timers },
    onError: (error) => io.log.warn({ event: 'liveBooks', ...errorFacts(error) }, 'not rewritten'),
  });

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
