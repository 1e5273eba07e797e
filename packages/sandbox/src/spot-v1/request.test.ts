import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SYMBOLS_PER_REQUEST } from '../protocol/request.ts';
import { pairOf, symbolOf } from './pair-name.ts';
import { parseV1Request } from './request.ts';

const subscribe = (subscription: unknown, pair: unknown = ['XBT/USD']): string =>
  JSON.stringify({ event: 'subscribe', pair, subscription });

describe('parseV1Request', () => {
  it('fills in depth and interval, and takes every channel of a pair by *', () => {
    expect(parseV1Request(subscribe({ name: 'book' }))).toMatchObject({
      targets: [{ subscription: { name: 'book', symbol: 'BTC/USD', depth: 10 } }],
    });
    expect(parseV1Request(subscribe({ name: '*' }))).toMatchObject({
      targets: [
        { subscription: { name: 'ticker' } },
        { subscription: { name: 'ohlc', interval: 1 } },
        { subscription: { name: 'trade' } },
        { subscription: { name: 'spread' } },
        { subscription: { name: 'book', depth: 10 } },
      ],
    });
    const ofAccount = JSON.stringify({
      event: 'subscribe',
      subscription: { name: '*', token: 'x' },
    });
    expect(parseV1Request(ofAccount)).toMatchObject({ names: ['ownTrades', 'openOrders'] });
  });

  it.each([
    [{ event: 'subscribe', pair: ['XBT/USD'] }, 'Subscription field must be an object'],
    [{ event: 'subscribe', subscription: [] }, 'Subscription field must be an object'],
    [{ event: 'subscribe', subscription: {} }, 'Subscription name invalid'],
    [{ event: 'subscribe', subscription: { name: 'level3' } }, 'Subscription name invalid'],
    [
      { event: 'subscribe', subscription: { name: 'book', foo: 1 } },
      'Subscription object unsupported field',
    ],
    [{ event: 'subscribe', subscription: { name: 'book' } }, 'Pair(s) not found'],
    [{ event: 'subscribe', pair: [], subscription: { name: 'book' } }, 'Pair(s) not found'],
    [
      { event: 'subscribe', pair: 'XBT/USD', subscription: { name: 'book' } },
      'Pair field must be an array',
    ],
    [
      { event: 'subscribe', pair: ['XBT/USD'], subscription: { name: 'ownTrades', token: 'x' } },
      'Pair field unsupported for this subscription type',
    ],
    [
      {
        event: 'subscribe',
        pair: Array(MAX_SYMBOLS_PER_REQUEST + 1).fill('A/B'),
        subscription: { name: 'trade' },
      },
      'Exceeded msg rate',
    ],
  ])('answers %j with one error: %s', (message, error) => {
    expect(parseV1Request(JSON.stringify(message))).toMatchObject({ targets: [{ error }] });
  });

  it.each([
    [{ name: 'book', depth: 11 }, ['XBT/USD'], 'Subscription depth not supported'],
    [{ name: 'book', depth: '10' }, ['XBT/USD'], 'Subscription book depth must be an integer'],
    [{ name: 'ohlc', interval: 2 }, ['XBT/USD'], 'Subscription ohlc interval not supported'],
    [{ name: 'ohlc', interval: 1.5 }, ['XBT/USD'], 'Subscription ohlc interval must be an integer'],
    [{ name: 'trade' }, ['XBTUSD'], 'Currency pair not in ISO 4217-A3 format XBTUSD'],
    [{ name: 'trade' }, ['BTC/USD'], 'Currency pair not supported BTC/USD'],
  ])('answers %j of %j for the pair: %s', (subscription, pair, error) => {
    expect(parseV1Request(subscribe(subscription, pair))).toMatchObject({
      targets: [{ error, pair: pair[0] }],
    });
  });

  it.each([
    ['{', 'Malformed request', undefined],
    ['[]', 'Malformed request', undefined],
    ['{"reqid":3}', 'Event(s) not found', '3'],
    ['{"event":"dance","reqid":3}', 'Unsupported event', '3'],
    ['{"event":"ping","reqid":"3"}', 'Reqid field must be an integer', undefined],
  ])('refuses %s: %s', (text, error, reqid) => {
    expect(parseV1Request(text)).toStrictEqual(
      reqid === undefined ? { kind: 'refused', error } : { kind: 'refused', reqid, error },
    );
  });

  it('repeats a reqid past 2^53 digit for digit', () => {
    const request = parseV1Request('{"event":"ping","reqid":18446744073709551615}');
    expect(request).toMatchObject({ kind: 'ping', reqid: '18446744073709551615' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(parseV1Request(text).kind).toBeTypeOf('string');
      }),
    );
  });
});

describe('the names of pairs', () => {
  it.each([
    ['BTC/USD', 'XBT/USD'],
    ['ETH/BTC', 'ETH/XBT'],
    ['DOGE/BTC', 'XDG/XBT'],
    ['XRP/USD', 'XRP/USD'],
    ['XTZ/USD', 'XTZ/USD'],
  ])('%s is %s there and back', (symbol, pair) => {
    expect([pairOf(symbol), symbolOf(pair)]).toEqual([pair, symbol]);
  });

  it.each(['BTC/USD', 'DOGE/USD', 'ETH/BTC'])('%s is not one', (pair) => {
    expect(symbolOf(pair)).toBeUndefined();
  });
});
