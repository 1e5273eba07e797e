import { createHash } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { heartbeats, openWriter, temporaryDirectory } from '../../test/support.ts';
import { readManifest } from '../read/read-manifest.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';
import { formatManifestLine, parseManifest } from './manifest.ts';

const SMALL = { rotate: { maxBytes: 900 } };

async function record(directory: string, frames = 40): Promise<void> {
  const writer = await openWriter(directory, SMALL);
  for (const frame of heartbeats(frames, 0, writer.nextConnectionId)) writer.append(frame);
  await writer.close();
}

describe('the manifest of a recording', () => {
  it('holds the SHA-256 of each segment, as sha256sum prints it, and its counts', async () => {
    await using directory = await temporaryDirectory();
    await record(directory.path);
    const { segments, damage } = await readManifest(directory.path, false);
    const files = (await readdir(directory.path)).filter((name) => name.endsWith('.krj'));
    expect(damage).toEqual([]);
    expect([...segments.values()].map(({ file }) => file)).toEqual(files.toSorted());
    let frames = 0;
    for (const sealed of segments.values()) {
      const bytes = await readFile(directory.join(sealed.file));
      expect(sealed).toMatchObject({ bytes: bytes.length, sealed: 'closed' });
      expect(sealed.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      frames += sealed.frames;
    }
    expect(frames).toBe(40);
  });

  it('gives each segment a verdict', async () => {
    await using directory = await temporaryDirectory();
    await record(directory.path);
    const { segments } = await verify(directory.path);
    expect(new Set(segments.map(({ verdict }) => verdict))).toEqual(new Set(['proved']));
    expect(segments.reduce((sum, { frames }) => sum + frames, 0)).toBe(40);
  });

  it('tells a segment that was replaced by another sound file', async () => {
    await using directory = await temporaryDirectory();
    await using other = await temporaryDirectory();
    await record(directory.path);
    await record(other.path);
    await writeFile(
      directory.join('manifest.ndjson'),
      await readFile(other.join('manifest.ndjson')),
    );
    const report = await verify(directory.path);
    expect(new Set(report.damage.map(({ kind }) => kind))).toEqual(new Set(['hash-wrong']));
    expect(report.segments[1]).toMatchObject({ manifest: 'mismatched', verdict: 'faulty' });
    expect(verdictExitCode(report)).toBe(1);
  });

  it('knows of a last segment that is gone', async () => {
    await using directory = await temporaryDirectory();
    await record(directory.path);
    const names = (await readdir(directory.path)).filter((name) => name.endsWith('.krj'));
    await rm(directory.join(names.toSorted().at(-1) ?? ''));
    const report = await verify(directory.path);
    expect(report.damage.at(-1)).toMatchObject({ kind: 'segment-missing' });
    expect(report.damage.at(-1)?.recordsLost).toBeGreaterThan(1);
  });

  it('is completed by the next writer, for a writer that died before it sealed', async () => {
    await using directory = await temporaryDirectory();
    await record(directory.path);
    const path = directory.join('manifest.ndjson');
    const whole = await readFile(path);
    for (const length of [whole.length - 1, whole.length - 100, 0]) {
      await truncate(path, length);
      await record(directory.path, 3);
      const report = await verify(directory.path);
      expect(report.damage).toEqual([]);
      expect(new Set(report.segments.map(({ verdict }) => verdict))).toEqual(new Set(['proved']));
    }
    const { segments } = await readManifest(directory.path, false);
    expect(segments.get(1)).toMatchObject({ sealed: 'recovered', frames: 8 });
  });

  it('tells every flipped bit of its own', () => {
    const line = formatManifestLine({
      type: 'deleted',
      segment: 3,
      sha256: 'ab'.repeat(32),
      at: '2026-01-01T00:00:00.000000000Z',
    });
    for (let bit = 0; bit < line.length * 8; bit += 1) {
      const bytes = line.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const { damage } = parseManifest(bytes, false);
      expect({ bit, found: damage.length > 0 }).toEqual({ bit, found: true });
    }
  });
});
