import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { kr } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// Each shell reads its script and completes a line, with the built kr on its PATH.
const entry = join(import.meta.dirname, '../dist/main.js');
const exists = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-completion-'));
  const launcher = `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
  await writeFile(join(folder, 'kr'), launcher, { mode: 0o755 });
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await kr(['completion', shell], { env: { KR_SANDBOX: '1' } });
    await writeFile(join(folder, shell), stdout);
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const shell = (name: string, ...argv: string[]): string => {
  const PATH = `${folder}:${process.env['PATH']}`;
  const env = { ...process.env, PATH, HOME: folder, TERM: 'dumb' };
  const { stdout, stderr } = spawnSync(name, argv, { encoding: 'utf8', env, cwd: folder });
  expect(stderr).toBe('');
  return stdout;
};

/** What bash does on a tab, and prints what it would offer. */
const ask = (...words: string[]): string =>
  `COMP_WORDS=(kr ${words.join(' ')}); COMP_CWORD=${words.length}; COMPREPLY=(); _kr; echo "\${COMPREPLY[*]}"`;

describe('completion', () => {
  it('of bash completes commands, options and their values', () => {
    const line = `source ${folder}/bash; ${ask('ver')}; ${ask('verify', '--str')}; ${ask('-o', "''")}`;
    expect(shell('bash', '--norc', '-c', line).split('\n')).toEqual([
      'verify',
      '--strict',
      'table json csv ndjson',
      '',
    ]);
  });

  it.skipIf(!exists('zsh'))('of zsh offers the same (needs zsh)', () => {
    // What _describe is given is what zsh shows.
    const line = `compdef() { :; }; source ${folder}/zsh
      _describe() { print -rl -- "\${(@P)2}"; }
      words=(kr ver); CURRENT=2; _kr
      words=(kr verify --str); CURRENT=3; _kr`;
    expect(shell('zsh', '-f', '-c', line)).toMatch(
      /^verify:prove a recording.*\n--strict:fail.*\n$/,
    );
  });

  it.skipIf(!exists('fish'))('of fish offers the same (needs fish)', () => {
    const line = `source ${folder}/fish; complete -C 'kr ver'; complete -C 'kr verify --str'`;
    expect(shell('fish', '--no-config', '-c', line)).toMatch(
      /^verify\tprove a recording.*\n--strict\tfail.*\n$/,
    );
  });
});
