import { expect, it } from 'vitest';
import * as decimal from './decimal.ts';
import * as main from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(main).toSorted()).toEqual([
    'L2Book',
    'OrderBookError',
    'crc32',
    'isOrderBookError',
  ]);
  expect(Object.keys(decimal).toSorted()).toEqual([
    'absDecimal',
    'addDecimals',
    'compareDecimals',
    'divideDecimals',
    'formatDecimal',
    'fromScaled',
    'isDecimal',
    'isMultipleOf',
    'multiplyDecimals',
    'negateDecimal',
    'parseDecimal',
    'roundDecimal',
    'roundToMultiple',
    'signOfDecimal',
    'subtractDecimals',
    'sumDecimals',
    'toScaled',
    'trimDecimal',
  ]);
});
