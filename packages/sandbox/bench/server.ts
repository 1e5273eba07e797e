import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSandbox, type SandboxOptions } from '../src/index.ts';
import { SyntheticSource, type SyntheticSourceOptions } from '../src/synthetic/synthetic-source.ts';

/** Runs one server in a process of its own, and tells the parent its url. */
const [role = '', path = ''] = process.argv.slice(2);

/** As fast as the agents are. */
const SYNTHETIC: SyntheticSourceOptions = {
  kind: 'synthetic',
  seed: 1,
  symbols: ['BTC/USD'],
  rate: 1_000_000,
};
/** Waiting bytes above which a client is waited for, as the sandbox does. */
const HIGH_WATER = 1_048_576;
const BATCH = 256;

/** The rival: `ws` and nothing else, sending frames that are ready. */
function startBare(): Promise<string> {
  const frames = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"channel":"book"'))
    .map((line) => Buffer.from(line));
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  const pump = (socket: WebSocket, from: number): void => {
    let at = from;
    for (let count = 0; count < BATCH; count += 1, at = (at + 1) % frames.length) {
      socket.send(frames[at] ?? '', { binary: false });
    }
    const next = (): void => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > HIGH_WATER) setTimeout(next, 1);
      else pump(socket, at);
    };
    setImmediate(next);
  };
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    // Begins when it is asked, as the sandbox.
    socket.once('message', () => {
      pump(socket, 0);
    });
  });
  return new Promise((resolve) => {
    server.on('listening', () => {
      resolve(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
    });
  });
}

async function startSandbox(source: SandboxOptions['source']): Promise<string> {
  const sandbox = createSandbox({
    source,
    clock: createSystemClock(),
    timers: createSystemTimers(),
  });
  return (await sandbox.listen()).url;
}

/** The synthetic market alone: makes the same frames for nobody, and tells how many when it is asked. */
async function startMaking(): Promise<string> {
  const clock = createSystemClock();
  const source = new SyntheticSource(SYNTHETIC, clock, createSystemTimers());
  await source.open();
  let made = 0;
  const subscriber = {
    push: (): void => {
      made += 1;
    },
    ready: () => Promise.resolve(),
    closed: false,
    end: () => undefined,
  };
  source.attach([{ channel: 'book', symbol: 'BTC/USD', depth: 10, snapshot: true }], subscriber);
  process.on('message', () => process.send?.(made));
  return '';
}

function start(): Promise<string> {
  if (role === 'bare') return startBare();
  if (role === 'replay') return startSandbox({ kind: 'replay', path, speed: 'max', loop: true });
  if (role === 'many')
    return startSandbox({ kind: 'synthetic', seed: 1, symbols: 1_500, rate: 1_000 });
  return role === 'made' ? startMaking() : startSandbox(SYNTHETIC);
}

process.send?.(await start());
