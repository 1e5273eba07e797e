import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { catalog } from '../src/catalog.ts';
import { createHost } from '../src/host.ts';
import { buildProgram } from '../src/program.ts';
import { kr } from './terminal.ts';

// Only the tree is built here: nothing of the outside is touched.
const host = createHost({} as never, () => undefined);
const quiet = { out: () => undefined, error: () => undefined };
const program = await buildProgram(host, quiet, () => true);
const leaves = (command: Command, path: string[] = []): string[][] => {
  const own =
    path.length > 0 && (command.commands.length === 0 || isCallable(command)) ? [path] : [];
  return [...own, ...command.commands.flatMap((child) => leaves(child, [...path, child.name()]))];
};
const isCallable = (command: Command): boolean => command.registeredArguments.length > 0;

describe('--help', () => {
  it.each(leaves(program))('has examples: kr %s %s', async (...words) => {
    const path = words.filter((word) => typeof word === 'string');
    const { code, stdout } = await kr([...path, '--help']);
    expect(code).toBe(0);
    const [, shown = ''] = stdout.split('\nExamples:\n');
    const lines = shown.split('\n').filter((line) => line.startsWith('  '));
    expect(lines.length).toBeGreaterThan(0);
    // Examples are about this command; some start with an option of all commands.
    expect(lines.some((line) => line.includes(path.join(' ')))).toBe(true);
  });

  it('lists every command of the catalog in the overview', async () => {
    const { stdout } = await kr(['--help']);
    for (const { name } of catalog) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });
});
