import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { leakWatch } from './leak-watch.ts';

const ROOT = new URL('..', import.meta.url);
/** The private part of a key. */
const SECRET = /^[\w+/]{40,}==$/;

/** A real Node process that runs the built package. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The next line of its standard output; rejects when it ends before that. */
  line(): Promise<string>;
  /** Resolves with its exit code and everything it wrote to standard error. */
  readonly exit: Promise<{ code: number | null; stderr: string }>;
}

/**
 * Starts a module given as text, which finds this package by its public name; `args` are its
 * `process.argv.slice(1)`.
 */
export function startModule(source: string, args: readonly string[], flags: string[] = []): Child {
  if (!existsSync(new URL('dist/index.js', ROOT))) {
    throw new Error('Build the package first: child processes run what is published.');
  }
  const options = [...flags, '--input-type=module', '-e', source, '--', ...args];
  const child = spawn(process.execPath, options, {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  for (const arg of args) if (SECRET.test(arg)) leakWatch()?.keep(arg);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => leakWatch()?.see(String(chunk)));
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stderr });
    });
  });
  return {
    process: child,
    exit,
    line: async () => {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`The child process ended early. ${(await exit).stderr}`);
      return value;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
