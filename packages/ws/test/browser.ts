import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rolldown } from 'rolldown';

const BROWSERS = [
  process.env['KR_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--no-first-run'],
];

/** Of a Chromium on this machine, if there is one. */
export const browserPath = BROWSERS.find((path) => path !== '' && existsSync(path));

/** A module as a page would load it: one script, with the `browser` condition. */
export async function bundleForBrowser(input: string): Promise<string> {
  const conditionNames = ['browser', '@kr/source', 'import', 'default'];
  const build = await rolldown({ input, platform: 'browser', resolve: { conditionNames } });
  const { output } = await build.generate({ format: 'iife', minify: true });
  await build.close();
  return output[0].code;
}

/** Runs a script in a page of the browser and waits for what it posts to `/result`. */
export async function runInBrowser(script: string): Promise<string> {
  const results = new EventEmitter();
  const page = `<!doctype html><meta charset="utf-8"><script>${script}</script>`;
  const server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(page);
    else if (request.url === '/result') {
      request.pipe(response);
      void text(request).then((body) => results.emit('result', body));
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const profile = await mkdtemp(join(tmpdir(), 'kr-ws-browser-'));
  const { port } = server.address() as AddressInfo;
  const args = [...FLAGS, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`];
  const browser = spawn(browserPath ?? '', args, { stdio: 'ignore' });
  browser.once('error', (error) => results.emit('error', error));
  try {
    const [body] = (await once(results, 'result')) as [string];
    return body;
  } finally {
    const gone = once(browser, 'close');
    browser.kill('SIGKILL');
    await gone;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
