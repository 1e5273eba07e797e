// What `kr` costs beside its work: `--version` and `--help` against bare `node -e 0`; verify and export
// against the same work in a bare program that calls the packages; the first row of a query. Each run in
// turn so that what else the machine does falls on all alike. Usage: node bench/startup.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = Number(process.argv[2] ?? 15);
const main = join(import.meta.dirname, '../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'kr-bench-'));
const recording = join(folder, 'recording');
const bare = (/** @type {string} */ program) => ['--input-type=module', '-e', program];
const run = (/** @type {string[]} */ argv) => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
  return performance.now() - start;
};

try {
  run([main, 'start', '--duration', '3s', '--rate', '5000', '--out', recording]);
  run([main, 'export', recording]);
  const path = JSON.stringify(recording);
  const to = JSON.stringify(join(folder, 'csv'));
  const contenders = {
    'node -e 0': ['-e', '0'],
    'kr --version': [main, '--version'],
    'kr --help': [main, '--help'],
    'verify, bare': bare(`import { verify } from '@kr/recording'; await verify(${path});`),
    'kr verify': [main, 'verify', recording],
    'export, bare': bare(
      `import { exportFiles } from '@kr/recording/export'; await exportFiles(${path}, { to: ${to}, formats: ['csv'] });`,
    ),
    'kr export': [main, 'export', recording, '--format', 'csv', '--to', join(folder, 'csv2')],
    'kr query': [main, 'query', recording, 'SELECT count(*) FROM trade'],
  };
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, argv] of Object.entries(contenders)) times[name]?.push(run(argv));
  }
  const sorted = (/** @type {string} */ name) => (times[name] ?? []).toSorted((a, b) => a - b);
  const best = (/** @type {string} */ name) => sorted(name)[0] ?? Number.NaN;
  const median = (/** @type {string} */ name) => sorted(name)[Math.floor(rounds / 2)] ?? Number.NaN;

  console.log(`${'command'.padEnd(14)} ${'best ms'.padStart(8)} ${'median ms'.padStart(9)}`);
  for (const name of Object.keys(contenders)) {
    const [least, middle] = [best(name), median(name)].map((ms) => ms.toFixed(1));
    console.log(`${name.padEnd(14)} ${least?.padStart(8)} ${middle?.padStart(9)}`);
  }
  const targets = [
    ['kr --version, times node', 1.6, best('kr --version') / best('node -e 0')],
    ['kr --help, times node', 1.6, best('kr --help') / best('node -e 0')],
    ['kr verify adds, s', 0.3, (best('kr verify') - best('verify, bare')) / 1000],
    ['kr export adds, s', 0.3, (best('kr export') - best('export, bare')) / 1000],
    ['kr query, first row, s', 0.6, best('kr query') / 1000],
  ];
  for (const [what, limit, found] of targets) {
    const verdict = Number(found) <= Number(limit) ? 'met' : 'MISSED';
    console.log(
      `${String(what).padEnd(26)} ≤ ${limit}  found ${Number(found).toFixed(2)}  ${verdict}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
