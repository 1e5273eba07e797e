import { describe, expect, it } from 'vitest';
import { createDriftObserver } from '../drift/index.ts';
import { parseStrictly } from '../strict.ts';
import { parseFuturesMessage, routeFuturesMessage } from './message.ts';

// https://docs.kraken.com/api/docs/futures-api/websocket/book and its neighbours.
describe('parseFuturesMessage', () => {
  it('reads a book: a snapshot, then a level at a time', () => {
    expect(
      parseFuturesMessage(
        '{"feed":"book_snapshot","product_id":"PI_XBTUSD","timestamp":1612269825817,"seq":326072249,"tickSize":null,"bids":[{"price":34892.5,"qty":6385}],"asks":[{"price":34911.5,"qty":20598}]}',
      ),
    ).toMatchObject({ kind: 'data', frame: { bids: [{ price: '34892.5', qty: '6385' }] } });
    expect(
      parseFuturesMessage(
        '{"feed":"book","product_id":"PI_XBTUSD","side":"sell","seq":326094134,"price":34981,"qty":0,"timestamp":1612269953629}',
      ),
    ).toMatchObject({ frame: { feed: 'book', qty: '0', seq: 326_094_134 } });
  });

  it('keeps the exponents of funding rates, and takes no ticker without its prices', () => {
    const rest =
      '"bid":29892.5,"ask":29916.0,"bid_size":4977.0,"ask_size":1477.0,"volume":5710706.0,"dtm":0,"leverage":"50x","index":29920.98,"premium":-0.1,"last":29876.0,"change":-5.5,"suspended":false,"tag":"perpetual","pair":"XBT:USD","openInterest":7790153.0,"markPrice":29904.25,"maturityTime":0,"post_only":false';
    const head = '{"feed":"ticker","product_id":"PI_XBTUSD","time":1,"funding_rate":-6.2604214e-11';
    expect(parseFuturesMessage(`${head},${rest}}`)).toMatchObject({
      frame: { funding_rate: '-6.2604214e-11' },
    });
    expect(() => parseFuturesMessage(`${head}}`)).toThrow('received nothing at bid');
  });

  it('reads a fill, and the removal of an order, which has no order', () => {
    expect(
      parseFuturesMessage(
        '{"feed":"fills","username":"6a70e882-4405-4dc5-9c49-010ddf2a6746","fills":[{"instrument":"PF_ETHUSD","time":1765185437003,"price":3162.0,"seq":1,"buy":true,"qty":0.001,"remaining_order_qty":0.0,"order_id":"a08aed17-f1a6-4db6-876c-2de5df84951c","cli_ord_id":"b661bad0-7037-4b73-9e07-a65b515e4ef7","fill_id":"6a22a3fb-e18e-4e76-b841-8689735c9158","fill_type":"taker","fee_paid":0.001581,"fee_currency":"USD","taker_order_type":"market","order_type":"market"}]}',
      ),
    ).toMatchObject({ frame: { fills: [{ price: '3162.0', fee_paid: '0.001581' }] } });
    expect(
      parseFuturesMessage(
        '{"feed":"open_orders","order_id":"660c6b23","cli_ord_id":"x","is_cancel":true,"reason":"full_fill"}',
      ),
    ).toMatchObject({ frame: { is_cancel: true, order_id: '660c6b23' } });
  });

  it('reads events, the one with a space at its end too', () => {
    expect(parseFuturesMessage('{"event":"info","version":1}')).toMatchObject({ kind: 'event' });
    expect(
      parseFuturesMessage('{"event":"subscribed ","feed":"book","product_ids":["PI_XBTUSD"]}'),
    ).toMatchObject({ kind: 'event', event: { event: 'subscribed', feed: 'book' } });
    const spaced = '{"event":"subscribed ","feed":"book","product_ids":["PI_XBTUSD"]}';
    expect(parseStrictly(routeFuturesMessage, spaced)).toMatchObject({ event: 'subscribed' });
    const drift = createDriftObserver();
    drift.observe(routeFuturesMessage, spaced);
    expect(drift.report()).toMatchObject({ messages: 1, drifting: 0 });
    expect(
      parseFuturesMessage('{"event":"challenge","message":"226aee50-88fc-4618-a42a-34f7709570b2"}'),
    ).toMatchObject({ event: { event: 'challenge' } });
  });

  it.each(['{"feed":"weather"}', '{"event":"dance"}', '{"feed":1}', '{}', '[]', 'null'])(
    'keeps %s, which it does not know',
    (text) => {
      expect(parseFuturesMessage(text)).toMatchObject({ kind: 'unknown' });
    },
  );

  it('refuses a known feed of the wrong shape', () => {
    expect(() => parseFuturesMessage('{"feed":"heartbeat","time":"now"}')).toThrow(
      'Invalid heartbeat: expected number, received string at time.',
    );
  });
});
