import { mkdir, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collect,
  heartbeats,
  openWriter,
  START_NS,
  temporaryDirectory,
  textFrame,
} from '../../test/support.ts';
import type { Damage } from '../format/damage.ts';
import { MAX_PAYLOAD_BYTES } from '../format/record-format.ts';
import { verify } from '../verify/verify.ts';
import { LineSplitter } from './line-splitter.ts';
import { decodeLine } from './ndjson-line.ts';
import { readFrames } from './read-frames.ts';
import { readJournal } from './read-journal.ts';

const text = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

async function framesOf(content: string | Uint8Array): Promise<string[]> {
  await using directory = await temporaryDirectory();
  const path = directory.join('x.ndjson');
  await writeFile(path, content);
  return (await collect(readFrames(path))).map(({ bytes }) => text(bytes));
}

describe('readFrames of NDJSON', () => {
  it.each([
    ['LF', '{"a":1}\n[2]\n'],
    ['CRLF', '{"a":1}\r\n[2]\r\n'],
    ['a BOM', '\uFEFF{"a":1}\n[2]\n'],
    ['no last line break', '{"a":1}\n[2]'],
    ['empty last lines', '{"a":1}\n[2]\n\n\r\n\n'],
  ])('takes %s', async (_, content) => {
    expect(await framesOf(content)).toEqual(['{"a":1}', '[2]']);
  });

  it('gives times: the recorder’s, else the exchange’s, never going back', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('x.ndjson');
    const lines = [
      '{"channel":"heartbeat"}',
      '{"channel":"book","data":[{"timestamp":"2026-01-01T00:00:05.5Z"}]}',
      '{"method":"subscribe","time_in":"2026-01-01T00:00:01Z","time_out":"2026-01-01T00:00:02Z"}',
      '[0,{"a":[["1.0","2.0","1767225606.000001"]],"c":"1"},"book-10","XBT/USD"]',
      `{"recv_ts_ns":"${START_NS}","payload":"{}"}`,
    ];
    await writeFile(path, lines.join('\n'));
    const times = (await collect(readFrames(path))).map(({ receivedAt }) => receivedAt.wallNs);
    const second = 1_767_225_600_000_000_000n;
    const atFive = second + 5_500_000_000n;
    expect(times).toEqual([0n, atFive, atFive, second + 6_000_001_000n, START_NS]);
  });

  it('throws at a malformed line, or tells it and goes on', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join('x.ndjson');
    await writeFile(
      path,
      '{}\n{"a":\n7\n{"recv_ts_ns":1.5,"payload":""}\n{"recv_ts_ns":1,"payload":{}}\n[]\n',
    );
    await expect(collect(readFrames(path))).rejects.toMatchObject({
      code: 'DAMAGED',
      message: expect.stringContaining('x.ndjson line 2'),
      context: { line: 2 },
    });
    const damage: Damage[] = [];
    const frames = await collect(readFrames(path, { onDamage: (item) => damage.push(item) }));
    expect(frames.map(({ bytes }) => text(bytes))).toEqual(['{}', '[]']);
    expect(damage.map(({ line, offset, bytes }) => [line, offset, bytes])).toEqual([
      [2, 3, 5],
      [3, 9, 1],
      [4, 11, 31],
      [5, 43, 29],
    ]);
  });

  it('reads the same lines whatever the chunks', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '"', '€', '\r', ' ', '{'), maxLength: 12 });
    const breaks = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, breaks)),
        line,
        fc.integer({ min: 1, max: 20 }),
        (rows, last, size) => {
          const bytes = new TextEncoder().encode(rows.map((row) => row.join('')).join('') + last);
          const seen: string[] = [];
          const splitter = new LineSplitter({
            onLine: (one, number) => seen.push(`${number} ${text(one)}`),
            onMalformed: (reason, number) => seen.push(`${number} (${reason})`),
          });
          for (let from = 0, to = 0; ; ) {
            const atEnd = to === bytes.length;
            to = Math.min(bytes.length, to + size);
            from += splitter.scan(bytes.slice(from, to), to - from, atEnd);
            if (atEnd) break;
          }
          const all = new TextDecoder()
            .decode(bytes)
            .split('\n')
            .map((one) => one.replace(/\r$/, ''));
          while (all.at(-1) === '') all.pop();
          expect(seen).toEqual(
            all.map((one, at) => `${at + 1} ${one === '' ? '(is empty)' : one}`),
          );
        },
      ),
    );
  });

  it('lets go of a line that is longer than any frame', () => {
    const bytes = new Uint8Array(MAX_PAYLOAD_BYTES + 10).fill(0x61);
    const seen: string[] = [];
    const splitter = new LineSplitter({
      onLine: (one, number) => seen.push(`${number} ${text(one)}`),
      onMalformed: (reason, number) => seen.push(`${number} ${reason}`),
    });
    expect(splitter.scan(bytes, bytes.length, false)).toBe(bytes.length);
    expect(splitter.scan(bytes, bytes.length, false)).toBe(bytes.length);
    const rest = new TextEncoder().encode('end of it\n{}\n');
    expect(splitter.scan(rest, rest.length, true)).toBe(rest.length);
    expect(seen).toEqual(['1 is longer than any frame', '2 {}']);
  });

  it('unwraps any text exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.bigInt({ min: 0n, max: 2n ** 64n }),
        (payload, ns) => {
          const line = `{"recv_ts_ns":${ns},"payload":${JSON.stringify(payload)}}`;
          const decoded = decodeLine(new TextEncoder().encode(line));
          expect(decoded).toEqual({ wallNs: ns, bytes: new TextEncoder().encode(payload) });
        },
      ),
    );
  });
});

describe('readFrames of a journal', () => {
  it('reads a directory and a single segment', async () => {
    await using directory = await temporaryDirectory();
    const frames = heartbeats(50);
    const writer = await openWriter(directory.path, { rotate: { maxBytes: 1500 } });
    for (const frame of frames) writer.append(frame);
    await writer.close();
    expect(await collect(readFrames(directory.path))).toEqual(frames);
    const second = await collect(readFrames(directory.join('segment-000002.krj')));
    expect(frames).toEqual(expect.arrayContaining(second));
    expect(await verify(directory.join('segment-000002.krj'))).toMatchObject({
      damage: [],
      recording: { format: 'segment' },
    });
  });

  it('reads frames larger than a chunk, of a journal and of NDJSON', async () => {
    await using directory = await temporaryDirectory();
    const large = `{"channel":"instrument","data":"${'x'.repeat(3_000_000)}"}`;
    const writer = await openWriter(directory.join('journal'));
    writer.append(textFrame(large, 0));
    writer.append(textFrame('{}', 1));
    await writer.close();
    await writeFile(directory.join('x.ndjson'), `${large}\n{}\n`);
    for (const path of ['journal', 'x.ndjson']) {
      const frames = await collect(readFrames(directory.join(path)));
      expect(frames.map(({ bytes }) => text(bytes) === large)).toEqual([true, false]);
      expect(await verify(directory.join(path))).toMatchObject({ frames: 2, damage: [] });
    }
    const next = await openWriter(directory.join('journal'));
    expect(next.recovery).toMatchObject({ closed: true, damage: [] });
    await next.close();
  });

  it('throws at damage, or tells it and goes on behind it', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    for (const frame of heartbeats(5)) writer.append(frame);
    await writer.close();
    const path = directory.join('segment-000001.krj');
    const bytes = new Uint8Array(await readFile(path));
    bytes[bytes.length - 400] = (bytes[bytes.length - 400] ?? 0) ^ 4;
    await writeFile(path, bytes);
    await expect(collect(readFrames(directory.path))).rejects.toMatchObject({ code: 'DAMAGED' });
    const damage: Damage[] = [];
    const frames = await collect(
      readFrames(directory.path, { onDamage: (item) => damage.push(item) }),
    );
    expect(damage).toMatchObject([{ kind: 'unreadable', recordsLost: 1 }]);
    expect(frames).toHaveLength(4);
  });

  it('stops when told to, and closes the file when left early', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    for (const frame of heartbeats(5)) writer.append(frame);
    await writer.close();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(collect(readFrames(directory.path, { signal }))).rejects.toThrow('enough');
    const seen: number[] = [];
    for await (const { sequence } of readFrames(directory.path)) {
      seen.push(sequence);
      if (sequence === 1) break;
    }
    expect(seen).toEqual([0, 1]);
  });
});

describe('what is no recording', () => {
  it('is told with what to do', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('empty'));
    await mkdir(directory.join('parent/2026-11-21'), { recursive: true });
    await writeFile(directory.join('parent/2026-11-21/segment-000001.krj'), '');
    await writeFile(directory.join('picture.png'), Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    await writeFile(directory.join('nothing.ndjson'), '');
    await writeFile(directory.join('pretty.json'), '{\n  "a": 1\n');
    const cases: [string, string, string][] = [
      ['absent', 'NOT_FOUND', 'check the path'],
      ['empty', 'NOT_A_RECORDING', 'holds no segment-*.krj'],
      ['parent', 'NOT_A_RECORDING', '2026-11-21'],
      ['picture.png', 'FOREIGN_FILE', 'neither'],
      ['nothing.ndjson', 'FOREIGN_FILE', 'is empty'],
      ['pretty.json', 'FOREIGN_FILE', 'one message a line'],
    ];
    for (const [name, code, words] of cases) {
      const path = directory.join(name);
      await expect(verify(path)).rejects.toMatchObject({
        name: 'RecordingError',
        code,
        message: expect.stringContaining(words),
        context: { path },
      });
      const frames = collect(readFrames(path, { onDamage: () => undefined }));
      await expect(frames).rejects.toMatchObject({ code });
    }
    await writeFile(directory.join('raw.ndjson'), '{}');
    await expect(collect(readJournal(directory.join('raw.ndjson')))).rejects.toMatchObject({
      code: 'NOT_A_RECORDING',
    });
  });

  it('is a segment without a record: told as damage, not as an empty recording', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('segment-000001.krj'), 'my diary');
    const report = await verify(directory.path);
    expect(report.damage).toMatchObject([{ segment: 1, bytes: 8 }]);
  });
});
