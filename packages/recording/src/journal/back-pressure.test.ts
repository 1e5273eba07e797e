import { describe, expect, it } from 'vitest';
import { createFaultyFileSystem } from '../../test/faulty-file-system.ts';
import { heartbeats, only, openWriter, readAll, temporaryDirectory } from '../../test/support.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';
import type { AppendOutcome } from './journal-stats.ts';

describe('a disk that is behind', () => {
  it('asks to slow down while both buffers fill, and says when it has caught up', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    await using writer = await openWriter(directory.path, { fileSystem, bufferBytes: 4096 });
    await expect(writer.drained()).resolves.toBeUndefined();
    const release = fileSystem.holdWrites();
    const outcomes: AppendOutcome[] = [];
    for (const frame of heartbeats(60)) outcomes.push(writer.append(frame));
    expect(outcomes[0]).toBe('taken');
    expect(outcomes.at(-1)).toBe('slowDown');
    expect(writer.stats.waitingBytes).toBeLessThanOrEqual(2 * 4096);
    const drained = writer.drained();
    release();
    await drained;
    expect(writer.append(heartbeats(1, 60)[0] as never)).toBe('taken');
  });

  it('declares a gap for what it cannot take, when it may not block', async () => {
    await using directory = await temporaryDirectory();
    const fileSystem = createFaultyFileSystem();
    const writer = await openWriter(directory.path, {
      fileSystem,
      bufferBytes: 4096,
      overflow: 'gap',
    });
    const release = fileSystem.holdWrites();
    const frames = heartbeats(150).flatMap((frame) => [frame, { ...frame, connectionId: 2 }]);
    const counts = { taken: 0, slowDown: 0, dropped: 0 };
    for (const frame of frames) counts[writer.append(frame)] += 1;
    expect(counts.dropped).toBeGreaterThan(150);
    expect(writer.stats).toMatchObject({ dropped: counts.dropped, synchronousWrites: 0 });
    release();
    await writer.flush();
    const later = [1, 2].flatMap((connectionId) => heartbeats(3, 150, connectionId));
    for (const frame of later) expect(writer.append(frame)).toBe('taken');
    await writer.close();

    const gaps = only(await readAll(directory.path), 'gap').map(({ gap }) => gap);
    expect(gaps).toMatchObject([
      { reason: 'drop', connectionId: 1 },
      { reason: 'drop', connectionId: 2 },
    ]);
    const report = await verify(directory.path);
    expect(report.frames).toBe(counts.taken + counts.slowDown + 6);
    expect(report).toMatchObject({ damage: [], holes: [] });
    expect(verdictExitCode(report)).toBe(0);
    expect(verdictExitCode(report, { strict: true })).toBe(1);
  });
});
