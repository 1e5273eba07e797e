import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, readManifest, typeCheck } from '../test/build-package.ts';
import { v2 } from '../test/frames.ts';
import { VECTORS } from '../test/vectors.ts';

const FRAME = v2('snapshot', VECTORS[0]!);
let project = '';
let files: readonly string[] = [];

beforeAll(() => {
  ({ project, files } = buildPackage());
}, 120_000);

afterAll(() => {
  if (project !== '') rmSync(dirname(project), { recursive: true, force: true });
});

const run = (file: string, program: string): string => {
  writeFileSync(join(project, file), program);
  return execFileSync('node', ['--no-warnings', file], { cwd: project, encoding: 'utf8' }).trim();
};

describe('the packed package', () => {
  it('depends on nothing and carries no tests', () => {
    const manifest = readManifest(project);
    expect(manifest['dependencies']).toBeUndefined();
    expect(manifest['peerDependencies']).toBeUndefined();
    expect(files).toContain('dist/index.js');
    expect(files).toContain('dist/index.d.ts');
    const stray = files.filter((file) => /\.test\.|^test\/|^bench\//.test(file));
    expect(stray).toEqual([]);
  });

  const use = `const book = new L2Book({ depth: 10 });
    console.log(book.apply(${JSON.stringify(FRAME)}), addDecimals('0.1', '0.2'), mid(book));`;

  it('works by import', () => {
    const program = `import { L2Book } from '@kr/orderbook';
      import { addDecimals } from '@kr/orderbook/decimal';
      import { mid } from '@kr/orderbook/analytics';
      ${use}`;
    expect(run('use.js', program)).toBe('verified 0.3 45284.35');
  });

  it('works by require', () => {
    const program = `const { L2Book } = require('@kr/orderbook');
      const { addDecimals } = require('@kr/orderbook/decimal');
      const { mid } = require('@kr/orderbook/analytics');
      ${use}`;
    expect(run('use.cjs', program)).toBe('verified 0.3 45284.35');
  });

  it('has types that stand alone', () => {
    const program = `import { type ApplyOutcome, Books, L2Book, L3Book, type Level } from '@kr/orderbook';
      import { type Execution, executeQuantity } from '@kr/orderbook/analytics';
      const book = new L2Book({ depth: 10 });
      export const outcome: ApplyOutcome = book.apply('');
      export const best: Level | undefined = book.bestBid();
      export const execution: Execution = executeQuantity(new L3Book({ depth: 10 }), 'buy', '1');
      export const books = new Books({ depth: 10 });`;
    expect(() => typeCheck(project, program)).not.toThrow();
  });
});

const gzipped = async (program: string): Promise<number> => {
  const entry = join(project, 'entry.js');
  writeFileSync(entry, program);
  const bundle = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return gzipSync(output[0].code).length;
};

describe('its size, minified and gzipped', () => {
  it('is under 6.6 kB for an L2 book alone', async () => {
    const size = await gzipped("export { L2Book } from '@kr/orderbook';");
    expect(size).toBeLessThan(6_600);
  });

  it('is under 13.4 kB for everything', async () => {
    const size = await gzipped(
      `export * from '@kr/orderbook';
      export * from '@kr/orderbook/analytics';
      export * from '@kr/orderbook/decimal';`,
    );
    expect(size).toBeLessThan(13_400);
  });
});

const BROWSERS = [
  process.env['KR_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--virtual-time-budget=10000',
  '--dump-dom',
];
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
  import { Books, L2Book } from '/index.js';
  import { mid } from '/analytics.js';
  const frame = ${JSON.stringify(FRAME)};
  const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
  const books = new Books({ depth: 10 });
  document.body.textContent = [
    book.apply(frame),
    book.apply(new TextEncoder().encode(frame)),
    books.apply(' ' + frame),
    book.checksum(),
    mid(book),
  ].join(' ');
</script><body></body>`;
const executablePath = BROWSERS.find((path) => path !== '' && existsSync(path));

describe.skipIf(executablePath === undefined)(
  'in a browser (skipped where there is no Chromium: set KR_CHROMIUM to one)',
  () => {
    it('keeps a verified book, as text and as bytes, with no polyfill', async () => {
      const dist = join(project, 'node_modules/@kr/orderbook/dist');
      const server = createServer((request, response) => {
        const path = join(dist, (request.url ?? '/').slice(1));
        if (request.url === '/') {
          response.setHeader('content-type', 'text/html').end(PAGE);
        } else if (path.startsWith(dist) && existsSync(path)) {
          response.setHeader('content-type', 'text/javascript').end(readFileSync(path));
        } else {
          response.writeHead(404).end();
        }
      });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;
      try {
        const url = `http://127.0.0.1:${port}/`;
        const { stdout } = await promisify(execFile)(executablePath ?? '', [...FLAGS, url]);
        expect(/<body>(.*?)<\/body>/s.exec(stdout)?.[1]?.trim()).toBe(
          'verified verified verified 3310070434 45284.35',
        );
      } finally {
        server.close();
      }
    }, 120_000);
  },
);
