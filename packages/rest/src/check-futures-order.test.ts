import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { absDecimal, compareDecimals, subtractDecimals } from '@kr/orderbook/decimal';
import { parseText } from '@kr/schemas';
import { instrumentsResultSchema } from '@kr/schemas/futures-rest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertFuturesOrder,
  createFuturesInstruments,
  type FuturesInstrument,
  isRestError,
  quantizeFutures,
} from './index.ts';

const contract: FuturesInstrument = {
  symbol: 'PF_XBTUSD',
  tickSize: '0.5',
  lotSize: '0.0001',
  orderMin: '0.001',
  positionMax: '100',
  isTradeable: true,
};
const buy = { symbol: 'PF_XBTUSD', side: 'buy', size: '1', limitPrice: '30000.5' };

function problemOf(order: object, of = contract) {
  try {
    assertFuturesOrder(of, { ...buy, ...order });
  } catch (error) {
    if (isRestError(error, 'INVALID_ORDER')) return { ...error.context, message: error.message };
    throw error;
  }
  return undefined;
}

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([value, scale]) => {
    const digits = String(value).padStart(scale + 1, '0');
    return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  });

describe('checking a Futures order', () => {
  it('takes what keeps to every limit', () => {
    expect(problemOf({})).toBeUndefined();
    expect(problemOf({ limitPrice: undefined, size: '0.001' })).toBeUndefined();
    expect(problemOf({ size: '200' })).toBeUndefined();
    const percent = { limitPriceOffsetValue: '-0.13', limitPriceOffsetUnit: 'PERCENT' };
    expect(problemOf(percent)).toBeUndefined();
  });

  it.each([
    [{ limitPrice: '30000.3' }, 'limitPrice', 'tick size 0.5', '30000.5'],
    [{ limitPrice: '0.1' }, 'limitPrice', 'tick size 0.5', '0.5'],
    [{ stopPrice: '29999.9' }, 'stopPrice', 'tick size 0.5', '30000.0'],
    [
      { trailingStopMaxDeviation: '10.3', trailingStopDeviationUnit: 'QUOTE_CURRENCY' },
      'trailingStopMaxDeviation',
      'tick size 0.5',
      '10.5',
    ],
    [
      { limitPriceOffsetValue: '-10.3', limitPriceOffsetUnit: 'QUOTE_CURRENCY' },
      'limitPriceOffsetValue',
      'tick size 0.5',
      '-10.5',
    ],
    [{ size: '1.00005' }, 'size', 'lot size 0.0001', '1.0000'],
    [{ size: '0.0009' }, 'size', 'minimum size 0.001', '0.0010'],
    [{ size: '0' }, 'size', 'minimum size 0.001', '0.0010'],
    [{ size: '200.1' }, 'size', 'twice the largest position 100', '200.0000'],
    [{ size: '-1' }, 'size', 'a plain decimal', undefined],
    [{ limitPrice: '3e4' }, 'limitPrice', 'a plain decimal', undefined],
  ])('refuses %j, naming the limit and the nearest valid value', (order, field, limit, nearest) => {
    const problem = problemOf(order);
    expect(problem).toMatchObject({ field, limit, nearest });
    expect(problem?.message).toContain('Nothing was sent');
  });

  it('refuses a contract that is not traded', () => {
    expect(problemOf({}, { ...contract, isTradeable: false })).toMatchObject({ field: 'symbol' });
  });

  it('the nearest value that it names passes', () => {
    fc.assert(
      fc.property(decimal, decimal, (limitPrice, size) => {
        let order = { ...buy, limitPrice, size };
        for (let step = 0; step < 4; step += 1) {
          const problem = problemOf(order);
          if (problem === undefined) return;
          order = { ...order, [problem.field]: problem.nearest };
        }
        expect(problemOf(order)).toBeUndefined();
      }),
    );
  });
});

describe('quantizeFutures', () => {
  it('gives a multiple within one step, never a worse price nor a larger size', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.constantFrom('buy', 'sell'), (price, size, side) => {
        const order = quantizeFutures(contract, { side, size, limitPrice: price });
        const away = compareDecimals(order.limitPrice, price);
        expect(side === 'buy' ? away <= 0 : away >= 0).toBe(true);
        const distance = absDecimal(subtractDecimals(order.limitPrice, price));
        expect(compareDecimals(distance, '0.5')).toBe(-1);
        expect(compareDecimals(order.size, size)).toBeLessThanOrEqual(0);
        expect(quantizeFutures(contract, order)).toStrictEqual(order);
      }),
    );
  });

  it('leaves percentages alone, and rounds distances of the quote', () => {
    const order = { side: 'sell', size: '1', trailingStopMaxDeviation: '10.3' };
    const percent = { ...order, trailingStopDeviationUnit: 'PERCENT' };
    expect(quantizeFutures(contract, percent).trailingStopMaxDeviation).toBe('10.3');
    const quote = { ...order, trailingStopDeviationUnit: 'QUOTE_CURRENCY' };
    expect(quantizeFutures(contract, quote).trailingStopMaxDeviation).toBe('10.5');
  });
});

describe('createFuturesInstruments', () => {
  it.each([
    [{ contractValueTradePrecision: 4 }, '0.0001'],
    [{ contractValueTradePrecision: 0 }, '1'],
    [{ contractValueTradePrecision: -3, contractSize: '1' }, '1000'],
    [{ contractSize: '1' }, '1'],
    [{}, undefined],
  ])('reads the lot of %j as %s', (fields, lotSize) => {
    const row = { symbol: 'PF_X', tickSize: '1e-7', tradeable: true, ...fields };
    expect(createFuturesInstruments([row]).get('PF_X')).toMatchObject({
      tickSize: '0.0000001',
      lotSize,
      isTradeable: true,
    });
  });

  const captures = process.env['KR_CAPTURES'] ?? '';
  const reason = captures === '' ? ' (skipped: KR_CAPTURES is not set)' : '';

  it.skipIf(captures === '')(`reads a whole captured body${reason}`, () => {
    const text = readFileSync(join(captures, 'futures-v1/rest-instruments-20210722.json'), 'utf8');
    const instruments = createFuturesInstruments(
      parseText(instrumentsResultSchema, text).instruments,
    );
    expect(instruments.size).toBe(34);
    expect(instruments.get('PI_XBTUSD')).toMatchObject({ tickSize: '0.5', lotSize: '1' });
    expect(instruments.has('IN_XBTUSD')).toBe(false);
  });
});
