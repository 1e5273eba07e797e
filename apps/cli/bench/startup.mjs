// How long `kr --version` and `kr --help` take against bare `node -e 0`, each run in turn so that
// what else the machine does falls on all alike. Usage: node bench/startup.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const rounds = Number(process.argv[2] ?? 30);
const main = join(import.meta.dirname, '../dist/main.js');
const contenders = {
  'node -e 0': ['-e', '0'],
  'kr --version': [main, '--version'],
  'kr --help': [main, '--help'],
};

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, argv] of Object.entries(contenders)) {
    const start = performance.now();
    spawnSync(process.execPath, argv, { stdio: 'ignore' });
    times[name]?.push(performance.now() - start);
  }
}

const median = (/** @type {number[]} */ values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const base = times['node -e 0'] ?? [];
console.log(
  `${'command'.padEnd(14)} ${'best ms'.padStart(8)} ${'median ms'.padStart(9)}  ratio of bests, of medians`,
);
for (const [name, wall] of Object.entries(times)) {
  const best = Math.min(...wall);
  const ratios = [best / Math.min(...base), median(wall) / median(base)];
  console.log(
    `${name.padEnd(14)} ${best.toFixed(1).padStart(8)} ${median(wall).toFixed(1).padStart(9)}  ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
  );
}
