import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

/** A compiler, and a process for each README; generous, for machines that are shared. */
const LIMIT_MS = 240_000;

// Every ```ts block of a README is a program: it is type-checked strictly against the built
// package and run by plain Node, as a newcomer would who pasted it into a file.
// The blocks of one README share a process, since loading the packages is most of the time.
const ONE_BY_ONE = 'for (const file of process.argv.slice(1)) await import(file);';
const exec = promisify(execFile);
const root = join(import.meta.dirname, '..');
const folders = ['packages', 'apps']
  .filter((kind) => existsSync(join(root, kind)))
  .flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name)));

const blocksOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

interface Readme {
  readonly name: string;
  readonly blocks: readonly string[];
  /** Ignored by git and by pack, and inside the package, so that its own name resolves. */
  readonly scratch: string;
}

const readmes: readonly Readme[] = folders
  .map((folder) => ({
    name: relative(root, folder),
    blocks: blocksOf(readFileSync(join(folder, 'README.md'), 'utf8')),
    scratch: join(folder, '.turbo', 'readme'),
  }))
  .filter(({ blocks }) => blocks.length > 0);

/** Compiles every block where it is written, in one program: each would check the packages again. */
async function compile(): Promise<string> {
  const files = readmes.flatMap(({ blocks, scratch }) => {
    mkdirSync(scratch, { recursive: true });
    return blocks.map((block, index) => {
      const file = join(scratch, `block-${index + 1}.ts`);
      writeFileSync(file, block);
      return file;
    });
  });
  const output = { declaration: false, declarationMap: false, sourceMap: false };
  const tsconfig = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: { customConditions: [], rootDir: root, outDir: root, ...output },
    files,
  };
  const project = join(root, '.turbo', 'readme');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
  const tsc = await exec(join(root, 'node_modules/.bin/tsc'), ['-p', project]).catch(
    (error: { stdout: string }) => error,
  );
  return tsc.stdout;
}

describe('the blocks of every README', () => {
  afterAll(() => {
    for (const { scratch } of readmes) rmSync(scratch, { recursive: true, force: true });
  });

  it('type-check as written', async () => expect(await compile()).toBe(''), LIMIT_MS);

  // Most of them wait for a sandbox of their own.
  it.concurrent.for(readmes)(
    'run as written: $name',
    { timeout: LIMIT_MS },
    async ({ blocks, scratch }) => {
      const files = blocks.map((_, index) => join(scratch, `block-${index + 1}.js`));
      const args = ['--input-type=module', '-e', ONE_BY_ONE, ...files];
      const run = await exec('node', args, { cwd: scratch });
      expect(run.stderr).toBe('');
    },
  );
});
