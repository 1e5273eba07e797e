import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

/** A compiler and a process for each block; generous, for machines that are shared. */
const LIMIT_MS = 240_000;

// Every ```ts block of a README is a program: it is type-checked strictly against the built
// package and run by plain Node, as a newcomer would who pasted it into a file.
const exec = promisify(execFile);
const root = join(import.meta.dirname, '..');
const folders = ['packages', 'apps']
  .filter((kind) => existsSync(join(root, kind)))
  .flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name)));

const blocksOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

describe.each(folders)('the README of %s', (folder) => {
  const blocks = blocksOf(readFileSync(join(folder, 'README.md'), 'utf8'));
  // Ignored by git and by pack, and inside the package, so that its own name resolves.
  const scratch = join(folder, '.turbo', 'readme');

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it.runIf(blocks.length > 0)(
    'type-checks and runs as written',
    async () => {
      mkdirSync(scratch, { recursive: true });
      blocks.forEach((block, index) => {
        writeFileSync(join(scratch, `block-${index + 1}.ts`), block);
      });
      const tsconfig = {
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: {
          customConditions: [],
          rootDir: '.',
          outDir: '.',
          declaration: false,
          declarationMap: false,
          sourceMap: false,
        },
        files: blocks.map((_, index) => `block-${index + 1}.ts`),
      };
      writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(tsconfig));
      const tsc = await exec(join(root, 'node_modules/.bin/tsc'), ['-p', scratch]).catch(
        (error: { stdout: string }) => error,
      );
      expect(tsc.stdout).toBe('');
      for (const [index] of blocks.entries()) {
        const run = await exec('node', [join(scratch, `block-${index + 1}.js`)], { cwd: scratch });
        expect(run.stderr).toBe('');
      }
    },
    LIMIT_MS,
  );
});
