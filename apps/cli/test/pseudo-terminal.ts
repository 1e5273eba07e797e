import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '../dist/main.js');

/** util-linux's `script` gives a program a terminal of its own. */
const asked = spawnSync('script', ['--version'], { encoding: 'utf8' });
export const hasPseudoTerminal = asked.error === undefined && asked.stdout.includes('util-linux');

export interface Screen {
  readonly code: number | null;
  /** All that was shown, in its order. */
  readonly text: string;
}

/** Runs the built `kr` on a terminal; types each answer when its question has been shown. */
export const krOnTerminal = async (
  words: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
  env: Readonly<Record<string, string>>,
): Promise<Screen> => {
  const line = [process.execPath, entry, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH: process.env['PATH'], SHELL: '/bin/sh', TERM: 'xterm', ...env },
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
