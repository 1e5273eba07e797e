import { L2Book } from '@kr/orderbook';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladderOf } from './ladder.ts';
import { bar, fitLine, ladderLines, plain } from './ladder-text.ts';
import { createStyle } from './style.ts';

const levelsOf = (side: readonly [number, number][], sign: number) =>
  [...new Map(side)]
    .toSorted(([a], [b]) => sign * (a - b))
    .map(([ticks, lots]) => ({ price: `${ticks}.0`, quantity: `${lots}.5` }));

const bookOf = (bids: readonly [number, number][], asks: readonly [number, number][]) => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: 100 });
  book.applySnapshot({ bids: levelsOf(bids, -1), asks: levelsOf(asks, 1) });
  return book;
};

/** In place of a colour. */
const red = (text: string): string => `<${text}>`;

const side = (least: number, most: number) =>
  fc.array(fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
    maxLength: 30,
  });

describe('a ladder', () => {
  it('has every quantity once, whatever it is grouped by, on the side away from the middle', () => {
    fc.assert(
      fc.property(
        side(1, 100),
        side(101, 200),
        fc.constantFrom(1, 2, 5, 10, 20),
        (b, a, multiple) => {
          const book = bookOf(b, a);
          const options = { count: Number.POSITIVE_INFINITY, multiple, tickSize: '1.0' };
          const ladder = ladderOf(book, options);
          for (const [levels, raw, worse] of [
            [ladder.bids, book.bids(), (x: number) => Math.floor(x / multiple) * multiple],
            [ladder.asks, book.asks(), (x: number) => Math.ceil(x / multiple) * multiple],
          ] as const) {
            const total = raw.reduce((sum, { quantity }) => sum + Number(quantity), 0);
            expect(Number(levels.at(-1)?.cumulative)).toBeCloseTo(total, 9);
            const expected = new Map<number, number>();
            for (const { price, quantity } of raw) {
              const group = worse(Number(price));
              expected.set(group, (expected.get(group) ?? 0) + Number(quantity));
            }
            expect(levels.map(({ price }) => Number(price))).toEqual([...expected.keys()]);
          }
        },
      ),
    );
  });

  it('of one side has no spread and no middle', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    book.applySnapshot({ bids: [{ price: '1.0', quantity: '2' }], asks: [] });
    const { asks, spread, mid } = ladderOf(book, { count: 10, multiple: 5, tickSize: undefined });
    expect({ asks, spread, mid }).toEqual({ asks: [], spread: undefined, mid: undefined });
  });
});

describe('a ladder in lines', () => {
  const meme = new L2Book({ symbol: 'PEPE/USD', depth: 10 });
  meme.applySnapshot({
    bids: [{ price: '0.000011330', quantity: '5.00000' }],
    asks: [
      { price: '0.000011332', quantity: '123456789012.12345' },
      { price: '0.000011333', quantity: '7.00000' },
    ],
  });
  const style = createStyle({ write: () => undefined }, {});
  const linesAt = (width: number, height = 0): string[] =>
    ladderLines(ladderOf(meme, { count: 10, multiple: 1, tickSize: undefined }), {
      width,
      height,
      style,
    }).map((line) => fitLine(line, Number.POSITIVE_INFINITY));

  it('leaves sums out where there is no room, and cuts no number', () => {
    expect(linesAt(100)[0]).toMatch(/price +quantity +cumulative$/);
    for (const line of linesAt(40)) expect(line.trimEnd().length).toBeLessThanOrEqual(40);
    expect(linesAt(40)[0]).toMatch(/price +quantity$/);
    expect(linesAt(40)[2]).toContain('123456789012.12345');
    expect(linesAt(40).find((line) => line.startsWith('---'))).toBe(
      '---  spread 0.000000002 · 1.77 bps',
    );
  });

  it('has its middle where it was, however few asks there are', () => {
    expect(linesAt(100, 5).findIndex((line) => line.startsWith('---'))).toBe(6);
  });
});

describe('a bar', () => {
  it.each([
    [0, ''],
    [1 / 64, '▏'],
    [0.5, '████'],
    [0.5 + 3 / 64, '████▍'],
    [1, '████████'],
    [7, '████████'],
  ])('of %f is %j', (share, shown) => {
    expect(bar(share, 8)).toBe(shown);
  });
});

describe('a line', () => {
  it('is as wide as it is told, and colours count for nothing', () => {
    expect(
      fitLine(
        [
          ['abc', red],
          ['def', plain],
        ],
        5,
      ),
    ).toBe('<abc>de');
    expect(
      fitLine(
        [
          ['abc', red],
          ['def', plain],
        ],
        8,
      ),
    ).toBe('<abc>def  ');
    expect(
      fitLine(
        [
          ['abc', red],
          ['def', red],
        ],
        3,
      ),
    ).toBe('<abc>');
  });
});
