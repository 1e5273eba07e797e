import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xterm from '@xterm/headless';

const { Terminal } = xterm;

const entry = join(import.meta.dirname, '../dist/main.js');

/** A home where nobody lives: nothing is left in a working directory. */
const NOBODY = join(tmpdir(), 'kr-nobody');

/** util-linux's `script` gives a program a terminal of its own. */
const asked = spawnSync('script', ['--version'], { encoding: 'utf8' });
export const hasPseudoTerminal = asked.error === undefined && asked.stdout.includes('util-linux');

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Screen {
  readonly code: number | null;
  /** All that was shown, in its order. */
  readonly text: string;
}

const command = (words: readonly string[]): string =>
  [process.execPath, entry, ...words].map((word) => `'${word}'`).join(' ');

/** What a terminal shows after all of this: its lines, and whether the cursor and the screen are its own again. */
export const screenOf = async (text: string, { columns, rows }: Size): Promise<string> => {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(text, resolve);
  });
  const { active } = terminal.buffer;
  const lines = Array.from({ length: rows }, (_, at) =>
    (active.getLine(active.baseY + at)?.translateToString(true) ?? '').trimEnd(),
  );
  terminal.dispose();
  return lines.join('\n').trimEnd();
};

/** Runs the built `kr` on a terminal; types each answer when its question has been shown. */
export const krOnTerminal = async (
  words: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
  env: Readonly<Record<string, string>>,
  size: Size = { columns: 100, rows: 24 },
): Promise<Screen> => {
  const line = `stty cols ${size.columns} rows ${size.rows}; exec ${command(words)}`;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH: process.env['PATH'], SHELL: '/bin/sh', TERM: 'xterm', HOME: NOBODY, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  const left = [...answers];
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    const [next] = left;
    if (next === undefined || !text.includes(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
};
