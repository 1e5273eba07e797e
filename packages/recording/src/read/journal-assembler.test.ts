import { beforeAll, describe, expect, it } from 'vitest';
import { assemble, recordStarts, twoSegments } from '../../test/segments.ts';
import { only, textFrame } from '../../test/support.ts';
import { encodeRecord } from '../format/record-codec.ts';
import { FRAME_KIND, HEADER_KIND } from '../format/record-format.ts';

let first: Uint8Array;
let second: Uint8Array;

beforeAll(async () => {
  ({ first, second } = await twoSegments());
});

/** A record with a JSON payload, as another program might write it. */
function record(kind: number, ordinal: number, value: unknown): Uint8Array {
  const payload = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(payload.length + 48);
  const { receivedAt } = textFrame('', 0);
  const fields = { kind, ordinal, connectionId: 1, sequence: 0, ...receivedAt };
  encodeRecord(bytes, new DataView(bytes.buffer), 0, fields, payload);
  return bytes;
}

function damageOf(segments: [number, Uint8Array][]): unknown[] {
  return only(assemble(segments), 'damage').map(({ damage }) => [damage.kind, damage.recordsLost]);
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  const end = recordStarts(bytes)[1] ?? 0;
  return JSON.parse(new TextDecoder().decode(bytes.slice(44, end - 4)));
}

describe('JournalAssembler', () => {
  it('reads an unbroken recording without a word, whatever the chunks', () => {
    const entries = assemble([
      [1, first],
      [2, second],
    ]);
    expect(only(entries, 'damage')).toEqual([]);
    expect(only(entries, 'frame')).toHaveLength(7);
    for (const chunkBytes of [1, 5, 48, 49, 1000]) {
      expect(
        assemble(
          [
            [1, first],
            [2, second],
          ],
          { chunkBytes },
        ),
      ).toEqual(entries);
    }
  });

  it.each([1, 2])('finds every flipped bit of segment %i and reads everything else', (segment) => {
    const whole = assemble([
      [1, first],
      [2, second],
    ]);
    const target = segment === 1 ? first : second;
    const starts = recordStarts(target);
    const failed: number[] = [];
    for (let bit = 0; bit < target.length * 8; bit += 1) {
      const bytes = target.slice();
      const at = bit >> 3;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      const entries = assemble(
        segment === 1
          ? [
              [1, bytes],
              [2, second],
            ]
          : [
              [1, first],
              [2, bytes],
            ],
      );
      const damage = only(entries, 'damage').map((entry) => entry.damage);
      const named = damage.find(
        (item) => item.segment === segment && at >= item.offset && at < item.offset + item.bytes,
      );
      const hit = starts.findLastIndex((start) => start <= at);
      const isTail = segment === 2 && hit === starts.length - 2;
      const kept = entries.length - damage.length;
      // A damaged marker costs nothing; the end of the last segment alone cannot be counted.
      const inMarker = at - (starts[hit] ?? 0) < 4;
      const lost = inMarker ? 0 : 1;
      const isCounted =
        isTail && !inMarker ? named?.recordsLost === undefined : named?.recordsLost === lost;
      if (named === undefined || !isCounted || kept !== whole.length - lost) failed.push(bit);
    }
    expect(failed).toEqual([]);
  });

  it('tells every cut of a segment that is not the last, with the exact loss', () => {
    const starts = recordStarts(first);
    const failed: number[] = [];
    for (let length = 1; length < first.length; length += 1) {
      const entries = assemble([
        [1, first.slice(0, length)],
        [2, second],
      ]);
      const whole = starts.filter((start) => start <= length).length - 1;
      const lost = starts.length - 1 - whole;
      const damage = only(entries, 'damage').map((entry) => entry.damage);
      const counted = damage.reduce((sum, { recordsLost = 0 }) => sum + recordsLost, 0);
      if (whole === 0) {
        if (damage[0]?.kind !== 'file-foreign') failed.push(length);
      } else if (counted !== lost) {
        failed.push(length);
      }
    }
    expect(failed).toEqual([]);
  });

  it('tells every cut of the last segment', () => {
    const starts = recordStarts(second);
    const failed: number[] = [];
    for (let length = 0; length < second.length; length += 1) {
      const entries = assemble([
        [1, first],
        [2, second.slice(0, length)],
      ]);
      const kinds = only(entries, 'damage').map(({ damage }) => damage.kind);
      const isTorn = length === 0 || !starts.includes(length);
      const expected = isTorn ? 'torn-tail' : 'unclosed';
      if (!kinds.includes(expected)) failed.push(length);
    }
    expect(failed).toEqual([]);
  });

  it('expects no end of a segment that is being written', () => {
    const cut = second.slice(0, -10);
    expect(
      only(
        assemble(
          [
            [1, first],
            [2, cut],
          ],
          { live: true },
        ),
        'damage',
      ),
    ).toEqual([]);
    expect(
      only(
        assemble(
          [
            [1, first],
            [2, new Uint8Array(0)],
          ],
          { live: true },
        ),
        'damage',
      ),
    ).toEqual([]);
  });

  it('tells a segment that is missing in the middle, at the start and at the end', () => {
    const records = recordStarts(first).length - 1;
    expect(damageOf([[2, second]])).toEqual([['segment-missing', records]]);
    expect(damageOf([[1, first]])).toEqual([['segment-missing', undefined]]);
    const third = concat(
      record(HEADER_KIND, 0, {
        ...headerOf(second),
        segment: 4,
        previous: { segment: 3, records: 9 },
      }),
    );
    const [middle] = only(
      assemble([
        [1, first],
        [2, second],
        [4, third],
      ]),
      'damage',
    );
    expect(middle?.damage).toMatchObject({ kind: 'segment-missing', recordsLost: 9 });
  });

  it('tells a segment of another recording and leaves it out', async () => {
    const other = await twoSegments();
    const entries = assemble([
      [1, first],
      [2, other.second],
    ]);
    expect(only(entries, 'damage').map(({ damage }) => damage.kind)).toContain('segment-foreign');
    expect(only(entries, 'header')).toHaveLength(1);
  });

  it('tells a segment under another number', () => {
    const entries = assemble([
      [1, first],
      [2, second],
      [3, second],
    ]);
    expect(only(entries, 'damage').map(({ damage }) => damage.message)).toContainEqual(
      expect.stringContaining('says that it is segment 2'),
    );
  });

  it('tells a file that is no segment, and reads the next', () => {
    const junk = new TextEncoder().encode('not a segment at all');
    const entries = assemble([
      [1, junk],
      [2, second],
    ]);
    expect(only(entries, 'damage').map(({ damage }) => damage.kind)).toEqual(['file-foreign']);
    expect(only(entries, 'header')).toHaveLength(1);
  });

  it('tells a format of the future and leaves it out', () => {
    const future = record(HEADER_KIND, 0, { format: 'kr-recording', version: 2, anything: true });
    const entries = assemble([
      [1, first],
      [2, future],
    ]);
    expect(only(entries, 'damage').map(({ damage }) => damage)).toMatchObject([
      { kind: 'version-unsupported', message: expect.stringContaining('update @kr/recording') },
    ]);
  });

  it('tells an unclosed segment unless a restart is written down after it', () => {
    const starts = recordStarts(first);
    const open = first.slice(0, starts.at(-2));
    const header = (): Record<string, unknown> => ({
      ...headerOf(second),
      previous: { segment: 1, records: starts.length - 2, closed: false },
    });
    const gap = { reason: 'restart', symbols: [], repaired: false };
    const frame = record(FRAME_KIND, 2, {});
    const withGap = concat(record(HEADER_KIND, 0, header()), record(3, 1, gap), frame);
    const without = concat(
      record(HEADER_KIND, 0, header()),
      record(3, 1, { ...gap, reason: 'drop' }),
      frame,
    );
    const kinds = (bytes: Uint8Array): unknown[] =>
      only(
        assemble(
          [
            [1, open],
            [2, bytes],
          ],
          { live: true },
        ),
        'damage',
      ).map(({ damage }) => damage.kind);
    expect(kinds(withGap)).toEqual([]);
    expect(kinds(without)).toEqual(['unclosed']);
  });

  it('tells records of an unknown kind or content, and counts that do not add up', () => {
    const end = { reason: 'close', records: 4, frames: 9, gaps: 0, bytes: 1 };
    const bytes = concat(
      record(HEADER_KIND, 0, { ...headerOf(first), previous: undefined }),
      record(9, 1, {}),
      record(3, 2, { reason: 'restart' }),
      record(4, 3, 'no end'),
      record(4, 4, end),
    );
    const messages = only(assemble([[1, bytes]]), 'damage').map(({ damage }) => damage.message);
    expect(messages).toEqual([
      expect.stringContaining('unknown kind 9'),
      expect.stringContaining('a gap that cannot be read'),
      expect.stringContaining('an end that cannot be read'),
      expect.stringContaining('counts 9 frames at its end, and 0 are there'),
    ]);
  });
});
