// `npm test`: runs every check whatever fails, and ends with `N passed, N failed`.
// A check that fails counts as one failed, beside the tests' own figures.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orphanTests } from './orphan-tests.mjs';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'kr-verify-'));
const summaryFile = join(scratch, 'tests.json');
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  KR_TEST_SUMMARY: summaryFile,
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};

/** @type {{ name: string, ok: boolean }[]} */
const checks = [];

/** @param {string} command @param {'inherit' | 'pipe'} stdio */
const run = (command, stdio) =>
  new Promise((resolve) => {
    const child = spawn(command, { cwd: root, env, shell: true, stdio: ['ignore', stdio, stdio] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });

/** @param {string} name @param {boolean} ok @param {number} since @param {string} [output] */
const report = (name, ok, since, output = '') => {
  checks.push({ name, ok });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)\n${ok ? '' : output}`);
};

/** @param {string} name @param {string} command */
const check = async (name, command) => {
  const since = performance.now();
  const { ok, output } = await run(command, 'pipe');
  report(name, ok, since, output);
};

const staticChecks = async () => {
  await check('types', 'pnpm run --silent typecheck');
  await check('lint', 'oxlint --type-aware --deny-warnings');
  await check('format', 'biome check --error-on-warnings');
  await check('boundaries', 'oxlint -c .boundaries.oxlintrc.json packages apps');
  await check('unused code', 'knip --treat-config-hints-as-errors');
};

let tests = { passed: 0, failed: 0, skipped: 0, files: /** @type {string[]} */ ([]) };
const testRun = async () => {
  const since = performance.now();
  // Counting lines costs a seventh of the run: CI asks for it.
  const counted = process.env['KR_COVERAGE'] === '1';
  const command = 'vitest run --config scripts/vitest.config.ts --project unit';
  const { ok } = await run(`${command}${counted ? ' --coverage' : ''}`, 'inherit');
  try {
    tests = JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    report('tests', false, since, 'The test run ended without its figures.\n');
    return;
  }
  // Every test passed and the run still failed: an error outside of them, or too little coverage.
  const [name, said] = counted
    ? ['coverage', 'Coverage is below its thresholds, or see the errors above.\n']
    : ['no error outside the tests', 'See the errors above.\n'];
  report(name, ok || tests.failed > 0, since, said);
  const orphans = orphanTests(root, tests.files);
  report('every test file is run', orphans.length === 0, since, `${orphans.join('\n')}\n`);
};

// Each takes seconds to install: CI asks for all of them.
const packs = process.env['KR_PACKS'] === 'all' ? '' : '@kr/orderbook @kr/ws';
await check('build', 'turbo run build --output-logs=errors-only');
// Tests wait a good part of their time: the other checks fit in between.
await Promise.all([
  staticChecks().then(() => check('packages', `node scripts/test-packs.mjs ${packs}`)),
  testRun(),
]);
// Installs clients that others wrote, so it is asked for: by CI, or by hand.
if (process.env['KR_INTEROP'] === '1')
  await check('interop', 'node packages/sandbox/test/interop.mjs');

rmSync(scratch, { recursive: true, force: true });
const passed = tests.passed + checks.filter(({ ok }) => ok).length;
const failed = tests.failed + checks.filter(({ ok }) => !ok).length;
if (tests.skipped > 0) process.stdout.write(`${tests.skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
