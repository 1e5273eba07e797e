import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';

const BROWSERS = [
  process.env['KR_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `undefined`: this machine has none, and what needs one is skipped. */
export const browserPath = BROWSERS.find((path) => path !== '' && existsSync(path));

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });

export interface BuiltPage extends AsyncDisposable {
  readonly directory: string;
}

/** The page as it stands in the sources, built aside. */
export const buildPage = async (): Promise<BuiltPage> => {
  const directory = await mkdtemp(join(tmpdir(), 'kr-monitor-page-'));
  const configFile = join(import.meta.dirname, '../../vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: directory } });
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
};

/** What a page says on its console that no page should. */
export const collectProblems = (page: Page): string[] => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
};
