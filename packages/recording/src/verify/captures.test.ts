import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, openWriter, temporaryDirectory } from '../../test/support.ts';
import { readFrames } from '../read/read-frames.ts';
import { verify } from './verify.ts';
import { verdictExitCode } from './verify-report.ts';

const captures = process.env['KR_CAPTURES'] ?? '';

describe.skipIf(captures === '')('real captures (needs KR_CAPTURES)', () => {
  it('matches 1254 of 1254 checksums of the v2 capture', async () => {
    const report = await verify(join(captures, 'spot-v2/book-d10-BTCUSD-20260719.ndjson'));
    expect(report).toMatchObject({
      frames: 1376,
      snapshots: 1,
      updates: 1253,
      checksums: { matched: 1254, mismatched: 0 },
      symbols: { 'BTC/USD': { depths: [{ depth: 10, source: 'acknowledgement' }] } },
      channels: { ack: 1, book: 1254, heartbeat: 120, status: 1 },
      recording: { from: '2026-07-19T17:54:39.614741000Z' },
    });
    expect(verdictExitCode(report, { strict: true })).toBe(0);
  });

  it('matches 979 of 979 checksums of the v1 capture', async () => {
    const report = await verify(join(captures, 'spot-v1/book-d10-XBTUSD-20230830.ndjson'));
    expect(report).toMatchObject({
      snapshots: 1,
      checksums: { matched: 979, mismatched: 0 },
      unchecked: 1,
      symbols: { 'XBT/USD': { depths: [{ depth: 10, source: 'channel' }] } },
    });
    expect(verdictExitCode(report)).toBe(0);
  });

  it('finds the hole of the capture with a hole at the first frame after it', async () => {
    const report = await verify(
      join(captures, 'spot-v2/book-d10-BTCUSD-20260720-with-hole.ndjson'),
    );
    expect(report).toMatchObject({
      checksums: { matched: 41, mismatched: 17 },
      firstMismatch: { place: { line: 51 }, frame: 51, expected: 3389016532 },
    });
    expect(verdictExitCode(report)).toBe(1);
  });

  it('matches the example of the documentation', async () => {
    const report = await verify(join(captures, 'vectors/l2v2-docs-3310070434.ndjson'));
    expect(report.checksums).toEqual({ matched: 1, mismatched: 0 });
    expect(report.symbols['BTC/USD']?.depths).toEqual([{ depth: 10, source: 'inferred' }]);
  });

  it('proves level3 books too', async () => {
    const report = await verify(join(captures, 'vectors/l3v2-docs-1063832831.ndjson'));
    expect(report).toMatchObject({
      checksums: { matched: 1, mismatched: 0 },
      symbols: { 'BTC/USD level3': { verdict: 'proved', depths: [{ depth: 10 }] } },
    });
  });

  it('keeps a capture byte for byte in the journal, and proves it there', async () => {
    const path = join(captures, 'spot-v2/book-d10-BTCUSD-20260719.ndjson');
    await using directory = await temporaryDirectory();
    const frames = await collect(readFrames(path));
    const writer = await openWriter(directory.path, { rotate: { maxBytes: 50_000 } });
    for (const frame of frames) writer.append(frame);
    await writer.close();
    expect(await collect(readFrames(directory.path))).toEqual(frames);
    const report = await verify(directory.path);
    expect(report).toMatchObject({
      frames: 1376,
      checksums: { matched: 1254, mismatched: 0 },
      symbols: { 'BTC/USD': { depths: [{ depth: 10, source: 'acknowledgement' }] } },
    });
    expect(verdictExitCode(report, { strict: true })).toBe(0);
  });

  it('reads every line of every NDJSON capture as it is', async () => {
    for (const name of [
      'spot-v2/book-d10-BTCUSD-20260719.ndjson',
      'spot-v1/trade-10pairs-20210417.ndjson',
    ]) {
      const text = await readFile(join(captures, name), 'utf8');
      const frames = await collect(readFrames(join(captures, name)));
      const joined = frames.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');
      expect(`${joined}\n`).toBe(text);
    }
  });
});
