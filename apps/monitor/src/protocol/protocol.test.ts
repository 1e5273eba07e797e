import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySide, diffSide, type Side, type SideLevels } from './book-levels.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { decodeBatch } from './decode.ts';
import { encodeBatch, encodeRecord } from './encode.ts';
import { BOOK_STATUSES, type ServerRecord } from './records.ts';
import {
  addScaled,
  formatScaled,
  groupScaled,
  parseScaled,
  type Scaled,
  scaledOf,
  subtractScaled,
} from './scaled.ts';

const whole = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 300n }),
    fc.bigInt({ min: 2n ** 48n, max: 2n ** 56n }),
    fc.bigInt({ min: 0n, max: 2n ** 90n }),
  )
  .map(scaledOf);
const positive = whole.map((value) => (value === 0 ? 1 : value));
const time = fc.integer({ min: 0, max: 2 ** 45 });
const precision = fc.integer({ min: 0, max: 20 });

const sideOf = (side: Side): fc.Arbitrary<SideLevels> =>
  fc
    .uniqueArray(fc.tuple(whole, positive), { maxLength: 30, selector: ([price]) => String(price) })
    .map((levels) =>
      levels.toSorted(([a], [b]) => (a === b ? 0 : a < b === (side === 'asks') ? -1 : 1)),
    )
    .map((levels) => ({
      prices: levels.map(([price]) => price),
      quantities: levels.map(([, quantity]) => quantity),
    }));

const head = {
  symbol: fc.nat(2000),
  isSnapshot: fc.boolean(),
  pricePrecision: precision,
  quantityPrecision: precision,
};
const columnSide = fc
  .array(fc.tuple(fc.nat(2 ** 40), fc.float({ noNaN: true, min: 0 })), { maxLength: 10 })
  .map((levels) => ({
    ticks: Float64Array.from(levels, ([tick]) => tick),
    quantities: Float32Array.from(levels, ([, quantity]) => quantity),
  }));

const record: fc.Arbitrary<ServerRecord> = fc.oneof(
  fc.record({
    type: fc.constant('control' as const),
    message: fc.record({
      kind: fc.constant('notice' as const),
      text: fc.string({ unit: 'grapheme' }),
    }),
  }),
  fc.record({
    type: fc.constant('book' as const),
    ...head,
    status: fc.constantFrom(...BOOK_STATUSES),
    sequence: fc.nat(),
    checksum: fc.integer({ min: 0, max: 0xffff_ffff }),
    receivedAt: time,
    bids: sideOf('bids'),
    asks: sideOf('asks'),
  }),
  fc.record({
    type: fc.constant('trades' as const),
    ...head,
    trades: fc.array(
      fc.record({
        time,
        price: whole,
        quantity: whole,
        side: fc.constantFrom('buy' as const, 'sell' as const),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('candles' as const),
    ...head,
    interval: fc.constantFrom(1, 5, 10_080),
    candles: fc.array(
      fc.record({ time, open: whole, high: whole, low: whole, close: whole, volume: whole }),
    ),
  }),
  fc.record({
    type: fc.constant('columns' as const),
    symbol: head.symbol,
    isSnapshot: fc.boolean(),
    pricePrecision: precision,
    columns: fc.array(
      fc.record({ time, isGap: fc.boolean(), bids: columnSide, asks: columnSide }),
      { maxLength: 5 },
    ),
  }),
);

const expectSameBatch = (number: number, records: ServerRecord[]): void => {
  expect(decodeBatch(encodeBatch(number, records.map(encodeRecord)))).toEqual({ number, records });
};

const expectReadOrRefused = (
  records: ServerRecord[],
  cut: number,
  at: number,
  byte: number,
): void => {
  const bytes = encodeBatch(1, records.map(encodeRecord));
  bytes[at % bytes.length] = byte;
  const read = (): unknown => {
    try {
      return decodeBatch(bytes.subarray(0, bytes.length - (cut % bytes.length)));
    } catch (error) {
      return error;
    }
  };
  expect(read()).toBeTypeOf('object');
};

const expectSameInteger = (value: bigint): void => {
  const writer = new ByteWriter();
  writer.signed(scaledOf(value));
  expect(new ByteReader(writer.take()).signed()).toBe(scaledOf(value));
};

const expectExact = (a: Scaled, b: Scaled, step: number): void => {
  expect(addScaled(a, b)).toBe(scaledOf(BigInt(a) + BigInt(b)));
  expect(subtractScaled(a, b)).toBe(scaledOf(BigInt(a) - BigInt(b)));
  const [down, up] = [groupScaled(a, step, 'bids'), groupScaled(a, step, 'asks')];
  expect(BigInt(down) % BigInt(step)).toBe(0n);
  expect(down <= a && a <= up && BigInt(up) - BigInt(down) <= BigInt(step)).toBe(true);
};

describe('a batch', () => {
  it('comes back as it was, to the last digit', () => {
    const records = fc.array(record, { maxLength: 5 });
    fc.assert(fc.property(fc.nat(), records, expectSameBatch));
  });

  it('that is cut or changed is refused or read, and never more than that', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const records = fc.array(record, { maxLength: 3 });
    fc.assert(fc.property(records, fc.nat(), fc.nat(), byte, expectReadOrRefused));
  });

  it('of another version asks for a reload', () => {
    expect(() => decodeBatch(Uint8Array.of(9, 1))).toThrow(/version 9.*reload the page/);
  });

  it('whose list claims to be longer than the message is refused before it is made', () => {
    const writer = new ByteWriter();
    writer.unsigned(2 ** 40);
    expect(() => new ByteReader(writer.take()).items()).toThrow(/longer than its message/);
    expect(() => new ByteReader(new Uint8Array(41).fill(0xff)).unsigned()).toThrow(/too long/);
  });
});

describe('integers', () => {
  it('of any size and sign come back, as numbers while those are exact', () => {
    const any = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
    fc.assert(fc.property(any, expectSameInteger));
    const edges = [0n, -1n, 2n ** 49n, 2n ** 51n, -(2n ** 51n), 2n ** 53n - 1n, 2n ** 53n];
    for (const edge of edges) expectSameInteger(edge);
  });
});

describe('changes of a side', () => {
  it.each(['bids', 'asks'] as const)('of %s make of the state before the state after', (side) => {
    const check = (before: SideLevels, after: SideLevels): void => {
      expect(applySide(before, diffSide(before, after, side), side)).toEqual(after);
      expect(diffSide(after, after, side).prices).toHaveLength(0);
    };
    fc.assert(fc.property(sideOf(side), sideOf(side), check));
  });

  it('name a changed quantity and a removed price, and nothing else', () => {
    const before = { prices: [103, 102, 100], quantities: [1, 2, 3] };
    const after = { prices: [104, 103, 100], quantities: [9, 1, 4] };
    expect(diffSide(before, after, 'bids')).toEqual({
      prices: [104, 102, 100],
      quantities: [9, 0, 4],
    });
  });
});

describe('scaled integers', () => {
  it.each<[string, number, Scaled]>([
    ['45283.5', 1, 452_835],
    ['0.00000001', 8, 1],
    ['12', 0, 12],
    ['0.5', 3, 500],
    ['123456789012345678.5', 1, 1_234_567_890_123_456_785n],
  ])('%s with %i decimals is %s, and back', (text, decimals, value) => {
    expect(parseScaled(text, decimals)).toBe(value);
    expect(Number(formatScaled(value, decimals))).toBe(Number(text));
  });

  it('are printed with all their decimals', () => {
    expect(formatScaled(5, 3)).toBe('0.005');
    expect(formatScaled(-5, 3)).toBe('-0.005');
    expect(formatScaled(1000, 3)).toBe('1.000');
    expect(() => parseScaled('0.05', 1)).toThrow(/more than 1 decimals/);
  });

  it('add, subtract and group exactly beyond 2^53', () => {
    fc.assert(fc.property(whole, whole, fc.integer({ min: 1, max: 100_000 }), expectExact));
  });
});
