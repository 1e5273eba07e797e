// What a message costs from the socket to a book: ours, whose checksum is verified on each, beside
// ccxt's watchOrderBook, which verifies none, and a bare `ws` client that only counts.
// Run it with: pnpm bench:ws [messages] [rounds]
// Rounds are interleaved; the best of each is the one with the least noise. Both the time on the wall
// and the processor's time of this process are told; the target is held against the latter, for on a
// shared machine a client also waits for its server to be given its turn.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { createClient } from '@kr/ws';
import { books } from '@kr/ws/book';
import { WebSocket } from 'ws';
import { LAST_QUANTITY, SYMBOL } from './ready-made-server.mjs';

const [messages = 300_000, rounds = 5] = process.argv.slice(2).map(Number);
const TARGET = 4;
const RIVALS = join(import.meta.dirname, 'rivals');
const platform = { clock: createSystemClock(), timers: createSystemTimers() };

if (!existsSync(join(RIVALS, 'node_modules/ccxt'))) {
  process.stderr.write('installing the rivals into bench/rivals (once)\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...options], { cwd: RIVALS, stdio: ['ignore', 2, 2] });
}
const { default: ccxt } = await import(
  pathToFileURL(join(RIVALS, 'node_modules/ccxt/js/ccxt.js')).href
);

const contenders = {
  'bare ws, only counts': async (/** @type {string} */ url) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    const params = { channel: 'book', symbol: [SYMBOL], depth: 10 };
    socket.send(JSON.stringify({ method: 'subscribe', params, req_id: 1 }));
    let left = messages + 2; // The acknowledgement and the snapshot.
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      socket.on('message', () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });
    socket.terminate();
  },
  '@kr/ws/book, verified': async (/** @type {string} */ url) => {
    const client = createClient({ url, ...platform });
    let verified = 0;
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      const feed = books(client, {
        symbol: [SYMBOL],
        depth: 10,
        onChange: () => {
          verified += 1;
          // The best bid is read each time, as ccxt's caller does.
          if (verified > messages) resolve();
        },
        onStatus: ({ to, reason }) => {
          if (to === 'resyncing') throw new Error(reason);
        },
      });
      void feed.results;
    });
    await client.close();
  },
  'ccxt, not verified': async (/** @type {string} */ url) => {
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
        id: 'XXBTZUSD',
        symbol: SYMBOL,
        base: 'BTC',
        quote: 'USD',
        type: 'spot',
        spot: true,
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

const server = fork(join(import.meta.dirname, 'ready-made-server.mjs'), [String(messages)]);
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

console.log(
  `${cpus()[0]?.model}, Node ${process.version}; ${messages} messages, ${rounds} rounds\n`,
);
const best = (/** @type {string} */ name, /** @type {'wall' | 'cpu'} */ kind) =>
  Math.min(...(results.get(name) ?? []).map((result) => result[kind]));
for (const name of results.keys()) {
  const cpu = best(name, 'cpu').toFixed(0).padStart(6);
  const wall = best(name, 'wall').toFixed(0).padStart(6);
  console.log(`${name.padEnd(24)} ${cpu} ns of processor a message, ${wall} ns on the wall`);
}
const ratioOf = (/** @type {'wall' | 'cpu'} */ kind) =>
  best('ccxt, not verified', kind) / best('@kr/ws/book, verified', kind);
const verdict = ratioOf('cpu') >= TARGET ? 'met' : 'MISSED';
console.log(
  `\ntimes ccxt: ${ratioOf('cpu').toFixed(2)} of processor (at least ${TARGET}: ${verdict}), ${ratioOf('wall').toFixed(2)} on the wall`,
);
