import { readFile, writeFile } from 'node:fs/promises';
import { L2Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { appendAll, feedTexts, ndjson, recorded } from '../../test/recorded.ts';
import { openWriter, temporaryDirectory } from '../../test/support.ts';
import { verify } from './verify.ts';
import { verdictExitCode } from './verify-report.ts';

function level(price: string): { price: string; quantity: string } {
  return { price, quantity: '1.00000000' };
}

describe('verify, of what is not proved', () => {
  it.each([
    ['garbage', 'garbage'],
    ['another host', JSON.stringify({ id: 'x', pid: 1, host: 'elsewhere' })],
  ])('finds the truncated end of a recording whose lock cannot be judged: %s', async (_, lock) => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 3));
    await writer.close();
    const path = directory.join('segment-000001.krj');
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 300));
    await writeFile(directory.join('writer.lock'), lock);
    const report = await verify(directory.path);
    expect(report.recording.live).toBe(false);
    expect(report.damage.map(({ kind }) => kind)).toContain('torn-tail');
    expect(verdictExitCode(report)).toBe(1);
  });

  it.each([
    '{"hello":"world"}',
    '[1,2,3]',
    '{"channel":"general","text":"hi"}',
    '{"method":"GET"}',
  ])('refuses NDJSON of which no line is a message of Kraken: %s', async (line) => {
    await expect(ndjson([line, line])).rejects.toMatchObject({ code: 'FOREIGN_FILE' });
    const mixed = await ndjson([line, '{"channel":"heartbeat"}']);
    expect(mixed).toMatchObject({ unknown: 1, malformed: 0 });
    expect(mixed.remarks.at(-1)).toContain('1 of its 2 frames');
  });

  it('says that a recording without a frame, or without a checksum, proves nothing of a book', async () => {
    const empty = await recorded(() => undefined);
    expect(empty).toMatchObject({ frames: 0, unknown: 0, damage: [] });
    expect(empty.remarks).toEqual([expect.stringContaining('no frame')]);
    expect(verdictExitCode(empty)).toBe(0);
    const quiet = await recorded((writer) => appendAll(writer, ['{"channel":"heartbeat"}', '{}']));
    expect(quiet.unknown).toBe(1);
    expect(quiet.remarks).toEqual([
      expect.stringContaining('no checksum'),
      expect.stringContaining('1 of its 2 frames'),
    ]);
    const books = await recorded((writer) => {
      appendAll(writer, feedTexts(new BookFeed('BTC/USD'), 1));
    });
    expect(books.remarks).toEqual([]);
  });

  it.each([
    '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD"',
    '{"channel":"heartbeat"',
    '{"channel":"ticker"}}',
  ])('tells a frame of a journal that is no JSON, whatever its channel: %s', async (text) => {
    const report = await recorded((writer) => appendAll(writer, [text]));
    expect(report).toMatchObject({ malformed: 1, damage: [{ kind: 'frame-malformed' }] });
    expect(verdictExitCode(report)).toBe(1);
  });

  it('tells a book message of v2 without a checksum', async () => {
    const texts = feedTexts(new BookFeed('BTC/USD'), 4);
    const bare = texts.map((text, at) =>
      at === 1 || at === 3 ? text.replace(/"checksum":\d+,/, '') : text,
    );
    const report = await recorded((writer) => appendAll(writer, bare));
    expect(report).toMatchObject({
      unchecked: 2,
      malformed: 2,
      checksums: { matched: 3, mismatched: 0 },
      damage: [{ kind: 'frame-malformed' }, { kind: 'frame-malformed' }],
    });
    expect(report.damage[0]?.message).toContain('without a checksum');
    expect(verdictExitCode(report)).toBe(1);
  });

  it('tells an update of v1 without a checksum, unless its feed has none at all', async () => {
    const book = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    book.applySnapshot({ bids: [level('9.0')], asks: [level('11.0')] });
    book.applyUpdate({ bids: [level('9.5')], asks: [] });
    const snapshot =
      '[1,{"as":[["11.0","1.00000000","1.1"]],"bs":[["9.0","1.00000000","1.1"]]},"book-10","XBT/USD"]';
    const bare = '[1,{"b":[["9.5","1.00000000","1.2"]]},"book-10","XBT/USD"]';
    const checked = bare.replace(']]}', `]],"c":"${book.checksum()}"}`);
    const without = await ndjson([snapshot, bare, bare]);
    expect(without).toMatchObject({ unchecked: 3, malformed: 0, damage: [] });
    expect(without.remarks).toEqual([expect.stringContaining('no checksum')]);
    expect(verdictExitCode(without)).toBe(0);
    for (const lines of [
      [snapshot, bare, bare, checked],
      [snapshot, checked, bare, bare],
    ]) {
      const report = await ndjson(lines);
      expect(report).toMatchObject({ unchecked: 3, malformed: 2, checksums: { matched: 1 } });
      expect(verdictExitCode(report)).toBe(1);
    }
  });
});
