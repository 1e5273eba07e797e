// `pnpm bench:monitor`: frames that the page drops beside those of an empty page in the same Chromium, the
// time to the first view, what is sent to the browser, and the page's memory. `--quick` for a first look;
// `--memory` adds an hour of market at sixty times its speed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const isQuick = process.argv.includes('--quick');
const seconds = isQuick ? 3 : 8;
const rounds = isQuick ? 2 : 5;
const here = import.meta.dirname;
const executablePath = process.env['KR_CHROMIUM'] ?? '/usr/bin/chromium';
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** @param {string[]} args */
const startMarket = async (...args) => {
  const child = spawn(process.execPath, [join(here, 'market.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(/** @type {NodeJS.ReadableStream} */ (child.stdout), 'data');
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url: String(line).trim(), stop };
};

/** The share of frames that were not drawn, of those that sixty a second would be. */
const droppedShare = (/** @type {number} */ ms) =>
  new Promise((resolve) => {
    let [due, drawn] = [0, 0];
    let before = performance.now();
    const end = before + ms;
    const frame = (/** @type {number} */ now) => {
      due += Math.max(1, Math.round((now - before) / (1000 / 60)));
      drawn += 1;
      before = now;
      if (now < end) requestAnimationFrame(frame);
      else resolve(1 - drawn / due);
    };
    requestAnimationFrame(frame);
  });

const median = (/** @type {number[]} */ values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const assets = join(here, '../dist/page/assets');
const gzipped = readdirSync(assets)
  .filter((name) => /\.(js|css)$/.test(name))
  .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const viewport = { width: 1600, height: 900 };
const market = await startMarket('800', '1000');

/** @type {Record<'empty' | 'workspace' | 'grid', number[]>} */
const dropped = { empty: [], workspace: [], grid: [] };
const empty = await browser.newPage({ viewport });
const page = await browser.newPage({ viewport });
await page.goto(market.url);
await page.waitForSelector('.badge-verified');
for (let round = 0; round < rounds; round += 1) {
  await empty.bringToFront();
  await page.evaluate(() => document.querySelector('html')?.setAttribute('hidden', ''));
  dropped.empty.push(Number(await empty.evaluate(droppedShare, seconds * 1000)));
  await page.evaluate(() => document.querySelector('html')?.removeAttribute('hidden'));
  await page.bringToFront();
  dropped.workspace.push(Number(await page.evaluate(droppedShare, seconds * 1000)));
  await page.keyboard.press('g');
  dropped.grid.push(Number(await page.evaluate(droppedShare, seconds * 1000)));
  await page.keyboard.press('g');
}
await page.close();

/** @type {number[]} */
const firstViews = [];
for (let round = 0; round < rounds; round += 1) {
  const fresh = await browser.newPage({ viewport });
  await fresh.addInitScript(() => {
    const look = () => {
      const price = document.querySelector('.ladder-row .price');
      if (price !== null && price.textContent !== '') {
        document.documentElement.dataset['first'] = String(performance.now());
      } else requestAnimationFrame(look);
    };
    look();
  });
  await fresh.goto(market.url);
  await fresh.waitForSelector('html[data-first]', { state: 'attached' });
  firstViews.push(Number(await fresh.locator('html').getAttribute('data-first')));
  await fresh.close();
}
await market.stop();

/** Heap in MB after a collection, now and then over an hour of market. */
const memory = async () => {
  const hour = await startMarket('20', '100', '60');
  const long = await browser.newPage({ viewport });
  await long.goto(hour.url);
  await long.waitForSelector('.badge-verified');
  const session = await long.context().newCDPSession(long);
  /** @type {number[]} */
  const heaps = [];
  for (let minute = 0; minute < 6; minute += 1) {
    await long.waitForTimeout(10_000);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    heaps.push(usedSize / 1e6);
  }
  await hour.stop();
  return heaps;
};
const heaps = process.argv.includes('--memory') ? await memory() : [];
await browser.close();

const percent = (/** @type {number} */ share) => (share * 100).toFixed(1);
const [base, workspace, grid] = [dropped.empty, dropped.workspace, dropped.grid].map(median);
const more = (/** @type {number} */ share) => (share - (base ?? 0)) * 100;
const row = (
  /** @type {string} */ what,
  /** @type {number} */ limit,
  /** @type {number} */ found,
  digits = 1,
) =>
  say(`| ${what} | ≤ ${limit} | ${found.toFixed(digits)} | ${found <= limit ? 'met' : 'MISSED'} |`);
say(
  `${cpus()[0]?.model ?? ''}, ${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}; Node ${process.version}; ` +
    `${rounds} rounds of ${seconds} s; 4 books of 1000 levels, 200 messages a second each.\n`,
);
say(
  `dropped frames, %: empty page ${percent(base ?? 0)}, workspace ${percent(workspace ?? 0)}, grid ${percent(grid ?? 0)}\n`,
);
say('| target | limit | found | |\n| --- | ---: | ---: | --- |');
row('points more frames dropped than by an empty page, workspace', 5, more(workspace ?? 0));
row('the same, grid of four', 5, more(grid ?? 0));
row('ms to the first ladder', 1500, median(firstViews), 0);
row('kB gzipped, scripts and styles', 150, gzipped / 1000);
if (heaps.length > 0) {
  say(`\nMB of heap, each 10 min of market: ${heaps.map((heap) => heap.toFixed(1)).join(', ')}`);
}
