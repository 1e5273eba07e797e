import { relative, resolve } from 'node:path';
import { createRecorder, marketFeeds, type Recorder } from '@kr/recorder';
import { linuxProcessTable, signalProcessTable } from '@kr/recording';
import { isAbort } from '../errors.ts';
import type { Io } from '../io.ts';
import { longTimeout } from '../long-timeout.ts';
import type { CommandResult } from '../output/result.ts';
import { createStatusLine, type StatusLine } from '../output/status-line.ts';
import { aborted } from '../wait.ts';
import { watchStatus } from '../watch-status.ts';
import { openMarket } from './market.ts';
import { defaultDirectory, type StartOptions } from './start.ts';
import { verifyPath } from './verify-run.ts';

/** Of a log: it is there to be looked at. */
const LOG_MS = 5000;

/** Runs until the duration is over, a signal, or a failure; then closes and proves the recording. */
export const start = async (options: StartOptions, io: Io): Promise<CommandResult> => {
  const market = await openMarket(options, io);
  const directory = resolve(
    io.workingDirectory,
    options.out ?? defaultDirectory(io, market.source === 'live'),
  );
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
      onNotice: (notice) => line.note(notice),
    });
    failure = await capture(recorder, options.duration, line, io);
  } finally {
    await recorder?.close();
    await market.close();
    line.clear();
  }
  const verdict = await verifyPath(shown, options, io);
  return {
    ...verdict,
    // What ended the recording comes after what is proved of it.
    afterwards: async () => {
      if (failure !== undefined) throw failure;
    },
  };
};

/** Connects and records until there is an end; answers the error that was it, if one was. */
const capture = async (
  recorder: Recorder,
  duration: number | undefined,
  line: StatusLine,
  io: Io,
): Promise<Error | undefined> => {
  const over = new AbortController();
  const stopTimer =
    duration === undefined ? undefined : longTimeout(() => over.abort(), duration, io.timers);
  const stopDrawing = watchStatus(recorder, line, io, LOG_MS);
  const signal = AbortSignal.any([io.interrupted, over.signal]);
  try {
    await recorder.start(signal);
    return await Promise.race([aborted(signal), recorder.failed]);
  } catch (error) {
    // Ended while connecting: what was received until then is still worth its verdict.
    if (signal.aborted && isAbort(error)) return undefined;
    throw error;
  } finally {
    stopTimer?.();
    stopDrawing();
  }
};
