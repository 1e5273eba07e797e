// The lexeme-keeping parse against JSON.parse: `pnpm run bench`, `pnpm run bench --json`,
// `pnpm run bench --browser` (a Chromium on the PATH, or CHROMIUM). With KR_CAPTURES the frames are
// captured ones.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { createFrames } from './frames.mjs';
import { run } from './run.mjs';

const root = join(import.meta.dirname, '..');
const captures = process.env['KR_CAPTURES'];
const frames = captures === undefined ? createFrames() : readCaptures(join(captures, 'spot-v2'));
const inBrowser = process.argv.includes('--browser');
const { engine, rows } = inBrowser
  ? await runInBrowser()
  : { engine: `Node ${process.versions.node}`, rows: run(cpuMs, frames) };

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ engine, cpu: cpus()[0]?.model, rows }));
} else {
  console.log(`${engine}, ${cpus()[0]?.model?.trim()}\n`);
  console.log('| frame | contender | ns | to JSON.parse | by medians |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const { channel, bytes, contender, ns, ratio, medianRatio } of rows) {
    console.log(`| ${channel} (${bytes} B) | ${contender} | ${ns} | ${ratio} | ${medianRatio} |`);
  }
}

/** Of this process alone: other processes on the machine do not stretch it, as they do the time. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @param {string} folder */
function readCaptures(folder) {
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return Object.fromEntries(
    ['book', 'ticker', 'trade'].map((channel) => [
      channel,
      lines.filter((line) => line.startsWith(`{"channel":"${channel}","type":"`)),
    ]),
  );
}

/** Serves this package to a headless Chromium, which sends its rows back. */
async function runInBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'kr-bench-'));
  const zod = join(root, 'node_modules/zod');
  const page = `<script type="importmap">{"imports":{"zod/mini":"/zod/mini/index.js"}}</script>
<script type="module">
import { run } from '/bench/run.mjs';
const rows = run(() => performance.now(), await (await fetch('/frames')).json());
await fetch('/done', { method: 'POST', body: JSON.stringify({ engine: navigator.userAgent, rows }) });
</script>`;
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url === '/') response.setHeader('content-type', 'text/html').end(page);
    else if (url === '/frames') response.end(JSON.stringify(frames));
    else if (url === '/done') {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        response.end();
        server.emit('rows', JSON.parse(body));
      });
    } else {
      const path = normalize(decodeURIComponent(url));
      const file = path.startsWith('/zod/') ? join(zod, path.slice(4)) : join(root, path);
      if (!existsSync(file) || !['.js', '.mjs'].includes(extname(file))) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {{ port: number }} */ (server.address());
  const browser = spawn(
    process.env['CHROMIUM'] ?? 'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${port}/`,
    ],
    { stdio: 'ignore' },
  );
  const [result] = await once(server, 'rows');
  browser.kill();
  await once(browser, 'exit');
  server.close();
  rmSync(profile, { recursive: true, force: true });
  return result;
}
