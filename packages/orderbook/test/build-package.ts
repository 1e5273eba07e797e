import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '..');
const TSC = join(PACKAGE, '../../node_modules/.bin/tsc');

/** The package packed by npm and unpacked in an empty project, without a network. */
export function buildPackage(): { readonly project: string; readonly files: readonly string[] } {
  const scratch = mkdtempSync(join(tmpdir(), 'kr-orderbook-'));
  const source = join(scratch, 'source');
  mkdirSync(source);
  for (const file of ['package.json', 'README.md', 'LICENSE', 'src']) {
    cpSync(join(PACKAGE, file), join(source, file), { recursive: true });
  }
  const config = join(PACKAGE, 'tsconfig.build.json');
  execFileSync(TSC, ['-p', config, '--outDir', join(source, 'dist')], { stdio: 'pipe' });
  const packed = execFileSync('npm', ['pack', '--json', '--loglevel=error'], {
    cwd: source,
    encoding: 'utf8',
  });
  const [{ filename, files }] = JSON.parse(packed) as [
    { filename: string; files: { path: string }[] },
  ];
  const project = join(scratch, 'project');
  const installed = join(project, 'node_modules/@kr/orderbook');
  mkdirSync(installed, { recursive: true });
  const unpack = ['-xzf', join(source, filename), '-C', installed, '--strip-components=1'];
  execFileSync('tar', unpack);
  writeFileSync(join(project, 'package.json'), '{"type":"module","private":true}');
  return { project, files: files.map(({ path }) => path) };
}

export function readManifest(project: string): Record<string, unknown> {
  const path = join(project, 'node_modules/@kr/orderbook/package.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** Type-checks a program of the project as a newcomer's compiler would. */
export function typeCheck(project: string, program: string): void {
  writeFileSync(join(project, 'use.ts'), program);
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
  };
  const config = { compilerOptions, files: ['use.ts'] };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  execFileSync(TSC, ['-p', project], { stdio: 'pipe' });
}
