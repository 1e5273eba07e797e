import { getEventListeners } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import type { Frame } from '@kr/schemas/shared';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  collect,
  createManualTimers,
  openWriter,
  START_NS,
  temporaryDirectory,
  textFrame,
} from '../../test/support.ts';
import { readFrames } from '../read/read-frames.ts';
import { type ReplayOptions, replay } from './replay.ts';

const SECOND = 1_000_000_000n;

/** A frame a second, over several segments. */
async function record(directory: string, count: number): Promise<Frame[]> {
  const frames = Array.from({ length: count }, (_, at) =>
    textFrame(`{"channel":"heartbeat","n":${at}}`, at, 1, START_NS + BigInt(at) * SECOND),
  );
  const writer = await openWriter(directory, { rotate: { maxBytes: 4000 } });
  for (const frame of frames) writer.append(frame);
  await writer.close();
  return frames;
}

function controls(): ReplayOptions & { advance(ms: number): Promise<void> } {
  const timers = createManualTimers();
  let nowNs = 0n;
  return {
    timers,
    clock: { monotonicNs: () => nowNs },
    advance: async (ms) => {
      for (let left = ms; left > 0; left -= 100) {
        nowNs += 100_000_000n;
        timers.advance(100);
        await settle();
      }
    },
  };
}

/** Lets everything happen that waits for no timer of the test. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

function follow(frames: AsyncIterable<Frame>): { readonly seen: Frame[]; done: Promise<void> } {
  const seen: Frame[] = [];
  const run = async (): Promise<void> => {
    for await (const frame of frames) seen.push(frame);
  };
  return { seen, done: run() };
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 5000 && !condition(); round += 1) await settle();
  expect(condition()).toBe(true);
}

describe('replay', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let frames: Frame[] = [];
  beforeAll(async () => {
    directory = await temporaryDirectory();
    frames = await record(directory.path, 500);
    return () => directory[Symbol.asyncDispose]();
  });

  it('hands out the frames as they were, as fast as they are read', async () => {
    expect(await collect(replay(directory.path, { ...controls(), speed: 'max' }))).toEqual(frames);
  });

  it('keeps their pace, at 1× and faster', async () => {
    for (const speed of [1, 10]) {
      const steering = controls();
      await using playing = replay(directory.path, { ...steering, speed });
      const { seen } = follow(playing);
      await until(() => seen.length === 1);
      await steering.advance(3000);
      await until(() => seen.length === 1 + 3 * speed);
      playing.pause();
      await steering.advance(2000);
      expect(seen).toHaveLength(1 + 3 * speed);
      playing.resume();
      await steering.advance(1000);
      await until(() => seen.length === 1 + 4 * speed);
    }
  });

  it('steps', async () => {
    await using playing = replay(directory.path, { ...controls(), speed: 'step' });
    const { seen } = follow(playing);
    playing.step(2);
    await until(() => seen.length === 2);
    playing.step();
    await until(() => seen.length === 3);
    expect(playing.positionNs).toBe(START_NS + 2n * SECOND);
    playing.setSpeed('max');
    await until(() => seen.length === 500);
  });

  it('begins, ends and goes on at any moment', async () => {
    const times = { from: START_NS + 250n * SECOND, to: START_NS + 260n * SECOND };
    const part = replay(directory.path, { ...controls(), ...times, speed: 'max' });
    expect(await collect(part)).toEqual(frames.slice(250, 261));

    await using playing = replay(directory.path, { ...controls(), speed: 'step' });
    const { seen, done } = follow(playing);
    playing.step();
    await until(() => seen.length === 1);
    playing.seek('2025-11-21T02:38:15.5Z');
    playing.step();
    await until(() => seen.length === 2);
    expect(seen[1]).toEqual(frames[496]);
    playing.seek(START_NS + 10n * SECOND);
    playing.step();
    await until(() => seen.length === 3);
    expect(seen[2]).toEqual(frames[10]);
    await playing.close();
    await done;
  });

  it('finds every moment with and without its indexes', async () => {
    const at = async (second: number): Promise<Frame | undefined> => {
      const from = START_NS + BigInt(second) * SECOND;
      for await (const frame of replay(directory.path, { ...controls(), from, speed: 'max' })) {
        return frame;
      }
      return undefined;
    };
    for (let second = 0; second < 500; second += 37)
      expect(await at(second)).toEqual(frames[second]);
    expect(await at(500)).toBeUndefined();
    const names = await readdir(directory.path);
    for (const name of names.filter((file) => file.endsWith('.krx'))) {
      await writeFile(directory.join(name), 'torn');
    }
    expect(await at(444)).toEqual(frames[444]);
    await rm(directory.join('manifest.ndjson'));
    expect(await at(333)).toEqual(frames[333]);
  });

  it('finds its place behind a wall clock that was set back', async () => {
    await using stepped = await temporaryDirectory();
    const seconds = [0, 1, 2, 1, 2, 3, 4];
    const own = seconds.map((second, at) =>
      textFrame(`{"n":${at}}`, at, 1, START_NS + BigInt(second) * SECOND),
    );
    const writer = await openWriter(stepped.path, { rotate: { maxBytes: 1100 } });
    for (const frame of own) writer.append(frame);
    await writer.close();
    const from = START_NS + 2n * SECOND;
    const played = await collect(replay(stepped.path, { ...controls(), from, speed: 'max' }));
    expect(played).toEqual(own.slice(2));
  });

  it('plays NDJSON too', async () => {
    const path = directory.join('capture.ndjson');
    const lines = [1, 2, 3].map((at) => `{"recv_ts_ns":${at}000000000,"payload":"{}"}`);
    await writeFile(path, `${lines.join('\n')}\n`);
    const played = await collect(replay(path, { ...controls(), from: 2n * SECOND, speed: 'max' }));
    expect(played).toEqual((await collect(readFrames(path))).slice(1));
  });

  it('ends with the signal’s reason', async () => {
    const aborting = new AbortController();
    const { signal } = aborting;
    const { seen, done } = follow(replay(directory.path, { ...controls(), signal }));
    await until(() => seen.length === 1);
    aborting.abort(new Error('enough'));
    await expect(done).rejects.toThrow('enough');
  });

  it('leaves nothing behind on its signal, however often it waits', async () => {
    const steering = controls();
    const { signal } = new AbortController();
    const most: number[] = [];
    await using playing = replay(directory.path, { ...steering, signal });
    const { seen } = follow(playing);
    await until(() => seen.length === 1);
    for (let second = 0; second < 20; second += 1) {
      await steering.advance(1000);
      most.push(getEventListeners(signal, 'abort').length);
    }
    await until(() => seen.length === 21);
    expect(Math.max(...most)).toBeLessThanOrEqual(2);
  });

  it('refuses times and speeds that are none', () => {
    expect(() => replay('x', { ...controls(), from: 'yesterday' })).toThrow(/from must be a time/);
    expect(() => replay('x', { ...controls(), speed: 0 })).toThrow(/positive/);
  });
});
