// What a message costs from the socket to the journal and a verified book in one process, beside ccxt's
// watchOrderBook on the same server, which stores and verifies nothing; and what memory a capture of
// 1,500 books of depth 1000 takes. Run it with: pnpm bench:recording, or alone: node bench/main.mjs
// [messages] [rounds]. Rounds are interleaved; the best of each is the one with the least noise.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRecorder } from '@kr/recorder';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { LAST_QUANTITY, SYMBOL } from '../../../packages/ws/bench/ready-made-server.mjs';

const isQuick = process.argv.includes('--quick');
const [messages = isQuick ? 50_000 : 300_000, rounds = isQuick ? 2 : 5] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number);
const WS_BENCH = join(import.meta.dirname, '../../../packages/ws/bench');
const RIVALS = join(WS_BENCH, 'rivals');
const TARGET = 3;
const LIMIT_MB = 600;
/** Of a mean, between two parts of a run whose memory does not grow. */
const FLAT = 1.1;
const platform = { clock: createSystemClock(), timers: createSystemTimers(), random: Math.random };

if (!existsSync(join(RIVALS, 'node_modules/ccxt'))) {
  process.stderr.write('installing the rivals into packages/ws/bench/rivals (once)\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...options], { cwd: RIVALS, stdio: ['ignore', 2, 2] });
}
const { default: ccxt } = await import(
  pathToFileURL(join(RIVALS, 'node_modules/ccxt/js/ccxt.js')).href
);

const contenders = {
  'kr-recorder, stored and verified': async (/** @type {string} */ url) => {
    const folder = await mkdtemp(join(tmpdir(), 'kr-bench-'));
    try {
      const feeds = [{ channel: 'book', symbol: [SYMBOL], depth: 10 }];
      const directory = join(folder, 'recording');
      const common = { ...platform, source: /** @type {const} */ ('sandbox') };
      const recorder = await createRecorder({ ...common, url, directory, feeds });
      await recorder.start();
      while (recorder.status.checksums.matched <= messages) {
        if (recorder.status.checksums.mismatched > 0) throw new Error('a checksum failed');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      // Counted in: all of it is on the disk.
      await recorder.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  'ccxt, neither': async (/** @type {string} */ url) => {
    const exchange = new ccxt.pro.kraken({
      newUpdates: true,
      // The server's pong stands behind all the updates: it would be taken for dead.
      streaming: { keepAlive: 600_000 },
    });
    exchange.urls.api.ws.publicV2 = url;
    exchange.urls.api.ws.public = url;
    // It asks for this before it opens a socket without TLS.
    await exchange.loadHttpProxyAgent();
    exchange.setMarkets([
      exchange.safeMarketStructure({
        ...{ id: 'XXBTZUSD', symbol: SYMBOL, base: 'BTC', quote: 'USD', type: 'spot', spot: true },
        info: { wsname: SYMBOL },
        precision: { amount: 1e-8, price: 0.1 },
      }),
    ]);
    for (;;) {
      const { bids } = await exchange.watchOrderBook(SYMBOL, 10);
      if (bids[0][1] === Number(LAST_QUANTITY)) break;
    }
    await exchange.close();
  },
};

const socketBench = async () => {
  const server = fork(join(WS_BENCH, 'ready-made-server.mjs'), [String(messages)]);
  const [{ port }] = await once(server, 'message');
  /** @type {Map<string, { wall: number, cpu: number }[]>} */
  const results = new Map(Object.keys(contenders).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(contenders)) {
        const start = process.hrtime.bigint();
        const before = process.cpuUsage();
        await run(`ws://127.0.0.1:${port}`);
        const { user, system } = process.cpuUsage(before);
        const wall = Number(process.hrtime.bigint() - start) / messages;
        results.get(name)?.push({ wall, cpu: ((user + system) * 1000) / messages });
      }
    }
  } finally {
    server.kill();
  }
  return results;
};

/** @returns {Promise<{ symbols: number, updates: number, seconds: number, maxMb: number, thirdsMb: number[] }>} */
const memoryBench = async () => {
  const child = fork(join(import.meta.dirname, 'capture.mjs'), isQuick ? ['--quick'] : []);
  const [result] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the capture ended with ${code}`);
    }),
  ]);
  return result;
};

const row = (
  /** @type {string} */ name,
  /** @type {'≥' | '≤'} */ sign,
  /** @type {number} */ limit,
  /** @type {number} */ found,
) => {
  const isMet = sign === '≥' ? found >= limit : found <= limit;
  return `| ${name} | ${sign} ${limit.toFixed(2)} | ${found.toFixed(2)} | ${isMet ? 'met' : 'MISSED'} |`;
};

const results = await socketBench();
const best = (/** @type {string} */ name, /** @type {'wall' | 'cpu'} */ kind) =>
  Math.min(...(results.get(name) ?? []).map((result) => result[kind]));
const [ours = '', theirs = ''] = results.keys();
const { symbols, updates, seconds, maxMb, thirdsMb } = await memoryBench();
const [, middle = 0, last = 0] = thirdsMb;
console.log(
  [
    `${cpus()[0]?.model}, Node ${process.version}; ${messages} messages of one book of depth 10, ${rounds} rounds in turn.`,
    '',
    '| from the socket on | ns of processor a message | ns on the wall |',
    '| --- | ---: | ---: |',
    ...[ours, theirs].map(
      (name) => `| ${name} | ${best(name, 'cpu').toFixed(0)} | ${best(name, 'wall').toFixed(0)} |`,
    ),
    '',
    `A capture of ${symbols} books of depth 1000: ${updates} updates in ${seconds.toFixed(0)} s; MB by thirds of the run: ${thirdsMb.map((mb) => mb.toFixed(0)).join(', ')}.`,
    '',
    '| target | limit | found | |',
    '| --- | ---: | ---: | --- |',
    row(
      'messages a second, times ccxt, by processor',
      '≥',
      TARGET,
      best(theirs, 'cpu') / best(ours, 'cpu'),
    ),
    row(
      'messages a second, times ccxt, on the wall',
      '≥',
      TARGET,
      best(theirs, 'wall') / best(ours, 'wall'),
    ),
    row('MB of the capture at the most', '≤', LIMIT_MB, maxMb),
    row('its last third, times the middle one', '≤', FLAT, last / middle),
  ].join('\n'),
);
