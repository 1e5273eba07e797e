// A recorder of 1,500 books of depth 1000 in a process of its own, and what memory it takes meanwhile.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecorder } from '@kr/recorder';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';

const SYMBOLS = 1500;
const UPDATES = process.argv.includes('--quick') ? 150_000 : 1_500_000;
const LOOK_MS = 100;
const MB = 1024 * 1024;

const moment = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));
const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;

const server = fork(join(import.meta.dirname, 'many-books-server.mjs'));
const [{ port }] = await once(server, 'message');
const folder = await mkdtemp(join(tmpdir(), 'kr-bench-'));
const recorder = await createRecorder({
  ...{ clock: createSystemClock(), timers: createSystemTimers(), random: Math.random },
  ...{ source: 'sandbox', url: `ws://127.0.0.1:${port}`, directory: join(folder, 'recording') },
  feeds: [
    {
      channel: 'book',
      symbol: Array.from({ length: SYMBOLS }, (_, at) => `S${at}/USD`),
      depth: 1000,
    },
  ],
  startTimeoutMs: 300_000,
});
try {
  await recorder.start();
  while (recorder.books.size < SYMBOLS) await moment();
  server.send('begin');
  const before = recorder.status.checksums.matched;
  const begun = performance.now();
  const looks = [];
  let updates = 0;
  while (updates < UPDATES) {
    await moment();
    looks.push(process.memoryUsage.rss() / MB);
    updates = recorder.status.checksums.matched - before;
  }
  const { mismatched } = recorder.status.checksums;
  if (mismatched > 0 || recorder.status.gaps > 0) throw new Error('a book was not followed');
  const third = Math.ceil(looks.length / 3);
  process.send?.({
    ...{ symbols: SYMBOLS, updates, seconds: (performance.now() - begun) / 1000 },
    maxMb: process.resourceUsage().maxRSS / 1024,
    thirdsMb: [0, 1, 2].map((at) => mean(looks.slice(at * third, (at + 1) * third))),
  });
} finally {
  server.kill();
  await recorder.close();
  await rm(folder, { recursive: true, force: true });
  process.disconnect();
}
