import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crc32 } from './crc-run.ts';
import { encodeRecord } from './record-codec.ts';
import { FRAME_KIND, HEADER_KIND, MAX_PAYLOAD_BYTES, RECORD_OVERHEAD } from './record-format.ts';
import { RecordScanner, type ScanDamage, type ScanHandlers } from './record-scanner.ts';

interface Seen {
  ordinal: number;
  payload: string;
  offset: number;
}

function encode(ordinal: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(RECORD_OVERHEAD + payload.length);
  const kind = ordinal === 0 ? HEADER_KIND : FRAME_KIND;
  const fields = {
    kind,
    ordinal,
    connectionId: 7,
    sequence: ordinal,
    wallNs: -1n,
    monotonicNs: 5n,
  };
  encodeRecord(bytes, new DataView(bytes.buffer), 0, fields, payload);
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

interface Scanned {
  readonly seen: Seen[];
  readonly damage: ScanDamage[];
}

/** With the runtime's own CRC and without it: what is found is the same. */
function scan(bytes: Uint8Array, chunk = bytes.length || 1): Scanned {
  const byItself = scanWith(bytes, chunk, undefined);
  expect(scanWith(bytes, chunk, crc32)).toEqual(byItself);
  return byItself;
}

function scanWith(bytes: Uint8Array, chunk: number, crc: Crc32 | undefined): Scanned {
  const seen: Seen[] = [];
  const damage: ScanDamage[] = [];
  const handlers: ScanHandlers = {
    onRecord: ({ ordinal, payload, offset }) =>
      seen.push({ ordinal, offset, payload: Buffer.from(payload).toString('latin1') }),
    onDamage: (item) => damage.push(item),
  };
  const scanner = new RecordScanner(handlers, { offset: 0, ordinal: 0 }, crc);
  for (let from = 0, to = 0; ; ) {
    const atEnd = to === bytes.length;
    to = Math.min(bytes.length, to + chunk);
    from += scanner.scan(bytes.slice(from, to), to - from, atEnd);
    if (atEnd) return { seen, damage };
  }
}

const texts = ['header', '', 'a', 'bb', 'ccc', 'dddd'].map((text) => Buffer.from(text));
const records = texts.map((text, ordinal) => encode(ordinal, text));
const whole = concat(records);

describe('RecordScanner', () => {
  it('reads the fields back, whatever the chunks', () => {
    for (let chunk = 1; chunk <= whole.length; chunk += 1) {
      const { seen, damage } = scan(whole, chunk);
      expect(seen.map(({ payload }) => payload)).toEqual(texts.map(String));
      expect(damage).toEqual([]);
    }
  });

  it('says exactly how many records were lost in a stretch of damage', () => {
    const bytes = whole.slice();
    const from = records.slice(0, 2).reduce((sum, { length }) => sum + length, 0);
    bytes.fill(0x55, from + 10, from + (records[2]?.length ?? 0) + 10);
    const { seen, damage } = scan(bytes);
    expect(seen.map(({ ordinal }) => ordinal)).toEqual([0, 1, 4, 5]);
    const lost = (records[2]?.length ?? 0) + (records[3]?.length ?? 0);
    expect(damage).toEqual([{ offset: from, bytes: lost, recordsLost: 2, tail: false }]);
  });

  it('keeps a record of which only the marker is damaged', () => {
    const bytes = whole.slice();
    bytes[records[0]?.length ?? 0] = 0;
    const { seen, damage } = scan(bytes);
    expect(seen).toHaveLength(texts.length);
    expect(damage).toMatchObject([{ bytes: 4, recordsLost: 0 }]);
  });

  it('tells records that were taken out whole', () => {
    const { seen, damage } = scan(concat([...records.slice(0, 2), ...records.slice(4)]));
    expect(seen.map(({ ordinal }) => ordinal)).toEqual([0, 1, 4, 5]);
    expect(damage).toMatchObject([{ bytes: 0, recordsLost: 2 }]);
  });

  it('does not read a record twice', () => {
    const [a, b, c] = records;
    const { seen, damage } = scan(concat([a, b, b, c].filter((part) => part !== undefined)));
    expect(seen.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    expect(damage).toMatchObject([{ bytes: b?.length, recordsLost: 0 }]);
  });

  it('is not led astray by a record inside the payload of a damaged one', () => {
    const inner = encode(4_000_000_000, Buffer.from('forged'));
    const outer = encode(1, concat([Buffer.from('x'), inner, Buffer.from('y')]));
    outer[20] = (outer[20] ?? 0) ^ 1;
    const { seen, damage } = scan(
      concat([records[0] ?? inner, outer, encode(2, Buffer.from('z'))]),
    );
    expect(seen.map(({ payload }) => payload)).toEqual(['header', 'z']);
    expect(damage).toMatchObject([{ bytes: outer.length, recordsLost: 1 }]);
  });

  it.each([0xffff_ffff, MAX_PAYLOAD_BYTES, 1])(
    'reads on after a length that became %s',
    (length) => {
      const bytes = whole.slice();
      new DataView(bytes.buffer).setUint32((records[0]?.length ?? 0) + 4, length, true);
      expect(scan(bytes).seen.map(({ ordinal }) => ordinal)).toEqual([0, 2, 3, 4, 5]);
      expect(scan(bytes, 7).seen.map(({ ordinal }) => ordinal)).toEqual([0, 2, 3, 4, 5]);
    },
  );

  it('finds every flipped bit and reads everything else', () => {
    const missed: number[] = [];
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bytes = whole.slice();
      const at = bit >> 3;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      const { seen, damage } = scan(bytes);
      const [{ offset, bytes: length } = { offset: -1, bytes: 0 }] = damage;
      const isFound = damage.length === 1 && at >= offset && at < offset + length;
      if (!isFound || seen.length < texts.length - 1) missed.push(bit);
    }
    expect(missed).toEqual([]);
  });

  it('reads every untouched record, and tells of every other, after any edits', () => {
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 80 }),
      insert: fc.uint8Array({ maxLength: 60 }),
    });
    const payloads = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        payloads,
        fc.array(edit, { maxLength: 3 }),
        fc.integer({ min: 1, max: 200 }),
        (list, edits, chunk) => {
          // The second list entry of each byte is the record it came from, or -1.
          let bytes = list.flatMap((text, ordinal) =>
            [...encode(ordinal, Buffer.from(text))].map((byte): [number, number] => [
              byte,
              ordinal,
            ]),
          );
          for (const { at, remove, insert } of edits) {
            const from = at % (bytes.length + 1);
            bytes = [
              ...bytes.slice(0, from),
              ...[...insert].map((byte): [number, number] => [byte, -1]),
              ...bytes.slice(from + remove),
            ];
          }
          const { seen, damage } = scan(Uint8Array.from(bytes.map(([byte]) => byte)), chunk);
          const found = new Set(seen.map(({ ordinal }) => ordinal));
          const sizes = list.map((text) => RECORD_OVERHEAD + Buffer.byteLength(text));
          const lost = sizes.flatMap((size, ordinal) => {
            const from = bytes.findIndex(([, source]) => source === ordinal);
            const own = bytes.slice(from, from + size);
            const isUntouched =
              from !== -1 &&
              own.length === size &&
              own.every(([, source]) => source === ordinal) &&
              bytes.filter(([, source]) => source === ordinal).length === size;
            return isUntouched && !found.has(ordinal) ? [ordinal] : [];
          });
          expect(lost).toEqual([]);
          for (const { ordinal, payload } of seen) {
            expect(payload).toBe(Buffer.from(list[ordinal] ?? '').toString('latin1'));
          }
          expect(seen.map(({ ordinal }) => ordinal)).toEqual([...found].toSorted((a, b) => a - b));
          // Before the last record that was read, every loss is counted.
          const last = seen.at(-1)?.ordinal ?? -1;
          const counted = damage.reduce((sum, { recordsLost = 0 }) => sum + recordsLost, 0);
          expect(counted).toBe(last + 1 - seen.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('needs no more memory than the longest record that a length can claim', () => {
    const header = encode(0, Buffer.from('h'));
    const broken = encode(1, Buffer.from('x'));
    new DataView(broken.buffer).setUint32(4, MAX_PAYLOAD_BYTES + 1, true);
    const scanner = new RecordScanner({ onRecord: () => undefined, onDamage: () => undefined });
    const bytes = concat([header, broken]);
    expect(scanner.scan(bytes, bytes.length, false)).toBeGreaterThan(header.length);
  });
});
