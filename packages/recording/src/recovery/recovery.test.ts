import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordStarts, twoSegments } from '../../test/segments.ts';
import { heartbeats, only, openWriter, readAll, temporaryDirectory } from '../../test/support.ts';
import { encodeRecord } from '../format/record-codec.ts';
import { type JournalFileSystem, nodeFileSystem } from '../journal/file-system.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';
import { recoverDirectory } from './recovery.ts';

let first: Uint8Array;
let second: Uint8Array;

beforeAll(async () => {
  ({ first, second } = await twoSegments());
});

/** A thousand cuts take a thousand times five syncs; the tests below do with real ones. */
const withoutSyncs: JournalFileSystem = {
  ...nodeFileSystem,
  datasync: () => Promise.resolve(),
  syncDirectory: () => Promise.resolve(),
  truncate,
};

describe('recoverDirectory', () => {
  it('cuts at the last whole record wherever the last segment was torn, and keeps what it cut', async () => {
    await using directory = await temporaryDirectory();
    const starts = recordStarts(second);
    const path = directory.join('segment-000002.krj');
    await writeFile(directory.join('segment-000001.krj'), first);
    for (let length = 1; length <= second.length; length += 1) {
      await writeFile(path, second.slice(0, length));
      const kept = starts.findLast((start) => start <= length) ?? 0;
      const state = await recoverDirectory(directory.path, withoutSyncs);
      const expected = length > kept ? { offset: kept, bytes: length - kept } : undefined;
      const { tornTail } = state;
      expect(tornTail && { offset: tornTail.offset, bytes: tornTail.bytes }).toEqual(expected);
      expect(state.nextSegment).toBe(kept === 0 ? 2 : 3);
      expect(await readFile(path)).toEqual(Buffer.from(second.slice(0, kept)));
      if (tornTail === undefined) continue;
      const torn = directory.join(tornTail.keptAs);
      expect(await readFile(torn)).toEqual(Buffer.from(second.slice(kept, length)));
      await nodeFileSystem.remove(torn);
    }
    expect(await readFile(directory.join('segment-000001.krj'))).toEqual(Buffer.from(first));
    // A sync for every byte of it, on a disk that others may keep busy.
  }, 180_000);

  it('cuts nothing where something valid follows the damage', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('segment-000001.krj');
    const bytes = first.slice();
    bytes.fill(0, 700, 705);
    await writeFile(path, bytes);
    const state = await recoverDirectory(directory.path, nodeFileSystem);
    expect(state.tornTail).toBeUndefined();
    expect(state.damage).toMatchObject([{ kind: 'unreadable', segment: 1 }]);
    expect(await readFile(path)).toEqual(Buffer.from(bytes));
  });

  it('cuts the zeros that a power cut leaves', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(
      directory.join('segment-000001.krj'),
      Buffer.concat([first, new Uint8Array(5000)]),
    );
    const state = await recoverDirectory(directory.path, nodeFileSystem);
    expect(state.tornTail).toMatchObject({ offset: first.length, bytes: 5000 });
  });

  it('refuses a last segment that something else wrote', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('segment-000001.krj'), first);
    await writeFile(directory.join('segment-000002.krj'), 'my diary');
    await expect(openWriter(directory.path)).rejects.toMatchObject({ code: 'FOREIGN_FILE' });
    expect(await readFile(directory.join('segment-000002.krj'), 'utf8')).toBe('my diary');
  });
});

describe('a recording continued after a crash', () => {
  it('verifies: the torn tail is cut, the gap is written down, and strict sees it', async () => {
    const starts = recordStarts(second);
    for (let length = 1; length < second.length; length += 41) {
      await using directory = await temporaryDirectory();
      await writeFile(directory.join('segment-000001.krj'), first);
      await writeFile(directory.join('segment-000002.krj'), second.slice(0, length));
      expect(verdictExitCode(await verify(directory.path))).toBe(1);
      const writer = await openWriter(directory.path);
      const { nextConnectionId, recovery } = writer;
      expect(recovery.closed).toBe(length < (starts[1] ?? 0));
      for (const frame of heartbeats(2, 0, nextConnectionId)) writer.append(frame);
      await writer.close();
      const report = await verify(directory.path);
      expect(report.damage).toEqual([]);
      expect(report.holes).toEqual([]);
      expect(verdictExitCode(report)).toBe(0);
      expect(verdictExitCode(report, { strict: true })).toBe(1);
      const restart = report.gaps.find(({ reason }) => reason === 'restart');
      expect(restart?.to).toBeDefined();
      expect(restart?.detail).toContain('had');
    }
  });

  it('enters each restart, and closes them all with the next frame', async () => {
    await using directory = await temporaryDirectory();
    const one = await openWriter(directory.path);
    for (const frame of heartbeats(2)) one.append(frame);
    await one.close();
    await (await openWriter(directory.path)).close();
    const open = await verify(directory.path);
    expect(open.gaps).toHaveLength(1);
    expect(open.gaps[0]?.to).toBeUndefined();
    const last = await openWriter(directory.path);
    last.append(heartbeats(1, 0, last.nextConnectionId)[0]!);
    await last.close();
    const closed = await verify(directory.path);
    expect(closed.gaps.map(({ reason }) => reason)).toEqual(['restart', 'restart']);
    expect(closed.gaps.map(({ to }) => to)).not.toContain(undefined);
    expect(
      only(await readAll(directory.path), 'header').map(({ header }) => header.segment),
    ).toEqual([1, 2, 3]);
  });

  it('does not mix sources', async () => {
    await using directory = await temporaryDirectory();
    await (await openWriter(directory.path)).close();
    const header = { source: 'live', url: 'wss://ws.kraken.com/v2', subscriptions: [] };
    await expect(openWriter(directory.path, { header })).rejects.toMatchObject({
      code: 'SOURCE_MISMATCH',
    });
    await (await openWriter(directory.path)).close();
  });

  it('gives up opening when told to, and leaves the directory free', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('segment-000001.krj'), first);
    const controller = new AbortController();
    const opening = openWriter(directory.join('.'), { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    expect(await readdir(directory.path)).toEqual(['segment-000001.krj']);
  });

  it('refuses to continue what a newer version wrote', async () => {
    await using directory = await temporaryDirectory();
    const payload = new TextEncoder().encode('{"format":"kr-recording","version":2}');
    const bytes = new Uint8Array(payload.length + 48);
    const fields = {
      kind: 1,
      ordinal: 0,
      connectionId: 0,
      sequence: 0,
      wallNs: 0n,
      monotonicNs: 0n,
    };
    encodeRecord(bytes, new DataView(bytes.buffer), 0, fields, payload);
    await writeFile(directory.join('segment-000001.krj'), bytes);
    await expect(openWriter(directory.path)).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' });
  });

  it('continues where every header is lost', async () => {
    await using directory = await temporaryDirectory();
    const bytes = first.slice();
    bytes[60] = 0;
    await writeFile(directory.join('segment-000001.krj'), bytes);
    const writer = await openWriter(directory.path);
    expect(writer.nextConnectionId).toBeGreaterThan(1);
    expect(writer.recovery).toMatchObject({ resumed: true, damage: [{ kind: 'unreadable' }] });
    await writer.close();
  });

  it('leaves what it does not know alone', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('notes.txt'), 'mine');
    await (await openWriter(directory.path)).close();
    expect((await readdir(directory.path)).toSorted()).toEqual([
      'manifest.ndjson',
      'notes.txt',
      'segment-000001.krj',
      'segment-000001.krx',
    ]);
  });
});
