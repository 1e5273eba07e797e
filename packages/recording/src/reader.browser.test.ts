import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../test/book-feed.ts';
import { appendAll, feedTexts } from '../test/recorded.ts';
import { openWriter, temporaryDirectory } from '../test/support.ts';

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
const executablePath = BROWSERS.find((path) => path !== '' && existsSync(path));

async function bundle(): Promise<string> {
  const input = new URL('reader.ts', import.meta.url).pathname;
  const conditionNames = ['@kr/source', 'import', 'default'];
  const build = await rolldown({ input, platform: 'browser', resolve: { conditionNames } });
  const { output } = await build.generate({ format: 'iife', name: 'reader', minify: true });
  await build.close();
  return output[0].code;
}

/** Opens a page in the browser and waits for what it posts. */
async function resultOf(page: string): Promise<string> {
  const results = new EventEmitter();
  const server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(page);
    else if (request.url === '/result') {
      request.pipe(response);
      void text(request).then((body) => results.emit('result', body));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  await using profile = await temporaryDirectory();
  const { port } = server.address() as AddressInfo;
  const args = [...FLAGS, `--user-data-dir=${profile.path}`, `http://127.0.0.1:${port}/`];
  const browser = spawn(executablePath ?? '', args, { stdio: 'ignore' });
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
  }
}

it('is free of Node', async () => {
  expect(await bundle()).not.toMatch(/node:|\brequire\(|\bBuffer\b|\bprocess\b/);
});

describe.skipIf(executablePath === undefined)(
  'the reader in a browser (skipped where there is no Chromium: set KR_CHROMIUM to one)',
  () => {
    it('proves a recording from Blobs', async () => {
      await using directory = await temporaryDirectory();
      const writer = await openWriter(directory.join('recording'), { rotate: { maxBytes: 9000 } });
      appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 60));
      await writer.close();
      const files: Record<string, string> = {};
      for (const name of await readdir(directory.join('recording'))) {
        const bytes = await readFile(directory.join('recording', name));
        if (!name.endsWith('.krx')) files[name] = bytes.toString('base64');
      }
      const page = `<!doctype html><meta charset="utf-8"><script>${await bundle()}</script><script>
        const run = async () => {
          const files = Object.entries(${JSON.stringify(files)}).map(([name, text]) => ({
            name,
            data: new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]),
          }));
          const report = await reader.verifyFiles(files);
          let entries = 0;
          for await (const entry of reader.readEntries(files)) if (entry.type === 'frame') entries += 1;
          return [report.checksums.matched, report.totals.damage, entries].join(' ');
        };
        run()
          .catch((error) => String(error.stack))
          .then((body) => fetch('/result', { method: 'POST', body }));
      </script>`;
      expect(await resultOf(page)).toBe('61 0 62');
    }, 120_000);
  },
);
