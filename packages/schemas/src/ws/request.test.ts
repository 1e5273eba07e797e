import { describe, expect, it } from 'vitest';
import { formatWsRequest, parseWsRequest } from './request.ts';

// https://docs.kraken.com/api/docs/websocket-v2/add_order and its neighbours.
const documented = [
  '{"method":"add_order","params":{"order_type":"limit","side":"buy","limit_price":26500.4,"order_userref":100054,"order_qty":1.2,"symbol":"BTC/USD","token":"G38a"},"req_id":123456789}',
  '{"method":"add_order","params":{"order_type":"stop-loss","side":"sell","order_qty":100,"symbol":"MATIC/USD","triggers":{"reference":"last","price":-2.0,"price_type":"pct"},"token":"G38a"}}',
  '{"method":"add_order","params":{"order_type":"limit","side":"buy","order_qty":1.2,"symbol":"BTC/USD","limit_price":28440,"conditional":{"order_type":"stop-loss-limit","trigger_price":28410,"limit_price":28400},"token":"G38a"}}',
  '{"method":"cancel_order","params":{"order_id":["OM5CRX-N2HAL-GFGWE9"],"token":"G38a"},"req_id":123456789}',
  '{"method":"ping","req_id":101}',
];

describe('formatWsRequest', () => {
  it.each(documented)('prints %s as it was read', (text) => {
    expect(formatWsRequest(parseWsRequest(text))).toBe(text);
  });

  it('prints decimals raw, to the digit, past what a float holds', () => {
    const text = formatWsRequest({
      method: 'add_order',
      params: {
        order_type: 'limit',
        side: 'buy',
        order_qty: '123456789.12345678901',
        limit_price: '0.00000120',
        symbol: 'PEPE/USD',
        token: 'secret',
      },
    });
    expect(text).toContain('"order_qty":123456789.12345678901,"limit_price":0.00000120,');
  });

  it.each(['', ' 1', '1,5', '0x10', '1.', 'NaN', '1e', '+1', '01'])(
    'refuses the price %j',
    (price) => {
      const params = { order_type: 'limit', side: 'buy', symbol: 'X/Y', token: 'hush' } as const;
      expect(() =>
        formatWsRequest({ method: 'add_order', params: { ...params, limit_price: price } }),
      ).toThrow(
        'Invalid add_order request: expected a decimal, received string at params.limit_price.',
      );
    },
  );

  it('never says what was refused: it may be a token', () => {
    const request = { method: 'cancel_all', params: { token: ['hush'] } };
    expect(() => formatWsRequest(request as never)).toThrow(
      /^Invalid cancel_all request: expected string, received array at params\.token\.$/,
    );
  });
});

describe('parseWsRequest', () => {
  it.each([
    ['{"method":"dance"}', 'unknown method at method'],
    ['{"params":{}}', 'unknown method at method'],
    ['{"method":"subscribe","params":{"channel":"weather"}}', 'unknown channel at params.channel'],
    ['{"method":"ping","req_id":"1"}', 'expected number, received string at req_id'],
    ['[]', 'expected object, received array'],
  ])('refuses %s', (text, message) => {
    expect(() => parseWsRequest(text)).toThrow(message);
  });
});
