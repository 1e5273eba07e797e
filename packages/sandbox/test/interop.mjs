// `pnpm test:interop`: starts a sandbox with TLS, and lets clients that others wrote do their work
// against it, each in a process of its own, unmodified, told nothing but other addresses.
// Prints a table, `--markdown` for the README's; exits with 1 when a step failed. Names of clients run those alone.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, createSandboxKey } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';

const CLIENTS = [
  'ccxt',
  'ccxt.pro',
  'ccxt-futures',
  'ccxt.pro-futures',
  'node-kraken-api',
  'kraken-api',
];
/** One client may take this long. */
const LIMIT_MS = 120_000;
const folder = join(import.meta.dirname, '../interop');

if (!existsSync(join(folder, 'node_modules/ccxt'))) {
  process.stderr.write('installing the clients into interop (once)\n');
  const options = [
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: ['ignore', 2, 2] });
}

const futures = {
  ...createSandboxKey('interop futures'),
  balances: { USD: '100000', fi_xbtusd: '1' },
};
const account = {
  ...createSandboxKey('interop'),
  balances: { USD: '100000', BTC: '5' },
  futures,
};
const sandbox = createSandbox({
  source: { kind: 'synthetic', seed: 7, rate: 200 },
  clock: createSystemClock(),
  timers: createSystemTimers(),
  accounts: [account],
  tls: true,
});
const { url, httpUrl, ca } = await sandbox.listen();
const scratch = mkdtempSync(join(tmpdir(), 'kr-interop-'));
writeFileSync(join(scratch, 'ca.pem'), ca ?? '');

/** @typedef {{ step: string, ok: boolean, detail: string }} Row */

/** @param {string} client @returns {Promise<Row[]>} */
const runClient = (client) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'clients', `${client}.mjs`)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: join(scratch, 'ca.pem'),
        SANDBOX_HTTP: httpUrl,
        SANDBOX_WS: url.replace(/\/v2$/, ''),
        SANDBOX_KEY: account.key,
        SANDBOX_SECRET: account.secret,
        SANDBOX_FUTURES_KEY: futures.key,
        SANDBOX_FUTURES_SECRET: futures.secret,
      },
    });
    const late = setTimeout(() => child.kill(), LIMIT_MS);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('close', (code, signal) => {
      clearTimeout(late);
      const rows = output.split('\n').filter((line) => line.startsWith('{'));
      const steps = rows.map((line) => /** @type {Row} */ (JSON.parse(line)));
      if (code !== 0)
        steps.push({ step: 'ends by itself', ok: false, detail: `${signal ?? code}` });
      resolve(steps);
    });
  });

const isMarkdown = process.argv.includes('--markdown');
const named = process.argv.slice(2).filter((each) => !each.startsWith('--'));
let passed = 0;
let failed = 0;
for (const client of named.length > 0 ? named : CLIENTS) {
  const rows = await runClient(client);
  for (const { step, ok, detail } of rows) {
    if (ok) passed += 1;
    else failed += 1;
    if (!isMarkdown)
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${client}: ${step}  ${detail}\n`);
  }
  if (isMarkdown) {
    const names = rows.map(({ step, ok }) => (ok ? step : `**${step} failed**`));
    process.stdout.write(`| ${client} | ${names.join(', ')} |\n`);
  }
}
await sandbox.close();
rmSync(scratch, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
