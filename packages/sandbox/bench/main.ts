import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { captureFrom, symbolsOf } from './capture.ts';
import { CountingClient } from './counting-client.ts';

// Messages a second of the sandbox, beside a bare `ws` server that sends ready-made frames of the same kind.
// Each server is a process of its own, and rounds alternate: what else the machine does hits all alike.

const ROUNDS = 3;
const WARM_UP_MS = 500;
const ROUND_MS = 1_500;
const FRAMES = 20_000;
const LEAST_RATIO = 1 / 3;
const server = new URL('server.js', import.meta.url);

async function start(role: string, path = ''): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(server, [role, path]);
  const [url] = (await once(child, 'message')) as [string];
  return { child, url };
}

/** Messages a second over all of so many clients of one new server. */
async function measure(role: string, path: string, clients: number): Promise<number> {
  const { child, url } = await start(role, path);
  const all: CountingClient[] = [];
  for (let count = 0; count < clients; count += 1) {
    const client = await CountingClient.connect(url);
    client.send(
      '{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10}}',
    );
    all.push(client);
  }
  const received = (): number => all.reduce((sum, { messages }) => sum + messages, 0);
  await wait(WARM_UP_MS);
  const before = received();
  const startMs = performance.now();
  await wait(ROUND_MS);
  const rate = ((received() - before) / (performance.now() - startMs)) * 1_000;
  for (const client of all) client.close();
  child.kill();
  await once(child, 'exit');
  return rate;
}

/** Frames a second that the synthetic market makes for nobody. */
async function measureMaking(): Promise<number> {
  const { child } = await start('made');
  const count = async (): Promise<number> => {
    child.send('how many');
    const [made] = (await once(child, 'message')) as [number];
    return made;
  };
  await wait(WARM_UP_MS);
  const before = await count();
  const startMs = performance.now();
  await wait(ROUND_MS);
  const rate = (((await count()) - before) / (performance.now() - startMs)) * 1_000;
  child.kill();
  await once(child, 'exit');
  return rate;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Subscribes the book of 1,500 symbols in one request: the milliseconds until all answers and snapshots are there. */
async function subscribeMany(): Promise<number> {
  const { child, url } = await start('many');
  const names = await symbolsOf(url);
  const client = await CountingClient.connect(url);
  const startMs = performance.now();
  client.send(JSON.stringify({ method: 'subscribe', params: { channel: 'book', symbol: names } }));
  while (client.messages < 2 * names.length) await wait(5);
  const elapsed = performance.now() - startMs;
  console.log(`${names.length} symbols at once: ${elapsed.toFixed(0)} ms to the last snapshot`);
  client.close();
  child.kill();
  return names.length;
}

const directory = mkdtempSync(join(tmpdir(), 'kr-bench-'));
const path = join(directory, 'capture.ndjson');
writeFileSync(path, await captureFrom(await start('synthetic'), FRAMES));
console.log(`${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`);
let ok = true;
for (const clients of [1, 10]) {
  const rates: Record<string, number[]> = { bare: [], replay: [], synthetic: [] };
  const made: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [role, found] of Object.entries(rates))
      found.push(await measure(role, path, clients));
    made.push(await measureMaking());
  }
  const bare = median(rates['bare'] ?? []);
  for (const [role, found] of Object.entries(rates)) {
    const rate = median(found);
    console.log(
      `${clients} client(s), ${role}: ${Math.round(rate).toLocaleString('en')} messages/s, ${(rate / bare).toFixed(2)} of bare ws`,
    );
    if (rate / bare < LEAST_RATIO) ok = false;
  }
  const making = median(made);
  const served = median(rates['synthetic'] ?? []) / clients;
  console.log(
    `the market alone makes ${Math.round(making).toLocaleString('en')} frames/s; each client is served ${(served / making).toFixed(2)} of them`,
  );
}
ok = (await subscribeMany()) >= 1_500 && ok;
rmSync(directory, { recursive: true });
console.log(
  ok
    ? 'The target is met: at least a third of bare ws, and 1,500 symbols.'
    : 'THE TARGET IS MISSED.',
);
process.exitCode = ok ? 0 : 1;
