import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../test/book-feed.ts';
import { appendAll, feedTexts } from '../test/recorded.ts';
import { collect, openWriter, readAll, temporaryDirectory } from '../test/support.ts';
import { type RecordingFile, readEntries, verdictExitCode, verifyFiles } from './reader.ts';
import { verify } from './verify/verify.ts';

async function recordedFiles(directory: string): Promise<RecordingFile[]> {
  const writer = await openWriter(directory, { rotate: { maxBytes: 20_000 } });
  appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 300));
  await writer.close();
  const names = (await readdir(directory)).filter((name) => !name.endsWith('.krx'));
  return Promise.all(
    names
      .toReversed()
      .map(async (name) => ({ name, data: await readFile(`${directory}/${name}`) })),
  );
}

describe('the reader', () => {
  it('reads the same entries from bytes and Blobs as from the directory, and the same verdict', async () => {
    await using directory = await temporaryDirectory();
    const files = await recordedFiles(directory.path);
    const blobs = files.map(({ name, data }) => ({ name, data: new Blob([data as Buffer]) }));
    const entries = await readAll(directory.path);
    expect(await collect(readEntries(files))).toEqual(entries);
    expect(await collect(readEntries(blobs))).toEqual(entries);
    const { checksums, frames } = await verify(directory.path);
    const report = await verifyFiles(blobs);
    expect(report).toMatchObject({ checksums, frames, damage: [], holes: [] });
    expect(verdictExitCode(report)).toBe(0);
  });

  it('reads NDJSON', async () => {
    const data = new TextEncoder().encode(
      '{"channel":"heartbeat"}\nnot json\n{"channel":"heartbeat"}\n',
    );
    const entries = await collect(readEntries([{ name: 'a.ndjson', data }]));
    expect(entries.map(({ type }) => type)).toEqual(['frame', 'damage', 'frame']);
    expect((await verifyFiles([{ name: 'a.ndjson', data }])).frames).toBe(2);
  });

  it('tells damage, and that nothing was given', async () => {
    await using directory = await temporaryDirectory();
    const files = await recordedFiles(directory.path);
    const report = await verifyFiles(files.filter(({ name }) => name !== 'segment-000002.krj'));
    expect(report.damage.map(({ kind }) => kind)).toContain('segment-missing');
    await expect(verifyFiles([])).rejects.toMatchObject({ code: 'NOT_A_RECORDING' });
  });
});
