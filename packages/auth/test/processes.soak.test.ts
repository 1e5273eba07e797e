import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Child, startModule } from './child.ts';
import { HOLDER } from './processes.ts';
import { createScratch } from './scratch.ts';
import { KEY } from './vectors.ts';

const SEED = Number(process.env['KR_SOAK_SEED'] ?? 1);
const COUNT = Number(process.env['KR_SOAK_COUNT'] ?? 50);
const PROCESSES = 4;
/** Two lines, each with a nonce, a process id and a word. */
const BYTES_PER_TURN = 60;

/** mulberry32: small, seeded, good enough to choose a victim and a moment. */
const createRandom = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

describe('processes that are killed at random', () => {
  it(`never wedge the others nor repeat a nonce in ${COUNT} kills (seed ${SEED})`, async () => {
    console.log(`KR_SOAK_SEED=${SEED} KR_SOAK_COUNT=${COUNT}`);
    await using scratch = await createScratch();
    const random = createRandom(SEED);
    const log = join(scratch.path, 'log');
    const size = async () => (await stat(log).catch(() => ({ size: 0 }))).size;
    const untilGrown = async (turns: number) => {
      const goal = (await size()) + turns * BYTES_PER_TURN;
      while ((await size()) < goal) await new Promise((resolve) => setImmediate(resolve));
    };
    // More turns than it will live for, and fewer than may wait.
    const start = (): Child =>
      startModule(HOLDER, [join(scratch.path, 'n'), KEY, '0', '9000', log]);
    const children = Array.from({ length: PROCESSES }, start);
    await Promise.all(children.map((child) => child.line()));
    for (let kill = 0; kill < COUNT; kill += 1) {
      // Some turns pass, then one dies, wherever it is: waiting, claiming, holding, releasing.
      await untilGrown(Math.floor(random() * 20));
      const victim = Math.floor(random() * PROCESSES);
      await children[victim]?.[Symbol.asyncDispose]();
      await untilGrown(4);
      children[victim] = start();
      await children[victim].line();
    }
    await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));

    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    const entries = lines.filter((line) => line.endsWith(' in'));
    const nonces = entries.map((line) => BigInt(line.split(' ')[0] ?? ''));
    const disorder = nonces.findIndex((nonce, at) => at > 0 && nonce <= (nonces[at - 1] ?? 0n));
    expect(disorder).toBe(-1);
    // An entry without an exit right behind it is a victim's.
    const torn = lines.filter(
      (line, at) => line.endsWith(' in') && lines[at + 1] !== line.replace(/in$/, 'out'),
    );
    expect(torn.length).toBeLessThanOrEqual(COUNT + PROCESSES);
    console.log(`${entries.length} turns, ${torn.length} torn by a kill`);
  });
});
