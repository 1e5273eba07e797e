import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BookText, type Running, startMonitor } from '../running.ts';
import {
  type BuiltPage,
  browserPath,
  buildPage,
  collectProblems,
  launchBrowser,
} from './browser.ts';

/** For a person to look at; git does not see them. */
const SCREENSHOTS = join(import.meta.dirname, '../../.turbo/screenshots');
const WIDTHS = { phone: [390, 844], medium: [1024, 768], wide: [1600, 900] } as const;
/** A browser that draws without a graphics card shares two cores with everything else here. */
const LIMIT_MS = 240_000;
type Width = keyof typeof WIDTHS;

if (browserPath === undefined)
  console.log('The monitor’s page is not tested: there is no Chromium.');

describe.skipIf(browserPath === undefined)('the page in a browser', { timeout: LIMIT_MS }, () => {
  let built: BuiltPage;
  let browser: Browser;
  let running: Running;
  // One page for all: each test leaves it as it found it, or is the last.
  let page: Page;
  let problems: string[] = [];
  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    [built, browser] = await Promise.all([buildPage(), launchBrowser()]);
    const symbols = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];
    running = await startMonitor({ symbols, depth: 100, pageDirectory: built.directory });
    const context = await browser.newContext({ viewport: sizeOf('wide'), colorScheme: 'dark' });
    page = await context.newPage();
    problems = collectProblems(page);
    await page.goto(running.monitor.url);
    await page.waitForSelector('.badge-verified');
  }, LIMIT_MS);
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
    await browser.close();
    await built[Symbol.asyncDispose]();
  });

  it.each(['BTC/USD', 'PEPE/USD', 'MLN/EUR'])(
    'shows the book of %s as it is at that sequence, price by price',
    async (symbol) => {
      await choose(page, symbol);
      const seen = new Set<number>();
      while (seen.size < 8) {
        const shown = await readLadder(page);
        if (seen.has(shown.sequence)) {
          await page.waitForFunction(isPast, shown.sequence);
          continue;
        }
        seen.add(shown.sequence);
        const state = running.states.get(symbol)?.get(shown.sequence);
        expect(shown).toMatchObject({ ...firstLevels(state, 25), symbol });
      }
      expect(problems).toEqual([]);
    },
  );

  it('turns the badge when a checksum fails, and back after the resync', async () => {
    await choose(page, 'BTC/USD');
    running.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'BTC/USD', channel: 'book' });
    await Promise.all([
      page.waitForSelector('.status-bar .badge-resyncing'),
      page.waitForSelector('.ladder.is-unproved'),
    ]);
    await page.screenshot({ path: join(SCREENSHOTS, 'resyncing.png') });
    await page.waitForSelector('.status-bar .badge-verified');
    await page.waitForSelector('.tape-row.gap');
    expect(await page.locator('[data-item=gaps]').textContent()).toMatch(/gaps [1-9]/);
  });

  it('draws a cut as a gap in every chart', async () => {
    running.sandbox.faults.inject({ kind: 'cut' });
    await page.waitForSelector('.status-bar .badge-awaitingSnapshot, .status-bar .badge-resyncing');
    await page.waitForSelector('.status-bar .badge-verified');
    await page.waitForSelector('.tape-row.gap');
    for (const key of ['1', '2', '3']) {
      await page.keyboard.press(key);
      await page.waitForSelector('.charts .panel:nth-child(2) canvas');
    }
    const gaps = await page.locator('.spread-body').evaluate((body) => body.dataset['gaps']);
    expect(Number(gaps)).toBeGreaterThan(0);
    await page.screenshot({ path: join(SCREENSHOTS, 'cut.png') });
  });

  it('says of a simulated market that it is one, in the page and in its title', async () => {
    expect(await page.locator('.simulated').textContent()).toContain('SANDBOX');
    expect(await page.title()).toMatch(/^\[SANDBOX\] .* · kr monitor$/);
  });

  it('filters the tape by size', async () => {
    await choose(page, 'BTC/USD');
    await page.getByLabel('min BTC').fill('1.5');
    await page.waitForSelector('.tape-row:not(.gap)');
    const sizes = await page.locator('.tape-row:not(.gap) .size').allTextContents();
    expect(Math.min(...sizes.map(Number))).toBeGreaterThanOrEqual(1.5);
    await page.getByLabel('min BTC').fill('');
  });

  it.each(['dark', 'light'] as const)(
    'is accessible and whole at three widths, %s',
    async (theme) => {
      await choose(page, 'BTC/USD');
      if ((await page.locator('html').getAttribute('data-theme')) !== theme) {
        await page.keyboard.press('t');
      }
      await page.evaluate(axe.source);
      for (const width of ['phone', 'medium', 'wide'] as const) {
        await page.setViewportSize(sizeOf(width));
        for (const view of width === 'phone' ? PHONE_TABS : ['1', '2', '3', 'g']) {
          if (width === 'phone') await page.click(`.tab-bar button:has-text("${view}")`);
          else await page.keyboard.press(view);
          await page.evaluate(twoFrames);
          expect(JUDGED.includes(view) ? await violations(page) : []).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - innerWidth,
          );
          expect(overflow).toBeLessThanOrEqual(0);
          await page.screenshot({ path: join(SCREENSHOTS, `${theme}-${width}-${view}.png`) });
        }
        if (width !== 'phone') await page.keyboard.press('g');
      }
      expect(problems).toEqual([]);
    },
  );

  it('is used by keyboard alone', async () => {
    const pressed = (name: string): Promise<string | null> =>
      page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
    await page.keyboard.press('/');
    await page.keyboard.type('sol');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ladder-body[data-symbol="SOL/USD"]');
    await page.keyboard.press(']');
    await page.waitForSelector('.ladder-body[data-symbol="PEPE/USD"]');
    await page.keyboard.press('2');
    expect(await pressed('Depth')).toBe('true');
    await page.keyboard.press('d');
    expect(await pressed('50')).toBe('true');
    await page.keyboard.press('c');
    expect(await pressed('Centre')).toBe('false');
    await page.keyboard.press('i');
    expect(await pressed('5m')).toBe('true');
    await page.keyboard.press('g');
    await page.waitForSelector('.card .badge-verified');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').textContent()).toContain('Keys');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.keyboard.press('t');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(problems).toEqual([]);
  });
});

const sizeOf = (width: Width): { width: number; height: number } => {
  const [wide, high] = WIDTHS[width];
  return { width: wide, height: high };
};

const twoFrames = (): Promise<unknown> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });

/** What is looked through by axe, which takes its time: every part of the page is in one of them. */
const JUDGED = ['1', 'g', 'Trades'];
const PHONE_TABS = ['Chart', 'Book', 'Trades', 'Heat', 'Depth', 'Spread'];

const choose = async (page: Page, symbol: string): Promise<void> => {
  await page.keyboard.press('/');
  await page.keyboard.type(symbol);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (name) =>
      document.querySelector<HTMLElement>('.ladder-body')?.dataset['symbol'] === name &&
      document.querySelector('.ladder-row.bid .price')?.textContent !== '',
    symbol,
  );
};

const isPast = (sequence: number): boolean =>
  Number(document.querySelector<HTMLElement>('.ladder-body')?.dataset['sequence']) > sequence;

/** What stands on the page at one moment. */
const readLadder = (page: Page) =>
  page.evaluate(() => {
    const body = document.querySelector<HTMLElement>('.ladder-body');
    const read = (side: string): string[] =>
      [...(body?.querySelectorAll(`.ladder-row.${side}:not(.is-empty)`) ?? [])].map((row) => {
        const text = (name: string) => row.querySelector(`.${name}`)?.textContent ?? '';
        return `${text('price').replaceAll(',', '')} x ${text('quantity')}`;
      });
    return {
      symbol: body?.dataset['symbol'],
      sequence: Number(body?.dataset['sequence']),
      bids: read('bid').join('\n'),
      asks: read('ask').toReversed().join('\n'),
    };
  });

const firstLevels = (state: BookText | undefined, count: number): Partial<BookText> => {
  const first = (text = ''): string => text.split('\n').slice(0, count).join('\n');
  return { bids: first(state?.bids), asks: first(state?.asks) };
};

interface Axe {
  run(options: object): Promise<{
    violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
  }>;
}

/** By WCAG 2.1 A and AA. */
const violations = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { axe: Axe };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    const result = await judge.run({ runOnly });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
    );
  });
