import { describe, expect, it } from 'vitest';
import { formatText } from '../parse-with.ts';
import { bookFrameSchema } from './book.ts';
import { parseSpotV1Message } from './message.ts';

// https://docs.kraken.com/api/docs/websocket-v1/book and its neighbours.
const bothSides =
  '[1234,{"a":[["5541.30000","2.50700000","1534614248.456738"],["5542.50000","0.40100000","1534614248.456738"]]},{"b":[["5541.30000","0.00000000","1534614335.345903"]],"c":"974942666"},"book-10","XBT/USD"]';
const republished =
  '[1234,{"a":[["5541.30000","2.50700000","1534614248.456738","r"],["5542.50000","0.40100000","1534614248.456738","r"]],"c":"974942666"},"book-25","XBT/USD"]';

describe('parseSpotV1Message', () => {
  it('reads a book update of both sides, and of levels that came back', () => {
    expect(parseSpotV1Message(bothSides)).toStrictEqual({
      kind: 'data',
      channel: 'book',
      frame: JSON.parse(bothSides) as unknown,
    });
    const message = parseSpotV1Message(republished);
    expect(message).toMatchObject({ kind: 'data', channel: 'book' });
    if (message.kind !== 'data' || message.channel !== 'book') throw new Error('no book');
    expect(formatText(bookFrameSchema, message.frame)).toBe(republished);
  });

  it.each([
    [
      'spread',
      '[0,["5698.40000","5700.00000","1542057299.545897","1.01234567","0.98765432"],"spread","XBT/USD"]',
    ],
    [
      'ohlc',
      '[42,["1542057314.748456","1542057360.435743","3586.70000","3586.70000","3586.60000","3586.60000","3586.68894","0.03373000",2],"ohlc-5","XBT/USD"]',
    ],
    ['trade', '[0,[["5541.20000","0.15850568","1534614057.321597","s","l",""]],"trade","XBT/USD"]'],
    [
      'ownTrades',
      '[[{"TDLH43-DVQXD-2KHVYY":{"ordertxid":"TDLH43-DVQXD-2KHVYY","postxid":"OGTT3Y-C6I3P-XRI6HX","pair":"XBT/EUR","time":"1560516023.070651","type":"sell","ordertype":"limit","price":"100000.00000","cost":"1000000.00000","fee":"1600.00000","vol":"1000000000.00000000","margin":"0.00000"}}],"ownTrades",{"sequence":2948}]',
    ],
    [
      'openOrders',
      '[[{"OGTT3Y-C6I3P-XRI6HX":{"status":"closed"}}],"openOrders",{"sequence":59342}]',
    ],
  ])('reads %s', (channel, text) => {
    expect(parseSpotV1Message(text)).toMatchObject({ kind: 'data', channel });
  });

  it('reads events, ids past 2^53 whole', () => {
    expect(
      parseSpotV1Message(
        '{"connectionID":8628615390848610001,"event":"systemStatus","status":"online","version":"1.9.1"}',
      ),
    ).toMatchObject({ kind: 'event', event: { connectionID: '8628615390848610001' } });
    expect(
      parseSpotV1Message(
        '{"channelID":10001,"channelName":"ohlc-5","event":"subscriptionStatus","pair":"XBT/EUR","reqid":42,"status":"error","errorMessage":"Subscription depth not supported","subscription":{"interval":5,"name":"ohlc"}}',
      ),
    ).toMatchObject({ event: { event: 'subscriptionStatus', status: 'error' } });
    expect(parseSpotV1Message('{"event":"heartbeat"}')).toMatchObject({ kind: 'event' });
  });

  it.each([
    '[]',
    '[1]',
    '[1,{},"weather-10","XBT/USD"]',
    '[1,2,3,4]',
    '{"event":"dance"}',
    '{}',
    '5',
  ])('keeps %s, which it does not know', (text) => {
    expect(parseSpotV1Message(text)).toMatchObject({ kind: 'unknown' });
  });

  it('refuses a known channel of the wrong shape', () => {
    expect(() =>
      parseSpotV1Message('[0,[["5541.2","x","1534614057.3","s","l",""]],"trade","XBT/USD"]'),
    ).toThrow('Invalid trade: expected a decimal string, received string at [1][0][1].');
  });
});
