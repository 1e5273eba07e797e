import { expect, it } from 'vitest';
import * as analytics from './analytics.ts';
import * as decimal from './decimal.ts';
import * as main from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(main).toSorted()).toEqual([
    'Books',
    'L2Book',
    'L3Book',
    'OrderBookError',
    'checkIntegrity',
    'crc32',
    'explainChecksum',
    'formatChecksumReport',
    'isOrderBookError',
  ]);
  expect(Object.keys(analytics).toSorted()).toEqual([
    'averageOrderSize',
    'cumulativeDepth',
    'depthWithinBps',
    'executeNotional',
    'executeQuantity',
    'groupLevels',
    'imbalance',
    'microprice',
    'mid',
    'ordersAtBest',
    'queuePosition',
    'spread',
    'spreadBps',
    'topOfBook',
    'viewOf',
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
