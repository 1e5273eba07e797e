import { readdir, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  createManualTimers,
  heartbeats,
  only,
  openWriter,
  readAll,
  START_NS,
  systemClock,
  systemTimers,
  temporaryDirectory,
  textFrame,
} from '../../test/support.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';

describe('JournalWriter', () => {
  it('keeps every frame with its bytes, clocks, connection and sequence', async () => {
    await using directory = await temporaryDirectory();
    const frames = [textFrame('{"a":1}', 0), textFrame('', 1), textFrame('{"ü":"€"}', 0, 7)];
    const writer = await openWriter(directory.join('recording'));
    for (const frame of frames) writer.append(frame);
    await writer.close();

    const entries = await readAll(directory.join('recording'));
    expect(entries.map(({ type }) => type)).toEqual(['header', 'frame', 'frame', 'frame', 'end']);
    expect(only(entries, 'frame').map(({ frame }) => frame)).toEqual(frames);
    expect(only(entries, 'end')[0]?.end).toMatchObject({ reason: 'close', records: 4, frames: 3 });
  });

  it('tells what is written and what is durable', async () => {
    await using directory = await temporaryDirectory();
    const timers = createManualTimers();
    await using writer = await openWriter(directory.path, { timers });
    writer.append(textFrame('{}', 0));
    expect(writer.stats).toMatchObject({
      frames: 1,
      written: { frames: 0 },
      durable: { frames: 0 },
    });
    await writer.flush();
    expect(writer.stats).toMatchObject({ written: { frames: 1 }, durable: { frames: 1 } });
    expect(writer.stats.durable.wallNs).toBe(textFrame('{}', 0).receivedAt.wallNs);
  });

  it('refuses frames that the format cannot hold, and goes on', async () => {
    await using directory = await temporaryDirectory();
    await using writer = await openWriter(directory.path);
    const bad = [textFrame('{}', -1), textFrame('{}', 0.5), textFrame('{}', 0, 2 ** 32)];
    for (const frame of bad) {
      expect(() => writer.append(frame)).toThrow(
        expect.objectContaining({ code: 'INVALID_FRAME' }),
      );
    }
    writer.append(textFrame('{}', 0));
    await writer.flush();
    expect(only(await readAll(directory.path), 'frame')).toHaveLength(1);
  });

  it('rotates by size, and the segments read as one', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path, { rotate: { maxBytes: 2000 } });
    const frames = heartbeats(100);
    for (const frame of frames) writer.append(frame);
    await writer.close();
    const names = (await readdir(directory.path)).filter((name) => name.endsWith('.krj'));
    expect(names.length).toBeGreaterThan(3);
    expect(names.toSorted()[0]).toBe('segment-000001.krj');
    for (const name of names) expect((await stat(directory.join(name))).size).toBeLessThan(3000);
    const entries = await readAll(directory.path);
    expect(only(entries, 'frame').map(({ frame }) => frame)).toEqual(frames);
    expect(only(entries, 'damage')).toEqual([]);
  });

  it('rotates by age, in either way of syncing', async () => {
    await using directory = await temporaryDirectory();
    const timers = createManualTimers();
    let now = 0n;
    const clock = { wallNs: () => START_NS + now, monotonicNs: () => now };
    for (const fsync of ['always', { intervalMs: 100 }] as const) {
      const path = directory.join(typeof fsync === 'string' ? fsync : 'interval');
      const writer = await openWriter(path, { clock, timers, fsync, rotate: { maxMs: 1000 } });
      writer.append(textFrame('{}', 0));
      timers.advance(50);
      now += 999_999_999n;
      writer.append(textFrame('{}', 1));
      expect(writer.stats.segment).toBe(1);
      now += 1n;
      timers.advance(50);
      writer.append(textFrame('{}', 2));
      expect(writer.stats.segment).toBe(2);
      await writer.close();
      const entries = await readAll(path);
      expect(only(entries, 'frame').map(({ place }) => place.segment)).toEqual([1, 1, 2]);
      expect(only(entries, 'end').map(({ end }) => end.reason)).toEqual(['rotate', 'close']);
    }
  });

  it('goes on after a wall clock that steps back', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    const times = [5n, 3n, -7n, 9n];
    for (const [at, ns] of times.entries()) writer.append(textFrame('{}', at, 1, ns));
    await writer.close();
    const frames = only(await readAll(directory.path), 'frame');
    expect(frames.map(({ frame }) => frame.receivedAt.wallNs)).toEqual(times);
  });

  it('takes nothing after it was closed, and closes once', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    await Promise.all([writer.close(), writer.close()]);
    expect(() => writer.append(textFrame('{}', 0))).toThrow(
      expect.objectContaining({ code: 'CLOSED' }),
    );
    expect(() => writer.appendGap({ reason: 'drop', symbols: [], repaired: false })).toThrow(
      expect.objectContaining({ code: 'CLOSED' }),
    );
    await writer.close();
  });

  it.each([
    { fsync: { intervalMs: 0 } },
    { fsync: { intervalMs: Number.NaN } },
    { rotate: { maxBytes: 0 } },
    { rotate: { maxMs: -1 } },
    { bufferBytes: Infinity },
  ])('refuses %o', async (options) => {
    await using directory = await temporaryDirectory();
    await expect(openWriter(directory.path, options)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });

  it('continues a recording with a restart gap and fresh connection numbers', async () => {
    await using directory = await temporaryDirectory();
    const first = await openWriter(directory.path);
    for (const frame of heartbeats(3)) first.append(frame);
    await first.close();
    const second = await openWriter(directory.path);
    expect(second.nextConnectionId).toBe(2);
    expect(second.recovery).toMatchObject({ resumed: true, closed: true });
    for (const frame of heartbeats(3, 0, 2)) second.append(frame);
    await second.close();
    const report = await verify(directory.path);
    expect(report.gaps).toMatchObject([
      {
        reason: 'restart',
        from: '2025-11-21T02:30:00.002000000Z',
        to: '2025-11-21T02:30:00.000000000Z',
      },
    ]);
    expect(report.damage).toEqual([]);
    expect(report.holes).toEqual([]);
    expect(verdictExitCode(report)).toBe(0);
    expect(verdictExitCode(report, { strict: true })).toBe(1);
  });

  it('works with the real clock and timers', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path, { clock: systemClock, timers: systemTimers });
    for (const frame of heartbeats(1000)) writer.append(frame);
    await writer.close();
    expect(await verify(directory.path)).toMatchObject({
      frames: 1000,
      channels: { heartbeat: 1000 },
    });
  });
});
