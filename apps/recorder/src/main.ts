#!/usr/bin/env node
import { homedir } from 'node:os';
import { linuxProcessTable, signalProcessTable } from '@kr/recording';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { pino } from 'pino';
import { USAGE } from './config/flags.ts';
import { readSettings } from './config/read-settings.ts';
import type { Config } from './config/schema.ts';
import { errorFacts, isRecorderError } from './errors.ts';
import { createLog } from './operation/log.ts';
import type { UpkeepRequest } from './operation/upkeep.ts';
import { runRecorder } from './run-recorder.ts';

// The one file of this app that touches the process.
/** What waits for a stderr that nobody reads; what is more is dropped, for capture goes first. */
const LOG_BYTES = 4 * 1024 * 1024;

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** The settings, or the exit code where there is nothing to run. */
const settings = async (): Promise<Config | number> => {
  const found = await readSettings(process.argv.slice(2), process.cwd());
  if (found === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!found.isCheck) return found.config;
  say({ event: 'settings', ...found.config });
  return 0;
};

const record = async (config: Config): Promise<number> => {
  const destination = pino.destination({ dest: 2, sync: false, maxLength: LOG_BYTES });
  const log = createLog(config.log.level, destination);
  const stop = new AbortController();
  // Once each: a second one ends the process as it would any other.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort());
  }
  // From the first moment on, for by default it ends a process.
  const hangups = new Set<() => void>();
  process.on('SIGHUP', () => {
    for (const listener of hangups) listener();
  });
  try {
    await runRecorder(config, {
      clock: createSystemClock(),
      timers: createSystemTimers(),
      random: Math.random,
      env: process.env,
      home: homedir(),
      pid: process.pid,
      processes: linuxProcessTable() ?? signalProcessTable(process),
      log,
      say,
      execPath: process.execPath,
      stop: stop.signal,
      onHangup: (listener) => {
        hangups.add(listener);
      },
    });
    return 0;
  } catch (error) {
    log.fatal({ event: 'failed', ...errorFacts(error) }, 'the recording could not go on');
    return isRecorderError(error) && error.code === 'INVALID_SYMBOLS' ? 2 : 1;
  } finally {
    destination.flushSync();
  }
};

/** The same program in the process that derives: see `runUpkeepChild`. */
const upkeep = async (request: string): Promise<number> => {
  const { runUpkeep } = await import('./operation/upkeep.ts');
  say(await runUpkeep(JSON.parse(request) as UpkeepRequest));
  return 0;
};

const main = async (): Promise<number> => {
  const [command, request] = process.argv.slice(2);
  if (command === 'upkeep' && request !== undefined) return upkeep(request);
  const config = await settings();
  return typeof config === 'number' ? config : record(config);
};

try {
  process.exitCode = await main();
} catch (error) {
  complain(`kr-recorder: ${errorFacts(error).err}`);
  process.exitCode = 2;
}
