import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { appendAll, feedTexts } from '../../test/recorded.ts';
import { openWriter, START_NS, temporaryDirectory } from '../../test/support.ts';
import { readManifest } from '../read/read-manifest.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';
import { planRetention, type RetentionOptions } from './retention.ts';

const ALL = new Set(Array.from({ length: 100 }, (_, at) => at));

async function options(directory: string): Promise<RetentionOptions> {
  const manifest = await readManifest(directory, true);
  const report = await verify(directory);
  return { manifest, report, derived: ALL, keep: { bytes: 12_000 }, nowNs: START_NS };
}

describe('retention', () => {
  it('deletes the oldest segments, and what is left still verifies and says what cannot be judged', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path, { rotate: { maxBytes: 4000 } });
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 100));
    await writer.flush();
    const plan = planRetention(await options(directory.path));
    expect(plan.delete.length).toBeGreaterThan(2);
    await writer.deleteSegments(plan.delete);
    await writer.close();

    const names = await readdir(directory.path);
    for (const { file } of plan.delete) expect(names).not.toContain(file);
    const report = await verify(directory.path);
    expect(report).toMatchObject({ damage: [], holes: [] });
    expect(report.awaitingSnapshot).toBeGreaterThan(0);
    expect(report.remarks.join(' ')).toContain('retention has deleted');
    expect(verdictExitCode(report)).toBe(0);
    // Another writer goes on behind it.
    await (await openWriter(directory.path)).close();
    expect(verdictExitCode(await verify(directory.path))).toBe(0);
  });

  it('never chooses what is not proved, not derived or not sealed, nor the last', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path, { rotate: { maxBytes: 4000 } });
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 100));
    await writer.close();
    const given = await options(directory.path);
    const none = { ...given, keep: { bytes: 0 } };
    const last = given.report.segments.length;
    expect(planRetention(none).delete).toHaveLength(last - 1);
    expect(planRetention({ ...none, derived: new Set([1, 3]) })).toMatchObject({
      delete: [{ segment: 1 }],
      stopped: { segment: 2, reason: 'not derived' },
    });
    const faulty = given.report.segments.map((segment) => ({
      ...segment,
      verdict: 'faulty' as const,
    }));
    expect(planRetention({ ...none, report: { ...given.report, segments: faulty } })).toEqual({
      delete: [],
      stopped: { segment: 1, reason: 'not proved' },
    });
    const unsealed = { ...given.manifest, segments: new Map() };
    expect(planRetention({ ...none, manifest: unsealed }).stopped?.reason).toBe('not sealed');
    expect(planRetention({ ...given, keep: { ms: 1000 } }).delete).toEqual([]);
    const later = { keep: { ms: 1000 }, nowNs: START_NS + 10_000_000_000n };
    expect(planRetention({ ...given, ...later }).delete).toHaveLength(last - 1);
  });

  it('deletes nothing but the oldest', async () => {
    await using directory = await temporaryDirectory();
    await using writer = await openWriter(directory.path, { rotate: { maxBytes: 4000 } });
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 100));
    await writer.flush();
    const sealed = [...(await readManifest(directory.path, true)).segments.values()];
    await expect(writer.deleteSegments(sealed.slice(1))).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
    expect((await readManifest(directory.path, true)).deleted.size).toBe(0);
  });
});
