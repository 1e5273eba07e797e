import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SYMBOLS_PER_REQUEST, parseRequest } from './request.ts';
import { topLevelNumber } from './top-level-lexeme.ts';

const subscribe = (params: unknown): string => JSON.stringify({ method: 'subscribe', params });

describe('parseRequest', () => {
  it('fills in the defaults of each channel', () => {
    const symbol = ['BTC/USD'];
    const asked = ['book', 'trade', 'ticker', 'instrument'].map((channel) =>
      parseRequest(subscribe({ channel, symbol })),
    );
    expect(asked).toMatchObject([
      { targets: [{ subscription: { channel: 'book', depth: 10, snapshot: true } }] },
      { targets: [{ subscription: { channel: 'trade', snapshot: false } }] },
      {
        targets: [{ subscription: { channel: 'ticker', eventTrigger: 'trades', snapshot: true } }],
      },
      { targets: [{ subscription: { channel: 'instrument', snapshot: true } }] },
    ]);
  });

  it.each([
    [undefined, 'Params(s) not found'],
    [[], 'Params field must be an object'],
    [{}, 'Channel(s) not found'],
    [{ channel: 1 }, 'Channel field must be a string'],
    [{ channel: 'level4' }, 'Subscription name invalid'],
    [{ channel: 'level3' }, 'Symbol(s) not found'],
    [{ channel: 'heartbeat' }, 'Symbol(s) not found'],
    [{ channel: 'status', symbol: ['BTC/USD'] }, 'Subscription name invalid'],
    [{ channel: 'book' }, 'Symbol(s) not found'],
    [{ channel: 'book', symbol: [] }, 'Symbol(s) not found'],
    [{ channel: 'book', symbol: 'BTC/USD' }, 'Symbol field must be an array'],
    [{ channel: 'book', symbol: ['BTC/USD'], snapshot: 1 }, 'Snapshot field must be a boolean'],
    [
      { channel: 'trade', symbol: Array(MAX_SYMBOLS_PER_REQUEST + 1).fill('A/B') },
      'Exceeded msg rate',
    ],
  ])('refuses params %j as a whole', (params, error) => {
    expect(parseRequest(subscribe(params))).toMatchObject({ kind: 'refused', error });
  });

  it.each([
    [{ channel: 'trade', symbol: [1] }, 'Symbol field must be an array'],
    [{ channel: 'trade', symbol: ['/'] }, 'Currency pair not in ISO 4217-A3 format /'],
    [
      { channel: 'book', symbol: ['A/B'], depth: '10' },
      'Subscription book depth must be an integer',
    ],
    [{ channel: 'ohlc', symbol: ['A/B'], interval: 2 }, 'Subscription ohlc interval not supported'],
    [
      { channel: 'ohlc', symbol: ['A/B'], interval: '1' },
      'Subscription ohlc interval must be an integer',
    ],
    [
      { channel: 'level3', symbol: ['A/B'], depth: 25, token: 't' },
      'Subscription depth not supported',
    ],
    [{ channel: 'level3', symbol: ['A/B'] }, 'Token(s) not found'],
    [{ channel: 'book', symbol: ['A/B'], depth: 11 }, 'Subscription depth not supported'],
    [
      { channel: 'ticker', symbol: ['A/B'], event_trigger: 'x' },
      'Subscription event_trigger not supported',
    ],
  ])('refuses the symbol of %j', (params, error) => {
    expect(parseRequest(subscribe(params))).toMatchObject({ targets: [{ error }] });
  });

  it('answers anything that JSON can say', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record(
          {
            method: fc.constantFrom('subscribe', 'unsubscribe', 'ping', 'x'),
            params: fc.jsonValue(),
            req_id: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      fc
        .record(
          {
            channel: fc.constantFrom('book', 'ticker', 'trade', 'instrument'),
            symbol: fc.jsonValue(),
            depth: fc.jsonValue(),
            snapshot: fc.jsonValue(),
            event_trigger: fc.jsonValue(),
          },
          { requiredKeys: ['channel'] },
        )
        .map(subscribe),
    );
    fc.assert(
      fc.property(text, (message) => {
        const { kind } = parseRequest(message);
        expect(['ping', 'subscribe', 'unsubscribe', 'refused']).toContain(kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('survives a message that is nested deeper than any stack', () => {
    expect(parseRequest('['.repeat(100_000))).toMatchObject({ error: 'Malformed request' });
    const deep = `{"method":"ping","req_id":18446744073709551615,"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    expect(parseRequest(deep).kind).toMatch(/ping|refused/);
  });
});

describe('topLevelNumber', () => {
  it.each([
    ['{"req_id":1}', '1'],
    ['{ "a" : {"req_id":2}, "req_id" :\n-18446744073709551615 }', '-18446744073709551615'],
    ['{"x":"\\"req_id\\":3","r\\u0065q_id":4}', '4'],
    ['{"req_id":5,"req_id":6}', '6'],
    ['{"a":["req_id",7]}', undefined],
    ['{"a":"req_id"}', undefined],
  ])('reads %s', (text, expected) => {
    JSON.parse(text);
    expect(topLevelNumber(text, 'req_id')).toBe(expected);
  });

  it('agrees with JSON.parse', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'req_id', '"', '\\'), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.integer(), (others, reqId) => {
        const text = JSON.stringify({ ...others, req_id: reqId });
        expect(topLevelNumber(text, 'req_id')).toBe(String(reqId));
      }),
    );
  });
});
