import { absDecimal, compareDecimals, subtractDecimals } from '@kr/orderbook/decimal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertOrder, type Instrument, isRestError, quantize } from './index.ts';

const instrument: Instrument = {
  symbol: 'BTC/USD',
  pair: 'XBTUSD',
  tickSize: '0.5',
  lotSize: '0.00000001',
  orderMin: '0.0001',
  costMin: '5',
  status: 'online',
};
const buy = { type: 'buy', ordertype: 'limit', price: '30000.5', volume: '0.5' };

function problemOf(order: object): object | undefined {
  try {
    assertOrder(instrument, { ...buy, ...order });
  } catch (error) {
    if (isRestError(error, 'INVALID_ORDER')) return error.context;
  }
  return undefined;
}

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
  .map(([value, scale]) => {
    const digits = String(value).padStart(scale + 1, '0');
    return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  });

describe('checking an order', () => {
  it('takes what keeps to every limit', () => {
    expect(problemOf({})).toBeUndefined();
    expect(problemOf({ price: '+5%' })).toBeUndefined();
    expect(problemOf({ volume: '0', leverage: '2' })).toBeUndefined();
    expect(problemOf({ volume: '0', ordertype: 'settle-position' })).toBeUndefined();
    expect(problemOf({ volume: '7.5', ordertype: 'market', oflags: 'fciq,viqc' })).toBeUndefined();
    expect(problemOf({ price: '30000.50000' })).toBeUndefined();
  });

  it.each([
    [{ price: '30000.3' }, 'price', 'tick size 0.5', '30000.5'],
    [{ price2: '0.2' }, 'price2', 'tick size 0.5', '0.5'],
    [{ volume: '0.123456789' }, 'volume', 'lot size 0.00000001', '0.12345678'],
    [{ volume: '0.00009999' }, 'volume', 'ordermin 0.0001', '0.00016667'],
    [{ volume: '0.00016666' }, 'volume', 'costmin 5', '0.00016667'],
    [{ volume: '0.000000001' }, 'volume', 'lot size 0.00000001', '0.00016667'],
    [{ volume: '0.000099995' }, 'volume', 'lot size 0.00000001', '0.00016667'],
    [{ volume: '0.00001', price: '10.0' }, 'volume', 'ordermin 0.0001', '0.50000000'],
    [{ volume: '0.00001', price: '0' }, 'volume', 'ordermin 0.0001', undefined],
    [
      { volume: '0' },
      'volume',
      'more than 0, which only closes a position on margin',
      '0.00016667',
    ],
    [{ volume: '0.0', leverage: 'none' }, 'volume', expect.any(String), '0.00016667'],
    [{ volume: '4.99', ordertype: 'market', oflags: 'viqc' }, 'volume', 'costmin 5', '5'],
    [{ volume: '-1' }, 'volume', 'a plain decimal', undefined],
    [{ volume: '1e-4' }, 'volume', 'a plain decimal', undefined],
  ])('refuses %j, naming the limit and the nearest valid value', (order, field, limit, nearest) => {
    expect(problemOf(order)).toMatchObject({ field, limit, nearest });
  });

  it('the nearest value that it names passes', () => {
    fc.assert(
      fc.property(decimal, decimal, (price, volume) => {
        // Of a price at first, and of a volume then: never twice of the same.
        let order = { ...buy, price, volume };
        for (const field of ['price', 'volume']) {
          const problem = problemOf(order) as { field: string; nearest?: string } | undefined;
          if (problem?.field !== field) continue;
          // No volume makes up for a price of nothing.
          fc.pre(problem.nearest !== undefined || Number(order.price) > 0);
          order = { ...order, [field]: problem.nearest };
        }
        expect(problemOf(order)).toBeUndefined();
      }),
    );
  });
});

describe('quantize', () => {
  it('never makes a price worse or a volume larger', () => {
    const volume = '1.999999999';
    expect(quantize(instrument, { ...buy, price: '30000.74', volume })).toStrictEqual({
      ...buy,
      price: '30000.5',
      volume: '1.99999999',
    });
    expect(quantize(instrument, { ...buy, type: 'sell', price: '30000.51' }).price).toBe('30001.0');
    expect(quantize(instrument, { ...buy, price: '#5' }).price).toBe('#5');
    const up = { price: 'up', volume: 'up' } as const;
    expect(quantize(instrument, { ...buy, price: '0.1', volume }, up)).toMatchObject({
      price: '0.5',
      volume: '2.00000000',
    });
  });

  it('leaves a volume of the quote alone, and makes no order of all that is there', () => {
    const market = { ...buy, ordertype: 'market', oflags: 'viqc', volume: '7.123456789' };
    expect(quantize(instrument, market).volume).toBe('7.123456789');
    const tiny = { ...buy, leverage: '2', volume: '0.000000001' };
    expect(() => quantize(instrument, tiny)).toThrow('the nearest valid value is 0.00016667');
    expect(quantize(instrument, { ...tiny, volume: '0' }).volume).toBe('0.00000000');
  });

  it('gives a multiple within one step, and leaves a multiple alone', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.constantFrom('buy', 'sell'), (price, volume, type) => {
        // What is less than a lot is refused, as above.
        fc.pre(compareDecimals(volume, instrument.lotSize) >= 0);
        const order = quantize(instrument, { ...buy, type, price, volume });
        const away = compareDecimals(order.price, price);
        expect(type === 'buy' ? away <= 0 : away >= 0).toBe(true);
        expect(compareDecimals(absDecimal(subtractDecimals(order.price, price)), '0.5')).toBe(-1);
        expect(compareDecimals(order.volume, volume)).toBeLessThanOrEqual(0);
        expect(quantize(instrument, order)).toStrictEqual(order);
      }),
    );
  });
});
