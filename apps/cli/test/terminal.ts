import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { run } from '../src/cli.ts';

const entry = join(import.meta.dirname, '../dist/main.js');

/** What a command came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process. */
export const kr = async (
  argv: readonly string[],
  options: { workingDirectory?: string; interrupted?: AbortSignal; isTTY?: boolean } = {},
): Promise<Outcome> => {
  let stdout = '';
  let stderr = '';
  const isTTY = options.isTTY ?? false;
  const code = await run(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text), isTTY, columns: 120 },
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: Math.random,
    interrupted: options.interrupted ?? new AbortController().signal,
    workingDirectory: options.workingDirectory ?? process.cwd(),
    self: process,
  });
  return { code, stdout, stderr };
};

/** Runs the built `kr` as a process; `onStderr` may act on it while it runs. */
export const krProcess = async (
  argv: readonly string[],
  cwd: string,
  onStderr: (text: string, pid: number) => void = () => undefined,
): Promise<Outcome> => {
  const child = spawn(process.execPath, [entry, ...argv], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (child.pid !== undefined) onStderr(stderr, child.pid);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
};
