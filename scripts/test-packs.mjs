// Packs every package and app as it would be published, and uses each from an empty project:
// publint, resolution of its types, npm install, type-check, `import` and `require`. With names
// (`node scripts/test-packs.mjs @kr/schemas`) only those are used, and all are packed.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'kr-packs-'));
const bin = (/** @type {string} */ name) => join(root, 'node_modules/.bin', name);
let failed = 0;

/** @param {string} what @param {() => Promise<unknown>} action */
const check = async (what, action) => {
  try {
    await action();
  } catch (cause) {
    failed += 1;
    const { stdout = '', stderr = '', message } = /** @type {any} */ (cause);
    process.stdout.write(`FAILED  ${what}\n${stdout}${stderr || message}\n`);
  }
};

/** @type {Map<string, { tarball: string, manifest: any }>} */
const packs = new Map();
const folders = ['packages', 'apps'].flatMap((kind) =>
  readdirSync(join(root, kind)).map((folder) => join(root, kind, folder)),
);
// One process for all: starting pnpm costs more than packing.
const which = ['-r', '--filter', './packages/*', '--filter', './apps/*'];
const pack = ['pack', '--json', '--pack-destination', scratch];
const { stdout: listing } = await exec('pnpm', [...which, ...pack], {
  cwd: root,
  maxBuffer: 64 * 1024 * 1024,
});
const tarballs = new Map(
  JSON.parse(listing).map((/** @type {any} */ { name, filename }) => [name, filename]),
);
for (const folder of folders) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  packs.set(manifest.name, { tarball: tarballs.get(manifest.name), manifest });
}

/** Unpublished siblings come from their tarballs. @param {string} except */
const overrides = (except) =>
  Object.fromEntries(
    [...packs].flatMap(([name, { tarball }]) =>
      name === except ? [] : [[name, `file:${tarball}`]],
    ),
  );

/** The entries that a pattern stands for. @param {string} packed @param {string} entry @param {string} file */
const filesOf = (packed, entry, file) => {
  const [folder = '', extension = ''] = file.split('*');
  return readdirSync(join(packed, folder))
    .filter((path) => path.endsWith(extension))
    .map((path) => entry.replace('*', path.slice(0, -extension.length)));
};

/** @param {string} name @param {{ tarball: string, manifest: any }} pack */
const use = async (name, { tarball, manifest }) => {
  await check(`${name}: publint`, () => exec(bin('publint'), ['run', tarball, '--strict']));
  const attw = [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'];
  await check(`${name}: types resolve`, () => exec(bin('attw'), attw));

  const cwd = join(scratch, name.replace('/', '-'));
  mkdirSync(cwd);
  // An optional peer is installed by whoever uses the subpath that needs it.
  const dependencies = { [name]: `file:${tarball}`, ...manifest.peerDependencies };
  const project = { name: 'use', private: true, type: 'module', dependencies };
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({ ...project, overrides: overrides(name) }),
  );
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await check(`${name}: npm install`, () => exec('npm', install, { cwd }));

  const entries = Object.entries(manifest.exports)
    .filter(([entry, target]) => target !== null && !entry.endsWith('.json'))
    .flatMap(([entry, { default: file }]) =>
      entry.includes('*') ? filesOf(join(cwd, 'node_modules', name), entry, file) : [entry],
    )
    .filter((entry) => manifest.exports[entry] !== null);
  const names = entries.map((entry) => JSON.stringify(name + entry.slice(1)));
  const imports = names.map((entry, i) => `import * as m${i} from ${entry};`).join('\n');
  const all = names.map((_, i) => `m${i}`).join(', ');
  writeFileSync(
    join(cwd, 'use.ts'),
    `${imports}\nfor (const m of [${all}]) if (Object.keys(m).length === 0) throw new Error('empty');\n`,
  );
  writeFileSync(
    join(cwd, 'use.cjs'),
    `for (const m of [${names.map((entry) => `require(${entry})`).join(', ')}]) if (Object.keys(m).length === 0) throw new Error('empty');\n`,
  );
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  await check(`${name}: type-check`, () => exec(bin('tsc'), ['-p', '.'], { cwd }));
  await check(`${name}: import`, () => exec('node', ['use.js'], { cwd }));
  await check(`${name}: require`, () => exec('node', ['--no-warnings', 'use.cjs'], { cwd }));
};

const wanted = process.argv.slice(2);
const queue = [...packs].filter(([name]) => wanted.length === 0 || wanted.includes(name));
if (queue.length === 0) throw new Error(`No package is called ${wanted.join(' or ')}.`);
const worker = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await use(...next);
};
await Promise.all([worker(), worker()]);
rmSync(scratch, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
