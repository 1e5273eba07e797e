import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaultyFileSystem } from '../../test/faulty-file-system.ts';
import {
  createManualTimers,
  heartbeats,
  only,
  openWriter,
  readAll,
  temporaryDirectory,
  textFrame,
} from '../../test/support.ts';

/** Lets what is under way in the file system come to its end. */
async function settle(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setImmediate(resolve));
}

describe('group commit', () => {
  it('writes within a quarter of the interval and syncs within three', async () => {
    await using directory = await temporaryDirectory();
    const timers = createManualTimers();
    await using writer = await openWriter(directory.path, { timers, fsync: { intervalMs: 100 } });
    timers.advance(1000);
    expect(timers.pending).toBe(0);
    const { syncs } = writer.stats;
    writer.append(textFrame('{}', 0));
    timers.advance(25);
    await settle(() => writer.stats.written.frames === 1);
    writer.append(textFrame('{}', 1));
    timers.advance(25);
    await settle(() => writer.stats.written.frames === 2);
    expect(writer.stats.durable.frames).toBe(0);
    timers.advance(25);
    await settle(() => writer.stats.durable.frames === 2);
    expect(writer.stats.syncs).toBe(syncs + 1);
    timers.advance(1000);
    expect(timers.pending).toBe(0);
  });

  it('makes each frame durable before append returns, where asked to', async () => {
    await using directory = await temporaryDirectory();
    await using writer = await openWriter(directory.path, { fsync: 'always' });
    for (const [at, frame] of heartbeats(5).entries()) {
      writer.append(frame);
      expect(writer.stats.durable.frames).toBe(at + 1);
    }
    expect(only(await readAll(directory.path), 'frame')).toHaveLength(5);
  });

  it('syncs only when asked to, where told so', async () => {
    await using directory = await temporaryDirectory();
    const timers = createManualTimers();
    await using writer = await openWriter(directory.path, { timers, fsync: 'never' });
    const { syncs } = writer.stats;
    writer.append(textFrame('{}', 0));
    timers.advance(25);
    await settle(() => writer.stats.written.frames === 1);
    timers.advance(1000);
    expect(writer.stats.syncs).toBe(syncs);
    await writer.flush();
    expect(writer.stats.durable.frames).toBe(1);
  });

  it('goes on taking frames in bounded memory, and in order, while a write hangs', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const options = { fileSystem, bufferBytes: 4096, rotate: { maxBytes: 10_000 } };
    const writer = await openWriter(directory.path, options);
    const release = fileSystem.holdWrites();
    const frames = heartbeats(2000);
    for (const frame of frames) writer.append(frame);
    expect(writer.stats.synchronousWrites).toBeGreaterThan(10);
    // Everything but what still fits into one buffer is in the file, although the first write hangs.
    expect(writer.stats.written.frames).toBeGreaterThan(2000 - 4096 / 71);
    const inFile = only(await readAll(directory.path), 'frame').map(({ frame }) => frame);
    expect(inFile).toEqual(frames.slice(0, inFile.length));
    expect(inFile.length).toBe(writer.stats.written.frames);
    release();
    await writer.flush();
    expect(writer.stats.durable.frames).toBe(2000);
    await writer.close();
    const entries = await readAll(directory.path);
    expect(only(entries, 'frame').map(({ frame }) => frame)).toEqual(frames);
    expect(only(entries, 'damage')).toEqual([]);
  });

  it('syncs every file that it wrote beside a hanging write', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const options = { fileSystem, bufferBytes: 2048, rotate: { maxBytes: 2000 } };
    await using writer = await openWriter(directory.path, options);
    const release = fileSystem.holdWrites();
    for (const frame of heartbeats(300)) writer.append(frame);
    const files = writer.stats.segment;
    const before = fileSystem.calls.filter((call) => call === 'datasync').length;
    release();
    await writer.flush();
    const syncs = fileSystem.calls.filter((call) => call === 'datasync').length - before;
    expect(files).toBeGreaterThan(10);
    expect(syncs).toBeGreaterThanOrEqual(files - 1);
  });

  it('takes frames larger than a buffer', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path, { bufferBytes: 1000 });
    const frames = [10, 5000, 3, 999, 20_000].map((size, at) => textFrame('x'.repeat(size), at));
    for (const frame of frames) writer.append(frame);
    await writer.close();
    expect(only(await readAll(directory.path), 'frame').map(({ frame }) => frame)).toEqual(frames);
  });

  it('keeps every frame in order under any sizes, limits, flushes and ticks', async () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.nat({ max: 3000 }) },
      { weight: 1, arbitrary: fc.constantFrom('tick' as const, 'flush' as const, 'wait' as const) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 6000 }),
        fc.constantFrom('always' as const, 'never' as const, { intervalMs: 10 }),
        async (steps, bufferBytes, maxBytes, fsync) => {
          await using directory = await temporaryDirectory();
          const timers = createManualTimers();
          const options = { timers, bufferBytes, rotate: { maxBytes }, fsync };
          const writer = await openWriter(directory.path, options);
          const sizes: number[] = [];
          for (const item of steps) {
            if (typeof item === 'number') {
              writer.append(textFrame('y'.repeat(item), sizes.length));
              sizes.push(item);
            } else if (item === 'tick') timers.advance(10);
            else if (item === 'flush') await writer.flush();
            else await new Promise((resolve) => setImmediate(resolve));
          }
          await writer.close();
          const entries = await readAll(directory.path);
          expect(only(entries, 'damage')).toEqual([]);
          expect(only(entries, 'frame').map(({ frame }) => frame.bytes.length)).toEqual(sizes);
        },
      ),
      { numRuns: 40 },
    );
  });
});
