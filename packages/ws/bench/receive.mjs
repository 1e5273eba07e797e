// What a message costs from the socket to the tap, and to a reader of frames(), beside a bare `ws`
// client that only counts. Build first, then: node bench/receive.mjs [messages] [rounds]
// The server is a process of its own and writes ready-made frames in large chunks, or it would be
// what is measured. Rounds are interleaved; the best of each is the one with the least noise.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { createConnection } from '@kr/ws';
import { WebSocket, WebSocketServer } from 'ws';

const [messages = 400_000, rounds = 5] = process.argv.slice(2).map(Number);
const CHUNK = 2000;
const symbol = ['BTC/USD', 'ETH/USD', 'SOL/USD'];
const params = { channel: 'book', symbol, depth: 10 };

/** A server's text frame, RFC 6455 section 5.2. */
const frameOf = (/** @type {string} */ text) => {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 255]), body]);
};

const update = (/** @type {number} */ index) =>
  `{"channel":"book","type":"update","data":[{"symbol":"${symbol[index % 3]}","bids":[{"price":${64520 + (index % 10)}.3,"qty":0.${10_000_000 + index}}],"asks":[],"checksum":${1_848_203_113 + index},"timestamp":"2026-07-19T17:54:39.768901Z"}]}`;

const serve = async () => {
  const chunk = Buffer.concat(Array.from({ length: CHUNK }, (_, index) => frameOf(update(index))));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, { socket: wire }) => {
    let sent = 0;
    // Past `ws`: these bytes are frames already.
    const pump = () => {
      while (sent < messages && !wire.destroyed) {
        sent += CHUNK;
        if (!wire.write(chunk)) return;
      }
    };
    wire.on('drain', pump);
    socket.once('message', () => {
      // The only request of a client is its first.
      for (const name of symbol) {
        const ack = { method: 'subscribe', req_id: 1, success: true, result: { symbol: name } };
        socket.send(JSON.stringify(ack));
      }
      pump();
    });
  });
  await once(server, 'listening');
  process.send?.(server.address());
};

/** Counts to the end, from the first update on. */
const createStopwatch = () => {
  let count = -symbol.length;
  let start = 0n;
  return () => {
    if (count === 0) start = process.hrtime.bigint();
    count += 1;
    return count === messages ? Number(process.hrtime.bigint() - start) / messages : undefined;
  };
};

const contenders = {
  bare: (/** @type {string} */ url) =>
    new Promise((resolve) => {
      const tick = createStopwatch();
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('open', () =>
        socket.send(JSON.stringify({ method: 'subscribe', params, req_id: 1 })),
      );
      socket.on('message', () => {
        const ns = tick();
        if (ns === undefined) return;
        socket.terminate();
        resolve(ns);
      });
    }),
  onFrame: (/** @type {string} */ url) =>
    new Promise((resolve) => {
      const tick = createStopwatch();
      const onFrame = () => {
        const ns = tick();
        if (ns === undefined) return;
        void connection.close();
        resolve(ns);
      };
      const connection = createConnection({ url, ...platform, onFrame });
      void connection.open().then(() => connection.subscribe(params));
    }),
  frames: async (/** @type {string} */ url) => {
    const tick = createStopwatch();
    const connection = createConnection({ url, ...platform });
    const frames = connection.frames();
    await connection.open();
    void connection.subscribe(params);
    let ns;
    for await (const _ of frames) {
      ns = tick();
      if (ns !== undefined) break;
    }
    await connection.close();
    return ns ?? Number.NaN;
  },
};
const platform = { clock: createSystemClock(), timers: createSystemTimers() };

if (process.send !== undefined) await serve();
else {
  const server = fork(import.meta.filename, [String(messages), String(rounds)]);
  const [{ port }] = await once(server, 'message');
  /** @type {Record<string, number[]>} */
  const results = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      (results[name] ??= []).push(await run(`ws://127.0.0.1:${port}`));
    }
  }
  for (const [name, all] of Object.entries(results)) {
    console.log(
      `${name.padEnd(8)} ${Math.min(...all).toFixed(0)} ns a message (of ${all.map((ns) => ns.toFixed(0)).join(', ')})`,
    );
  }
  server.kill();
}
