import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { verify } from '../src/verify/verify.ts';
import { verdictExitCode } from '../src/verify/verify-report.ts';
import { heartbeats, only, openWriter, readAll } from './support.ts';

const CHILD = fileURLToPath(new URL('kill-child.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../dist/index.js', import.meta.url));

interface Said {
  readonly connectionId: number;
  readonly appended: number;
  readonly written: number;
  readonly durable: number;
  readonly wallMs: number;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Runs a recorder as a process of its own and kills it after it has spoken so many times. */
async function runAndKill(directory: string, lines: number, maxBytes: number): Promise<Said> {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: build the workspace first.`);
  const child = spawn(process.execPath, [CHILD, directory, String(maxBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > lines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  const last = text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1) ?? '';
  return JSON.parse(last) as Said;
}

/**
 * Kills a recorder again and again in one directory. After each kill everything that was in the file (so
 * survives a kill) must be there, in order; at the end the recording must verify, and strictly not.
 * `lostMs` is the age of the oldest frame that was lost.
 */
export async function killRepeatedly(
  directory: string,
  count: number,
  random: () => number,
): Promise<{ frames: number; torn: number; lostMs: number }> {
  let torn = 0;
  let lostMs = 0;
  const expected = new Map<number, Said>();
  for (let kill = 0; kill < count; kill += 1) {
    const lines = 1 + Math.floor(random() * 60);
    const maxBytes = random() < 0.5 ? 64 * 1024 : 64 * 1024 * 1024;
    const said = await runAndKill(directory, lines, maxBytes);
    expected.set(said.connectionId, said);
    if ((await verify(directory)).damage.some(({ kind }) => kind === 'torn-tail')) torn += 1;
  }
  const last = await openWriter(directory);
  for (const frame of heartbeats(3, 0, last.nextConnectionId)) last.append(frame);
  await last.close();

  const frames = only(await readAll(directory), 'frame').map(({ frame }) => frame);
  for (const [connectionId, { written, wallMs }] of expected) {
    const own = frames.filter((frame) => frame.connectionId === connectionId);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, at) => at));
    expect(own.length).toBeGreaterThanOrEqual(written);
    const lastNs = own.at(-1)?.receivedAt.wallNs;
    if (lastNs !== undefined) lostMs = Math.max(lostMs, wallMs - Number(lastNs / 1_000_000n));
  }
  const report = await verify(directory);
  expect(report.damage).toEqual([]);
  expect(report.holes).toEqual([]);
  // Each opening after the first, also of a run that was killed before its first frame was in the file.
  expect(report.gaps.filter(({ reason }) => reason === 'restart')).toHaveLength(count);
  expect(verdictExitCode(report)).toBe(0);
  expect(verdictExitCode(report, { strict: true })).toBe(1);
  return { frames: frames.length, torn, lostMs };
}
