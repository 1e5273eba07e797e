import { describe, expect, it } from 'vitest';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { SyntheticBook } from './synthetic-book.ts';

const BTC = DEFAULT_INSTRUMENTS[0] as SyntheticInstrument;
const MATIC: SyntheticInstrument = { ...BTC, symbol: 'MATIC/USD', pricePrecision: 4 };

function bookOf(
  instrument: SyntheticInstrument,
  asks: readonly (readonly [number, bigint])[],
  bids: readonly (readonly [number, bigint])[],
): SyntheticBook {
  const book = new SyntheticBook(instrument);
  for (const [ticks, lots] of asks) book.put('ask', ticks, lots);
  for (const [ticks, lots] of bids) book.put('bid', ticks, lots);
  return book;
}

describe('the checksum', () => {
  it('is that of the documented example of BTC/USD', () => {
    const asks = [
      [452_852, 100_000n],
      [452_864, 154_571_953n],
      [452_866, 154_571_109n],
      [452_896, 154_560_911n],
      [452_902, 15_890_660n],
      [452_918, 154_553_491n],
      [452_947, 4_454_749n],
      [452_961, 35_380_000n],
      [452_975, 9_945_542n],
      [452_995, 18_772_827n],
    ] as const;
    const bids = [
      [452_835, 10_000_000n],
      [452_834, 154_582_015n],
      [452_821, 10_000_000n],
      [452_810, 10_000_000n],
      [452_803, 154_592_586n],
      [452_790, 7_990_000n],
      [452_776, 3_310_103n],
      [452_775, 30_000_000n],
      [452_773, 154_602_737n],
      [452_766, 15_445_238n],
    ] as const;
    expect(bookOf(BTC, asks, bids).checksum()).toBe(3_310_070_434);
    const deeper = [[453_000, 1n], ...asks] as const;
    expect(bookOf(BTC, deeper, [[1, 1n], ...bids]).checksum()).toBe(3_310_070_434);
  });

  it('is 0 of an empty book, and of one side alone where the other is empty', () => {
    expect(bookOf(BTC, [], []).checksum()).toBe(0);
    const oneSided = bookOf(
      MATIC,
      [
        [10_005, 1_000n],
        [10_010, 250_000_000n],
      ],
      [],
    );
    expect(oneSided.checksum()).toBe(924_799_315);
  });
});
