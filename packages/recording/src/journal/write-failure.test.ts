import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
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
import type { RecordingError } from '../errors.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';

describe('a full or broken disk', () => {
  it('surfaces as one error with the place and the system’s code, and the journal stays whole', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const onError = vi.fn<(error: RecordingError) => void>();
    const writer = await openWriter(directory.path, { fileSystem, onError });
    for (const frame of heartbeats(10)) writer.append(frame);
    await writer.flush();
    fileSystem.fail('write', 'ENOSPC', 250);
    for (const frame of heartbeats(10, 10)) writer.append(frame);
    const error: unknown = await writer.flush().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'RecordingError',
      code: 'WRITE_FAILED',
      context: { segment: 1, systemCode: 'ENOSPC' },
      cause: { code: 'ENOSPC' },
    });
    expect(onError.mock.calls).toEqual([[error]]);
    expect(() => writer.append(textFrame('{}', 20))).toThrow(error);
    await writer.close();

    const entries = await readAll(directory.path);
    // 250 bytes hold three more records of 71 bytes; the fourth, in part, was cut.
    expect(only(entries, 'frame')).toHaveLength(13);
    expect(only(entries, 'damage').map(({ damage }) => damage.kind)).toEqual(['unclosed']);
  });

  it('goes on in the same directory once there is room', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const full = await openWriter(directory.path, { fileSystem });
    for (const frame of heartbeats(3)) full.append(frame);
    fileSystem.fail('write', 'ENOSPC', 100);
    await expect(full.close()).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    const writer = await openWriter(directory.path);
    for (const frame of heartbeats(3, 0, writer.nextConnectionId)) writer.append(frame);
    await writer.close();
    const report = await verify(directory.path);
    expect(report).toMatchObject({
      frames: 4,
      damage: [],
      holes: [],
      gaps: [{ reason: 'restart' }],
    });
    expect(verdictExitCode(report)).toBe(0);
  });

  it('tells of it at close when nobody was told before', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const timers = createManualTimers();
    const writer = await openWriter(directory.path, { fileSystem, timers });
    writer.append(textFrame('{}', 0));
    fileSystem.fail('write', 'EIO');
    timers.advance(25);
    while (!fileSystem.calls.includes('write')) await Promise.resolve();
    await expect(writer.close()).rejects.toMatchObject({ context: { systemCode: 'EIO' } });
    await (await openWriter(directory.path)).close();
  });

  it('does not call durable what could not be synced', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const writer = await openWriter(directory.path, { fileSystem });
    fileSystem.fail('datasync', 'EIO');
    writer.append(textFrame('{}', 0));
    await expect(writer.flush()).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    expect(writer.stats).toMatchObject({ written: { frames: 1 }, durable: { frames: 0 } });
    await writer.close();
  });

  it('throws out of append where append itself writes', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const writer = await openWriter(directory.path, { fileSystem, fsync: 'always' });
    writer.append(textFrame('{}', 0));
    fileSystem.fail('write', 'ENOSPC', 10);
    expect(() => writer.append(textFrame('{}', 1))).toThrow(
      expect.objectContaining({ code: 'WRITE_FAILED' }),
    );
    await writer.close();
    expect(only(await readAll(directory.path), 'frame')).toHaveLength(1);
  });

  it('refuses to open where nothing can be written, and leaves no lock behind', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    fileSystem.fail('write', 'ENOSPC', 20);
    await expect(openWriter(directory.path, { fileSystem })).rejects.toMatchObject({
      code: 'WRITE_FAILED',
    });
    await (await openWriter(directory.path)).close();
    expect(verdictExitCode(await verify(directory.path))).toBe(0);
  });

  it('loses nothing that was durable, and leaves a journal that can be continued, wherever it fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 6000 }),
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 300, max: 3000 }),
        fc.constantFrom('always' as const, { intervalMs: 4 }),
        async (room, bufferBytes, maxBytes, fsync) => {
          await using directory = await temporaryDirectory();
          const fileSystem = createFaultyFileSystem();
          const timers = createManualTimers();
          const options = { fileSystem, timers, bufferBytes, fsync, rotate: { maxBytes } };
          const writer = await openWriter(directory.path, options);
          fileSystem.fail('write', 'ENOSPC', room);
          let appended = 0;
          try {
            for (const frame of heartbeats(150)) {
              writer.append(frame);
              appended += 1;
              timers.advance(1);
              if (appended % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
            }
            await writer.flush();
          } catch {
            // The disk is full; what counts is what is left.
          }
          await writer.close().catch(() => undefined);
          const durable = writer.stats.durable.frames;
          const before = only(await readAll(directory.path), 'frame').map(
            ({ frame }) => frame.sequence,
          );
          expect(before).toEqual(Array.from({ length: before.length }, (_, at) => at));
          expect(before.length).toBeGreaterThanOrEqual(durable);
          expect(before.length).toBeLessThanOrEqual(150);

          const next = await openWriter(directory.path);
          for (const frame of heartbeats(2, 0, next.nextConnectionId)) next.append(frame);
          await next.close();
          const report = await verify(directory.path);
          expect(report.damage).toEqual([]);
          expect(report.holes).toEqual([]);
          expect(report.frames).toBe(before.length + 2);
        },
      ),
      { numRuns: 30 },
    );
    // Hundreds of real syncs, on a disk that others may keep busy.
  }, 180_000);
});
