import { describe, expect, it } from 'vitest';
import * as index from './index.ts';

describe('the public surface', () => {
  it('changes only on purpose', () => {
    expect(Object.keys(index).toSorted()).toStrictEqual([
      'FUTURES_V3_NOTICE',
      'NotSentError',
      'RestError',
      'assertFuturesOrder',
      'assertOrder',
      'createFuturesClient',
      'createFuturesGovernor',
      'createFuturesInstruments',
      'createFuturesOrders',
      'createHttpTransport',
      'createInstruments',
      'createSpotClient',
      'createSpotGovernor',
      'createSpotOrders',
      'createTokenProvider',
      'futuresLimits',
      'holdDeadMansSwitch',
      'isRestError',
      'pagesOfAccountLog',
      'pagesOfClosedOrders',
      'pagesOfDeposits',
      'pagesOfEarnStrategies',
      'pagesOfFills',
      'pagesOfFuturesTrades',
      'pagesOfHistory',
      'pagesOfLedgers',
      'pagesOfPostTrade',
      'pagesOfTrades',
      'pagesOfTradesHistory',
      'pagesOfWithdrawals',
      'quantize',
      'quantizeFutures',
      'spotLimits',
    ]);
  });
});
