import { relative } from 'node:path';
import { createRecorder, marketFeeds, type Recorder } from '@kr/recorder';
import { linuxProcessTable, signalProcessTable } from '@kr/recording';
import type { Io } from '../io.ts';
import { createStatusLine } from '../output/status-line.ts';
import { watchStatus } from '../watch-status.ts';
import { openMarket } from './market.ts';
import { defaultDirectory, type StartOptions } from './start.ts';
import { verifyPath } from './verify-run.ts';

/** Runs until the duration is over, a signal, or a failure; then closes and proves the recording. */
export const start = async (options: StartOptions, io: Io): Promise<number> => {
  const market = await openMarket(options, io);
  const directory = options.out ?? defaultDirectory(io, market.source === 'live');
  const shown = relative(io.workingDirectory, directory) || directory;
  const line = createStatusLine(io.stderr);
  const where = market.source === 'live' ? 'Kraken' : `the sandbox (simulated) at ${market.url}`;
  line.note(`recording ${market.symbols.join(', ')} of ${where} into ${shown}`);
  let recorder: Recorder | undefined;
  let failure: Error | undefined;
  try {
    recorder = await createRecorder({
      url: market.url,
      source: market.source,
      directory,
      feeds: marketFeeds(market.symbols, options.depth),
      clock: io.clock,
      timers: io.timers,
      random: io.random,
      processes: linuxProcessTable() ?? signalProcessTable(io.self),
      onNotice: line.note,
    });
    await recorder.start(io.interrupted);
    const stop = watchStatus(recorder, line, io);
    failure = await ended(recorder, options.duration, io);
    stop();
  } catch (error) {
    // Interrupted while connecting: what was received is still worth its verdict.
    if (!io.interrupted.aborted) throw error;
  } finally {
    await recorder?.close();
    await market.close();
    line.clear();
  }
  const code = await verifyPath(
    directory,
    { output: 'table', strict: options.strict ?? false },
    io,
  );
  if (failure !== undefined) throw failure;
  return code;
};

/** Resolves with what ended the recording: an error, or nothing. */
const ended = async (
  recorder: Recorder,
  duration: number | undefined,
  { interrupted, timers }: Io,
): Promise<Error | undefined> => {
  let timer: unknown;
  let handleAbort: (() => void) | undefined;
  const asked = new Promise<undefined>((resolve) => {
    const finish = (): void => resolve(undefined);
    handleAbort = finish;
    if (interrupted.aborted) finish();
    interrupted.addEventListener('abort', finish);
    if (duration !== undefined) timer = timers.setTimeout(finish, duration);
  });
  try {
    return await Promise.race([asked, recorder.failed]);
  } finally {
    timers.clearTimeout(timer);
    if (handleAbort !== undefined) interrupted.removeEventListener('abort', handleAbort);
  }
};
