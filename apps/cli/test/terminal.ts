import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { run } from '../src/cli.ts';

const entry = join(import.meta.dirname, '../dist/main.js');

/** A home where nobody lives: no key, no settings. */
const NOBODY = join(tmpdir(), 'kr-nobody');

/** What a command came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalOptions {
  readonly workingDirectory?: string;
  readonly interrupted?: AbortSignal;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly stdin?: string;
  /** Told of each piece of the answer, and of all that was said so far. */
  readonly onStdout?: () => void;
  readonly onStderr?: (text: string) => void;
  /** What is typed at a question; without it there is nobody to ask. */
  readonly answer?: string;
}

/** Runs one command line in this process. */
export const kr = async (
  argv: readonly string[],
  options: TerminalOptions = {},
): Promise<Outcome> => {
  let stdout = '';
  let stderr = '';
  const { isTTY = false, columns = 120, answer, stdin = '' } = options;
  const code = await run(argv, {
    stdout: {
      write: (text) => {
        stdout += text;
        options.onStdout?.();
      },
      isTTY,
      columns,
    },
    stderr: {
      write: (text) => {
        stderr += text;
        options.onStderr?.(stderr);
      },
      isTTY,
      columns,
    },
    readStdin: async () => stdin,
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            stderr += question;
            return answer;
          },
    terminal: undefined,
    env: { NO_COLOR: '1', ...options.env },
    home: options.home ?? NOBODY,
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: Math.random,
    interrupted: options.interrupted ?? new AbortController().signal,
    readerGone: new AbortController().signal,
    workingDirectory: options.workingDirectory ?? process.cwd(),
    self: process,
  });
  return { code, stdout, stderr };
};

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Told all that came so far; may act on the process while it runs. */
  readonly onStderr?: (text: string, pid: number) => void;
  readonly onStdout?: (text: string, pid: number) => void;
}

/** Runs the built `kr` as a process of its own. */
export const krProcess = (
  argv: readonly string[],
  options: ProcessOptions = {},
): Promise<Outcome> => runProcess(process.execPath, [entry, ...argv], options);

/** Runs a line of a shell in which `kr` is the built one. */
export const krShell = (line: string, options: ProcessOptions = {}): Promise<Outcome> =>
  runProcess('bash', ['-c', `kr() { '${process.execPath}' '${entry}' "$@"; }\n${line}`], options);

const runProcess = async (
  command: string,
  argv: readonly string[],
  { cwd, env, stdin, onStderr, onStdout }: ProcessOptions,
): Promise<Outcome> => {
  const child = spawn(command, argv, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: NOBODY, XDG_STATE_HOME: join(NOBODY, 'state'), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdin.on('error', () => undefined).end(stdin);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (child.pid !== undefined) onStdout?.(stdout, child.pid);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (child.pid !== undefined) onStderr?.(stderr, child.pid);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
};
