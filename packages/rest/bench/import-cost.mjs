// What importing costs over the bare start of Node, against ccxt: `node bench/import-cost.mjs [rounds]`,
// with the packages built. Each import runs in processes of its own, in turns, and the least processor
// time of each counts: time on the wall would mostly say who else uses the machine.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const rivals = join(import.meta.dirname, 'rivals');
const rounds = Number(process.argv[2] ?? 7);

if (!existsSync(join(rivals, 'node_modules/ccxt'))) {
  process.stderr.write('installing ccxt into bench/rivals (once)\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', '--no-package-lock', ...options], {
    cwd: rivals,
    stdio: ['ignore', 2, 2],
  });
}
const ccxt = pathToFileURL(join(rivals, 'node_modules/ccxt/js/ccxt.js')).href;

// The first call to an address where nobody listens: it loads the tables, zod and undici.
const firstCall = `
  const { createSpotClient } = await import('@kr/rest');
  const { createSystemClock, createSystemTimers } = await import('@kr/schemas/shared');
  const client = createSpotClient({
    clock: createSystemClock(), timers: createSystemTimers(), baseUrl: 'http://127.0.0.1:9', retry: false,
  });
  await client.time().catch(() => {});
  await client.close();
`;
const cases = {
  'bare node': '',
  '@kr/rest': "await import('@kr/rest')",
  '@kr/rest and the first call': firstCall,
  undici: "await import('undici')",
  ccxt: `await import(${JSON.stringify(ccxt)})`,
};

const least = Object.fromEntries(
  Object.keys(cases).map((name) => [name, Number.POSITIVE_INFINITY]),
);
for (let round = 0; round < rounds; round += 1) {
  for (const [name, source] of Object.entries(cases)) {
    const report = `${source}\nprocess.stdout.write(JSON.stringify(process.cpuUsage()));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', report], {
      cwd: root,
    });
    const { user, system } = JSON.parse(said.toString());
    least[name] = Math.min(least[name], (user + system) / 1000);
  }
}

const over = (name) => least[name] - least['bare node'];
for (const name of Object.keys(cases)) {
  const share =
    name === 'bare node' ? '' : ` ${((over(name) / over('ccxt')) * 100).toFixed(0)}% of ccxt`;
  console.log(
    `${name.padEnd(30)} ${least[name].toFixed(0).padStart(5)} ms, +${over(name).toFixed(0)} ms${share}`,
  );
}
