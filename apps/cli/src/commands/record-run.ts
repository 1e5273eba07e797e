import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { findCredentials } from '../credentials.ts';
import { createEnding } from '../ending.ts';
import { CliError } from '../errors.ts';
import { categoryOfCode } from '../explain-error.ts';
import type { GlobalOptions } from '../global-options.ts';
import { longTimeout } from '../long-timeout.ts';
import { counted } from '../output/numbers.ts';
import { type CommandResult, recordResult } from '../output/result.ts';
import { createStatusLine, type StatusLine } from '../output/status-line.ts';
import type { Session } from '../session.ts';
import { RECORDER_OPTIONS, type RecordOptions } from './record.ts';
import { watchMetrics } from './record-status.ts';

/** What the recorder says on stdout. */
interface Said {
  readonly event: string;
  readonly directory?: string;
  readonly symbols?: number;
  readonly port?: number;
  readonly [name: string]: unknown;
}

const PRIVATE = /\b(?:level3|executions|balances)\b/;

/** Runs the recorder as a process of its own, and puts what it says into words. */
export const record = async (
  session: Session,
  options: RecordOptions & GlobalOptions,
  symbols: readonly string[],
): Promise<CommandResult> => {
  const { io, simulated } = session;
  const { argv, env } = await invocation(session, options, symbols);
  const ending = createEnding({}, session);
  let stopTimer: (() => void) | undefined;
  const line = createStatusLine(io.stderr);
  const said = new Map<string, Said>();
  const heard = createHearing(line);
  const child = spawn(io.self.execPath, [recorderProgram(), ...argv], {
    cwd: io.workingDirectory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stopStatus: (() => void) | undefined;
  createInterface({ input: child.stdout }).on('line', (text) => {
    const event = JSON.parse(text) as Said;
    said.set(event.event, event);
    if (event.event !== 'recording') return;
    // So long of recording: what connecting takes does not count.
    const { duration } = options;
    if (duration !== undefined) stopTimer = longTimeout(ending.end, duration, io.timers);
    const directory = relative(io.workingDirectory, event.directory ?? '') || '.';
    const where = simulated ? 'the sandbox (simulated)' : 'Kraken';
    line.note(`recording ${counted(event.symbols ?? 0, 'symbol')} of ${where} into ${directory}`);
    if (event.port !== undefined) stopStatus = watchMetrics(event.port, line, io);
  });
  createInterface({ input: child.stderr }).on('line', heard.listen);
  // A terminal's Ctrl-C has reached it already, and each signal counts once there.
  const stop = (): void => void child.kill('SIGTERM');
  if (ending.signal.aborted) stop();
  ending.signal.addEventListener('abort', stop, { once: true });
  const [code] = (await once(child, 'close')) as [number | null];
  stopTimer?.();
  stopStatus?.();
  line.clear();
  ending.end();
  const settings = said.get('settings');
  if (code === 0 && settings !== undefined) {
    const { event: _event, ...rest } = settings;
    return { columns: [], rows: [], document: rest, text: () => `the settings are right\n` };
  }
  if (code !== 0) throw heard.failure(code);
  const { event: _, ...counts } = said.get('closed') ?? { event: 'closed' };
  const directory = said.get('recording')?.directory;
  if (directory === undefined) return recordResult({ ...counts });
  const shown = relative(io.workingDirectory, directory) || '.';
  session.note(`closed; kr verify ${shown} proves it`);
  return recordResult({ directory: shown, ...counts });
};

/** What the package says of its program: the recorder has no other way in for settings. */
const recorderProgram = (): string => {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@kr/recorder/package.json');
  const manifest = require(path) as { readonly bin: Readonly<Record<string, string>> };
  return resolve(dirname(path), manifest.bin['kr-recorder'] ?? '');
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
  const { settings, check, port } = options;
  const argv = [
    ...given,
    ...(settings === undefined ? [] : ['--config', settings]),
    ...(check === true ? ['--check'] : []),
    // Where nobody chose, a port of our own tells how it goes.
    ...(settings === undefined && port === undefined && check !== true ? ['--port', '0'] : []),
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

/** Its log, put into words: warnings as they come, and what ended it. */
const createHearing = (line: StatusLine) => {
  const complaints: string[] = [];
  let fatal: { readonly msg?: string; readonly err?: string; readonly code?: string } | undefined;
  return {
    listen: (text: string): void => {
      if (!text.startsWith('{')) {
        complaints.push(text);
        return;
      }
      const entry = JSON.parse(text) as {
        level?: string | number;
        msg?: string;
        err?: string;
        code?: string;
      };
      const level = String(entry.level);
      if (level === 'fatal' || level === '60') fatal = entry;
      else if (/^(?:warn|error|[45]0)$/.test(level)) {
        line.note(`kr: ${entry.msg ?? ''}${entry.err === undefined ? '' : `: ${entry.err}`}`);
      }
    },
    failure: (code: number | null): CliError => {
      const [first = ''] = complaints;
      const words = [first.replace(/^kr-recorder: /, ''), ...complaints.slice(1)];
      const message = fatal?.err ?? words.join('\n').trim();
      const category = categoryOfCode[fatal?.code ?? ''] ?? (code === 2 ? 'config' : 'websocket');
      return new CliError(category, message === '' ? `The recorder ended with ${code}.` : message, {
        code: fatal?.code,
        hint: code === 2 ? 'kr record --help has examples.' : undefined,
      });
    },
  };
};
