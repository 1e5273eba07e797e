import { relative } from 'node:path';
import { type Log, readSettings, runRecorder } from '@kr/recorder/run';
import { linuxProcessTable, signalProcessTable } from '@kr/recording';
import { findCredentials } from '../credentials.ts';
import { createEnding } from '../ending.ts';
import type { GlobalOptions } from '../global-options.ts';
import { longTimeout } from '../long-timeout.ts';
import { counted } from '../output/numbers.ts';
import { type CommandResult, recordResult } from '../output/result.ts';
import { createStatusLine, type StatusLine } from '../output/status-line.ts';
import type { Session } from '../session.ts';
import { watchStatus } from '../watch-status.ts';
import { RECORDER_OPTIONS, type RecordOptions } from './record.ts';

/** What the recorder says as it goes on. */
interface Said {
  readonly event: string;
  readonly directory?: string;
  readonly symbols?: number;
  readonly [name: string]: unknown;
}

/** Of a log that is kept for months. */
const LOG_MS = 60_000;

const PRIVATE = /\b(?:level3|executions|balances)\b/;

/** Runs the recorder until it is told to end, and puts what it says into words. */
export const record = async (
  session: Session,
  options: RecordOptions & GlobalOptions,
  symbols: readonly string[],
): Promise<CommandResult> => {
  const { io, simulated } = session;
  const { argv, env } = await invocation(session, options, symbols);
  const settings = await readSettings(argv, io.workingDirectory);
  // Nobody can have asked for its help: what is not known of a command line was refused before.
  if (settings === 'help') return recordResult({});
  const { config, isCheck } = settings;
  if (isCheck) {
    return { columns: [], rows: [], document: config, text: () => 'the settings are right\n' };
  }
  const ending = createEnding({}, session);
  const line = createStatusLine(io.stderr);
  const said = new Map<string, Said>();
  const stops: (() => void)[] = [];
  const say = (event: Said): void => {
    said.set(event.event, event);
    if (event.event !== 'recording') return;
    // So long of recording: what connecting takes does not count.
    const { duration } = options;
    if (duration !== undefined) stops.push(longTimeout(ending.end, duration, io.timers));
    const where = simulated ? 'the sandbox (simulated)' : 'Kraken';
    const into = relative(io.workingDirectory, event.directory ?? '') || '.';
    line.note(`recording ${counted(event.symbols ?? 0, 'symbol')} of ${where} into ${into}`);
  };
  try {
    await runRecorder(config, {
      ...io,
      env,
      pid: io.self.pid,
      execPath: io.self.execPath,
      processes: linuxProcessTable() ?? signalProcessTable(io.self),
      log: logOn(line),
      say: (event) => say(event as Said),
      stop: ending.signal,
      // A terminal that is closed ends it, as it ends every command.
      onHangup: io.stderr.isTTY === true ? undefined : io.onHangup,
      onOpen: (recorder) => stops.push(watchStatus(recorder, line, io, LOG_MS)),
    });
  } finally {
    for (const stop of stops) stop();
    line.clear();
    ending.end();
  }
  const directory = said.get('recording')?.directory;
  // Interrupted before there was anything to record.
  if (directory === undefined) throw io.interrupted.reason;
  const { event: _event, ...counts } = said.get('closed') ?? { event: 'closed' };
  const shown = relative(io.workingDirectory, directory) || '.';
  session.note(`closed; kr verify ${shown} proves it`);
  return recordResult({ directory: shown, ...counts });
};

const camel = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const invocation = async (
  session: Session,
  options: RecordOptions & GlobalOptions,
  symbols: readonly string[],
) => {
  const { io } = session;
  const given = RECORDER_OPTIONS.flatMap(([name]) => {
    const value = options[camel(name)];
    return typeof value === 'string' ? [`--${name}`, value] : [];
  });
  const { settings, check } = options;
  const argv = [
    ...given,
    ...(settings === undefined ? [] : ['--config', settings]),
    ...(check === true ? ['--check'] : []),
  ];
  const place = await session.place();
  const env: Record<string, string | undefined> = { ...io.env };
  if (place.baseUrl !== undefined) {
    argv.push('--url', `${place.baseUrl.replace(/^http/, 'ws')}/v2`, '--source', 'sandbox');
    if (place.keys !== undefined) {
      env['KR_SANDBOX_API_KEY'] = place.keys.spot.key;
      env['KR_SANDBOX_API_SECRET'] = place.keys.spot.secret;
    }
  } else if (isPrivate(options)) {
    const request = { ...session, venue: 'spot', environment: 'live', options } as const;
    const { key, secret } = await findCredentials(request);
    env['KRAKEN_API_KEY'] = key;
    env['KRAKEN_API_SECRET'] = secret.expose();
  }
  return { argv: [...argv, '--', ...symbols], env };
};

const isPrivate = ({ channels = '', keyFile, profile, apiKey }: RecordOptions & GlobalOptions) =>
  PRIVATE.test(channels) || (keyFile ?? profile ?? apiKey) !== undefined;

/** Warnings as they come; what goes well is in the status line. */
const logOn = (line: StatusLine): Log => {
  const warn: Log['warn'] = ({ err }, text) =>
    line.note(`kr: ${text}${typeof err === 'string' ? `: ${err}` : ''}`);
  return { info: () => undefined, warn, error: warn };
};
