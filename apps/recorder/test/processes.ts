import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const root = join(import.meta.dirname, '../../..');
const recorderEntry = join(root, 'apps/recorder/dist/main.js');
const sandboxEntry = join(root, 'packages/sandbox/dist/bin.js');

type Child = ChildProcessByStdio<null, Readable, Readable>;
type Env = Readonly<Record<string, string>>;

/** A child process of a built entry, with its lines of JSON on stdout and what it said on stderr. */
export interface Running<Line> {
  readonly child: Child;
  /** The first line it printed. */
  readonly first: Line;
  readonly stderr: () => string;
  /** Resolves with the first line on stderr, said or to be said, that has this text in it. */
  said(text: string): Promise<string>;
  /** Sends the signal and waits for the end; answers the exit code, `null` for a killed one. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** What a process that came to its end by itself had to say. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const start = (entry: string, args: readonly string[], env: Env): Child =>
  spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });

const run = async <Line>(
  entry: string,
  args: readonly string[],
  env: Env = {},
): Promise<Running<Line>> => {
  const child = start(entry, args, env);
  let errors = '';
  const waiting = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    for (const look of waiting) look();
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = await lines.next();
  if (line.done === true) {
    const [code] = await closed;
    throw new Error(`${entry} ended with ${String(code)} and no line: ${errors}`);
  }
  return {
    child,
    first: JSON.parse(line.value) as Line,
    stderr: () => errors,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = errors
            .split('\n')
            .slice(0, -1)
            .find((each) => each.includes(text));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`it ended without saying ${text}: ${errors}`)));
      }),
    end: async (signal) => {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
};

/** What `kr-sandbox` says of itself. */
export interface SandboxLine {
  readonly url: string;
  readonly control: string;
  readonly accounts?: readonly { readonly key: string; readonly secret: string }[];
}

export interface RecordingLine {
  readonly event: string;
  readonly pid: number;
  readonly symbols: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly port?: number;
}

/** `kr-sandbox` in a process of its own. */
export const runSandbox = (...args: string[]): Promise<Running<SandboxLine>> =>
  run(sandboxEntry, args);

/** `kr-recorder` in a process of its own; resolves when it records. */
export const runRecorder = (...args: string[]): Promise<Running<RecordingLine>> =>
  run(recorderEntry, args);

/** The same with more in its environment. */
export const runRecorderWith = (env: Env, ...args: string[]): Promise<Running<RecordingLine>> =>
  run(recorderEntry, args, env);

/** `kr-recorder` that is expected to end by itself. */
export const endRecorder = async (env: Env, ...args: string[]): Promise<Ended> => {
  const child = start(recorderEntry, args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
};
