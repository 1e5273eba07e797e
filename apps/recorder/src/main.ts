#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { linuxProcessTable, signalProcessTable } from '@kr/recording';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { marketFeeds } from './feeds.ts';
import { createRecorder } from './recorder.ts';

// The one file of this app that touches the process.
const usage = `kr-recorder --url WS_URL --out DIRECTORY [--source live|sandbox] [--depth 10] [--fsync-ms 100] SYMBOL…

Records book, trade, ticker and instrument of the symbols until SIGTERM or SIGINT, then closes the
recording. One JSON line on stdout says when it is recording, and one at the end what it took.
Exit code: 0 closed, 1 it could not go on, 2 wrong usage.`;

const readOptions = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      out: { type: 'string' },
      source: { type: 'string', default: 'live' },
      depth: { type: 'string', default: '10' },
      'fsync-ms': { type: 'string', default: '100' },
      help: { type: 'boolean', default: false },
    },
  });
  const { url, out, source } = values;
  const depth = Number(values.depth);
  const fsyncMs = Number(values['fsync-ms']);
  if (values.help) return undefined;
  if (url === undefined || out === undefined || positionals.length === 0) return undefined;
  if (source !== 'live' && source !== 'sandbox') return undefined;
  if (!Number.isInteger(depth) || depth < 1 || !(fsyncMs > 0)) return undefined;
  return {
    url,
    directory: out,
    source,
    feeds: marketFeeds(positionals, depth),
    fsyncMs,
  } as const;
};

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const main = async (): Promise<number> => {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (error) {
    // A flag that it does not have, or a value that is missing.
    process.stderr.write(`kr-recorder: ${error instanceof Error ? error.message : ''}\n`);
  }
  if (options === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const stopped = new Promise<undefined>((resolve) => {
    interrupt.signal.addEventListener('abort', () => resolve(undefined));
  });
  const recorder = await createRecorder({
    ...options,
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: Math.random,
    processes: linuxProcessTable() ?? signalProcessTable(process),
    onNotice: (notice) => process.stderr.write(`${notice}\n`),
  });
  try {
    await recorder.start(interrupt.signal);
    say({ event: 'recording', pid: process.pid, directory: options.directory });
    const failure = await Promise.race([stopped, recorder.failed]);
    if (failure !== undefined) throw failure;
  } finally {
    await recorder.close();
  }
  const { frames, bytes, checksums, gaps } = recorder.status;
  say({ event: 'closed', frames, bytes, checksums, gaps });
  return 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`kr-recorder: ${text}\n`);
  process.exitCode = 1;
}
