import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const root = join(import.meta.dirname, '../../..');
const recorderEntry = join(root, 'apps/recorder/dist/main.js');
const sandboxEntry = join(root, 'packages/sandbox/dist/bin.js');

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** A child process of a built entry, with its lines of JSON on stdout and what it said on stderr. */
export interface Running<Line> {
  readonly child: Child;
  /** The first line it printed. */
  readonly first: Line;
  readonly stderr: () => string;
  /** Sends the signal and waits for the end; answers the exit code, `null` for a killed one. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const run = async <Line>(entry: string, args: readonly string[]): Promise<Running<Line>> => {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
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
    end: async (signal) => {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
};

/** `kr-sandbox` in a process of its own. */
export const runSandbox = (...args: string[]): Promise<Running<{ url: string }>> =>
  run(sandboxEntry, args);

/** `kr-recorder` in a process of its own; resolves when it records. */
export const runRecorder = (...args: string[]): Promise<Running<{ event: string; pid: number }>> =>
  run(recorderEntry, args);
