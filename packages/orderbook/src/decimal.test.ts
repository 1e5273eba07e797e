import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absDecimal,
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  formatDecimal,
  fromScaled,
  isDecimal,
  isMultipleOf,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  type Rounding,
  roundDecimal,
  roundToMultiple,
  signOfDecimal,
  subtractDecimals,
  sumDecimals,
  toScaled,
  trimDecimal,
} from './decimal.ts';
import { isOrderBookError } from './errors.ts';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 18 }))
  .map(([value, scale]) => ({ value, scale, text: fromScaled(value, scale) }));

const at18 = ({ value, scale }: Decimal): bigint => value * 10n ** BigInt(18 - scale);

describe('parseDecimal and formatDecimal', () => {
  it.each([
    ['0', 0n, 0],
    ['0.050', 50n, 3],
    ['-0.5', -5n, 1],
    ['+7', 7n, 0],
    ['1e-05', 1n, 5],
    ['1.50E-3', 150n, 5],
    ['5E+2', 500n, 0],
    ['1.2345e2', 12345n, 2],
    ['90071992547409930.00000001', 9007199254740993000000001n, 8],
  ])('reads %s', (text, value, scale) => {
    expect(parseDecimal(text)).toEqual({ value, scale });
  });

  it.each([
    '',
    '.',
    '1.',
    '.5',
    '--1',
    '1,0',
    ' 1',
    '1 ',
    '0x1',
    'NaN',
    'Infinity',
    '1e',
    '1e1001',
    '1e99999',
  ])('refuses %j', (text) => {
    expect(isDecimal(text)).toBe(false);
    let thrown: unknown;
    try {
      parseDecimal(text);
    } catch (error) {
      thrown = error;
    }
    expect(isOrderBookError(thrown, 'INVALID_DECIMAL')).toBe(true);
  });

  it('gives back what it read, with its zeros', () => {
    fc.assert(
      fc.property(decimals, ({ text, value, scale }) => {
        expect(parseDecimal(text)).toEqual({ value, scale });
        expect(formatDecimal(parseDecimal(text))).toBe(text);
      }),
    );
  });

  it('scales only where no digit is lost', () => {
    expect(toScaled('45283.5', 3)).toBe(45283500n);
    expect(toScaled('45283.500', 1)).toBe(452835n);
    expect(() => toScaled('45283.55', 1)).toThrow('more than 1 decimals');
  });

  it('trims', () => {
    expect(['0.0500', '5e-2', '-0', '100', '100.0'].map(trimDecimal)).toEqual([
      '0.05',
      '0.05',
      '0',
      '100',
      '100',
    ]);
  });
});

describe('arithmetic', () => {
  it('knows equal values of different scale', () => {
    expect(compareDecimals('1.0', '1.00')).toBe(0);
    expect(compareDecimals('-1', '1')).toBe(-1);
    expect(compareDecimals('0.10000001', '0.1')).toBe(1);
    expect([signOfDecimal('-0.1'), signOfDecimal('-0'), signOfDecimal('3')]).toEqual([-1, 0, 1]);
  });

  it('keeps the larger scale', () => {
    expect(addDecimals('0.1', '0.20')).toBe('0.30');
    expect(subtractDecimals('1', '0.99999999')).toBe('0.00000001');
    expect(multiplyDecimals('45283.5', '0.10000000')).toBe('4528.350000000');
    expect(sumDecimals([])).toBe('0');
    expect(sumDecimals(['0.1', '0.2', '0.30'])).toBe('0.60');
    expect([negateDecimal('1.0'), absDecimal('-1.0')]).toEqual(['-1.0', '1.0']);
  });

  it('agrees with integers', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(toScaled(addDecimals(a.text, b.text), 18)).toBe(at18(a) + at18(b));
        expect(toScaled(subtractDecimals(a.text, b.text), 18)).toBe(at18(a) - at18(b));
        expect(toScaled(multiplyDecimals(a.text, b.text), 36)).toBe(at18(a) * at18(b));
      }),
    );
  });
});

describe('rounding', () => {
  it.each<[Rounding, string, string, string, string]>([
    ['floor', '1.2', '1.2', '-1.3', '-1.3'],
    ['ceil', '1.3', '1.3', '-1.2', '-1.2'],
    ['down', '1.2', '1.2', '-1.2', '-1.2'],
    ['up', '1.3', '1.3', '-1.3', '-1.3'],
    ['halfUp', '1.3', '1.3', '-1.3', '-1.3'],
    ['halfEven', '1.2', '1.3', '-1.2', '-1.3'],
  ])('%s', (rounding, a, b, c, d) => {
    const found = ['1.25', '1.251', '-1.25', '-1.251'].map((text) =>
      roundDecimal(text, 1, rounding),
    );
    expect(found).toEqual([a, b, c, d]);
  });

  it('divides to a scale', () => {
    expect(divideDecimals('1', '3', 4)).toBe('0.3333');
    expect(divideDecimals('-2', '3', 4, 'floor')).toBe('-0.6667');
    expect(() => divideDecimals('1', '0.0', 4)).toThrow('is zero');
  });

  it('takes increments that are no power of ten', () => {
    expect(roundToMultiple('100.37', '0.25', 'floor')).toBe('100.25');
    expect(roundToMultiple('100.37', '0.25', 'ceil')).toBe('100.50');
    expect(isMultipleOf('100.5', '0.25')).toBe(true);
    expect(isMultipleOf('100.4', '0.25')).toBe(false);
    expect(() => isMultipleOf('1', '0')).toThrow('positive');
  });

  it('floors to the nearest multiple below', () => {
    fc.assert(
      fc.property(decimals, fc.constantFrom('0.25', '0.05', '0.5', '25', '0.001'), (d, step) => {
        const floored = roundToMultiple(d.text, step, 'floor');
        expect(isMultipleOf(floored, step)).toBe(true);
        const rest = subtractDecimals(d.text, floored);
        expect(signOfDecimal(rest)).not.toBe(-1);
        expect(compareDecimals(rest, step)).toBe(-1);
      }),
    );
  });
});
