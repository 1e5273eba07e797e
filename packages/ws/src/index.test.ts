import { expect, it } from 'vitest';
import * as book from './book/index.ts';
import * as derivatives from './derivatives/index.ts';
import * as futures from './futures-v1/index.ts';
import * as ws from './index.ts';
import * as own from './private/index.ts';
import * as v1 from './spot-v1/index.ts';
import * as trading from './trading/index.ts';
import * as unified from './unified/index.ts';

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(ws).toSorted()).toStrictEqual([
    'WsError',
    'createAttemptBudget',
    'createClient',
    'createConnection',
    'isWsError',
    'spotBetaUrls',
    'spotUrls',
  ]);
  expect(Object.keys(book).toSorted()).toStrictEqual(['books']);
  expect(Object.keys(own).toSorted()).toStrictEqual(['balances', 'orders', 'positions']);
  expect(Object.keys(derivatives).toSorted()).toStrictEqual([
    'createDerivativesClient',
    'derivativesUrls',
    'tickers',
    'trades',
  ]);
  expect(Object.keys(trading).toSorted()).toStrictEqual(['trading']);
  expect(Object.keys(v1).toSorted()).toStrictEqual(['createSpotV1Client', 'spotV1Urls']);
  expect(Object.keys(unified).toSorted()).toStrictEqual(['createUnifiedClient', 'unifiedUrls']);
  expect(Object.keys(futures).toSorted()).toStrictEqual(['createFuturesV1Client', 'futuresV1Urls']);
});
