import { describe, expect, it } from 'vitest';
import { parseUwsMessage } from './message.ts';
import { formatUwsRequest, parseUwsRequest } from './request.ts';

describe('parseUwsMessage', () => {
  it('reads positions, margin and ledgers, digits of unknown fields and all', () => {
    expect(
      parseUwsMessage(
        '{"channel":"positions","type":"update","data":{"futures":[{"symbol":"PF_XBTUSD","size":0,"entry_price":61031.30,"pnl":1.10}],"options":[]}}',
      ),
    ).toMatchObject({
      kind: 'data',
      frame: { data: { futures: [{ size: '0', entry_price: '61031.30', pnl: { text: '1.10' } }] } },
    });
    expect(
      parseUwsMessage('{"channel":"margin","type":"multi_collateral","data":{"balance":1.0}}'),
    ).toMatchObject({ kind: 'data', frame: { channel: 'margin' } });
    expect(
      parseUwsMessage(
        '{"channel":"ledgers","type":"update","data":[{"asset_class":"derivatives"}],"sequence":1}',
      ),
    ).toMatchObject({ kind: 'data', frame: { sequence: 1 } });
  });

  it('takes a reason without a verdict for a refusal', () => {
    const ack = { method: 'add_order', error: 'EOrder:Invalid price' };
    expect(parseUwsMessage(JSON.stringify(ack))).toStrictEqual({ kind: 'ack', ack });
  });

  it('reads the ticker of Spot with the class beside it', () => {
    expect(
      parseUwsMessage(
        '{"channel":"ticker","type":"update","data":[{"asset_class":"derivatives","symbol":"PF_XBTUSD","bid":61031.5,"bid_qty":1.2,"ask":61032.0,"ask_qty":0.5,"last":61031.5,"volume":1000.0,"vwap":61000.1,"low":60000.0,"high":62000.0,"change":-1.5,"change_pct":-0.01}]}',
      ),
    ).toMatchObject({ frame: { data: [{ asset_class: 'derivatives', bid: '61031.5' }] } });
  });

  // What the pages do not say of derivatives, a frame may lack.
  it.each([
    ['ticker', '[{"symbol":"PF_XBTUSD","markPrice":61031.50}]'],
    [
      'instrument',
      '{"pairs":[{"symbol":"PF_XBTUSD","qty_precision":4,"qty_increment":1e-04,"price_precision":0,"price_increment":0.5,"qty_min":0.0001}]}',
    ],
    ['instrument', '{"assets":[{"id":"XBT"}],"pairs":[]}'],
    [
      'ohlc',
      '[{"symbol":"PF_XBTUSD","open":1.0,"high":1.0,"low":1.0,"close":1.0,"interval_begin":"2026-10-04T16:25:00.000000000Z","interval":5}]',
    ],
    [
      'trade',
      '[{"symbol":"PF_XBTUSD","side":"sell","price":61031.50,"qty":0.0010,"type":"liquidation","trade_id":"e66851e7-8721-50ed-bf43-5e6a2ddff423","timestamp":"2026-10-04T16:25:00.000000Z"}]',
    ],
  ])('reads a bare %s of derivatives: %s', (channel, data) => {
    const text = `{"channel":"${channel}","type":"snapshot","data":${data}}`;
    expect(parseUwsMessage(text)).toMatchObject({ kind: 'data', frame: { channel } });
  });

  it.each([
    ['ticker', '[{"bid":61031.5}]', 'data[0].symbol'],
    ['ticker', '[{"symbol":"PF_XBTUSD","bid":true}]', 'data[0].bid'],
    ['instrument', '{"pairs":[{"symbol":"PF_XBTUSD"}]}', 'data.pairs[0].qty_precision'],
    ['instrument', '{"assets":[]}', 'data.pairs'],
    ['ohlc', '[{"symbol":"PF_XBTUSD"}]', 'data[0].open'],
    ['trade', '[{"symbol":"PF_XBTUSD","side":"sell"}]', 'data[0].price'],
  ])('refuses a %s without what is sure to be there: %s', (channel, data, path) => {
    const text = `{"channel":"${channel}","type":"snapshot","data":${data}}`;
    expect(() => parseUwsMessage(text)).toThrow(`at ${path}`);
  });

  it('reads acknowledgements, refusals and protocol errors', () => {
    expect(
      parseUwsMessage(
        '{"method":"amend_order","result":{"amend_id":"","cl_ord_id":"2c6be801-1f53-4f79-a0bb-4ea1c95dfae9"},"success":true,"time_in":"2024-07-26T13:39:04.922699Z","time_out":"2024-07-26T13:39:04.924912Z"}',
      ),
    ).toMatchObject({ kind: 'ack', ack: { result: { amend_id: '' } } });
    expect(
      parseUwsMessage(
        '{"method":"subscribe","success":false,"error":"Already subscribed to margin channel"}',
      ),
    ).toMatchObject({ kind: 'ack', ack: { success: false } });
    expect(parseUwsMessage('{"error":"Exceeded msg rate"}')).toMatchObject({
      kind: 'error',
      text: 'Exceeded msg rate',
    });
  });

  it.each([
    '{"channel":"margin","type":"snapshot","data":{}}',
    '{"channel":"weather"}',
    '{"method":"batch_add","success":true}',
    '1',
  ])('keeps %s, which it does not know', (text) => {
    expect(parseUwsMessage(text)).toMatchObject({ kind: 'unknown' });
  });
});

describe('formatUwsRequest', () => {
  it('writes the documented amendment', () => {
    const text =
      '{"method":"amend_order","params":{"asset_class":"derivatives","order_id":"e66851e7-8721-50ed-bf43-5e6a2ddff423","limit_price":61031.3,"deadline":"2024-07-21T09:53:59.050Z","post_only":true,"token":"t"}}';
    expect(formatUwsRequest(parseUwsRequest(text))).toBe(text);
  });

  it('needs the asset class, where that decides', () => {
    expect(() => parseUwsRequest('{"method":"cancel_all","params":{"token":"t"}}')).toThrow(
      'expected string, received nothing at params.asset_class',
    );
    expect(
      parseUwsRequest('{"method":"cancel_all_orders_after","params":{"timeout":0,"token":"t"}}'),
    ).toMatchObject({
      method: 'cancel_all_orders_after',
    });
  });
});
