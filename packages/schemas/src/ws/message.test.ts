import { describe, expect, it } from 'vitest';
import { formatText } from '../parse-with.ts';
import { parseStrictly } from '../strict.ts';
import { bookFrameSchema } from './book.ts';
import { parseWsMessage, routeWsMessage, type WsFrame, type WsMessage } from './message.ts';
import { subscribeRequestSchema } from './subscribe.ts';

function frameOf(message: WsMessage): WsFrame {
  if (message.kind !== 'data') throw new Error(`expected data, got ${message.kind}`);
  return message.frame;
}

describe('parseWsMessage', () => {
  it('reads a book update with the digits of the wire', () => {
    const text =
      '{"channel":"book","type":"update","data":[{"symbol":"MATIC/USD","bids":[{"price":0.5657,"qty":1098.39475580}],"asks":[{"price":1,"qty":0.00000000}],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}';
    const frame = frameOf(parseWsMessage(text));
    if (frame.channel !== 'book') throw new Error(frame.channel);
    expect(frame.data[0]?.bids[0]).toStrictEqual({ price: '0.5657', qty: '1098.39475580' });
    expect(frame.data[0]?.asks[0]).toStrictEqual({ price: '1', qty: '0.00000000' });
    expect(frame.data[0]?.checksum).toBe(2_114_181_697);
    expect(formatText(bookFrameSchema, frame)).toBe(text);
  });

  it('keeps a connection id past 2^53', () => {
    const frame = frameOf(
      parseWsMessage(
        '{"channel":"status","data":[{"api_version":"v2","connection_id":13834774380200032777,"system":"online","version":"2.0.0"}],"type":"update"}',
      ),
    );
    expect(frame).toMatchObject({ data: [{ connection_id: '13834774380200032777' }] });
  });

  it('reads a ticker, a trade, an instrument row and a heartbeat of the documentation', () => {
    expect(
      frameOf(
        parseWsMessage(
          '{"channel":"ticker","type":"snapshot","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2023-09-25T09:04:31.742648Z"}]}',
        ),
      ),
    ).toMatchObject({ channel: 'ticker', data: [{ bid_qty: '740.0', change: '-0.00017' }] });
    expect(
      frameOf(
        parseWsMessage(
          '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":9007199254740993,"timestamp":"2023-09-25T07:49:37.708706Z"}]}',
        ),
      ),
    ).toMatchObject({ data: [{ qty: '40.0', trade_id: '9007199254740993' }] });
    expect(
      frameOf(
        parseWsMessage(
          '{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[{"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online","qty_precision":8,"qty_increment":1e-08,"price_precision":1,"cost_precision":5,"marginable":true,"has_index":true,"cost_min":0.5,"margin_initial":0.2,"position_limit_long":250,"position_limit_short":200,"tick_size":0.1,"price_increment":0.1,"qty_min":0.0001}]}}',
        ),
      ),
    ).toMatchObject({ data: { pairs: [{ qty_increment: '1e-08', qty_min: '0.0001' }] } });
    expect(frameOf(parseWsMessage('{"channel":"heartbeat"}'))).toStrictEqual({
      channel: 'heartbeat',
    });
  });

  it('tells acknowledgements, refusals and pongs apart', () => {
    expect(
      parseWsMessage(
        '{"method":"subscribe","req_id":11,"result":{"channel":"book","depth":10,"snapshot":true,"symbol":"BTC/USD"},"success":true,"time_in":"2024-05-19T16:27:13.694962Z","time_out":"2024-05-19T16:27:13.695006Z"}',
      ),
    ).toMatchObject({ kind: 'ack', ack: { req_id: 11, result: { depth: 10 } } });
    expect(
      parseWsMessage(
        '{"error":"Currency pair not supported XBT/EUR","method":"subscribe","success":false,"symbol":"XBT/EUR","time_in":"2023-09-25T09:04:31.742599Z","time_out":"2023-09-25T09:04:31.742648Z"}',
      ),
    ).toMatchObject({ kind: 'ack', ack: { success: false, symbol: 'XBT/EUR' } });
    expect(
      parseWsMessage(
        '{"method":"pong","req_id":101,"time_in":"2023-09-24T14:10:23.799685Z","time_out":"2023-09-24T14:10:23.799703Z"}',
      ),
    ).toMatchObject({ kind: 'ack', ack: { method: 'pong', req_id: 101 } });
  });

  it.each([
    '{"method":"add_order","error":"EOrder:Invalid price","req_id":1}',
    '{"method":"pong","success":false,"error":"EGeneral:Invalid arguments"}',
    '{"method":"dance","success":false,"error":"Unsupported method"}',
  ])('takes %s for a refusal', (text) => {
    expect(parseWsMessage(text)).toStrictEqual({ kind: 'ack', ack: JSON.parse(text) });
  });

  it('refuses a verdict that is neither true nor false', () => {
    expect(() => parseWsMessage('{"method":"add_order","success":"no","error":"E"}')).toThrow(
      'Invalid add_order refusal: expected false at success.',
    );
  });

  it('reads the rows of a refused batch', () => {
    const text =
      '{"method":"batch_add","success":false,"result":[{"cl_ord_id":"B","success":false,"error":"EOrder:Invalid price"}],"req_id":45}';
    expect(parseWsMessage(text)).toStrictEqual({ kind: 'ack', ack: JSON.parse(text) });
    expect(parseStrictly(routeWsMessage, text)).toStrictEqual(JSON.parse(text));
  });

  it('takes a protocol error with a verdict, strictly too', () => {
    const text = '{"error":"Exceeded msg rate","success":false}';
    expect(parseStrictly(routeWsMessage, text)).toStrictEqual(JSON.parse(text));
  });

  it.each(['{"error":"Exceeded msg rate"}', '{"Error":"Exceeded msg rate"}'])(
    'takes %s for a protocol error',
    (text) => {
      expect(parseWsMessage(text)).toMatchObject({ kind: 'error', text: 'Exceeded msg rate' });
    },
  );

  it.each([
    '{"channel":"weather","type":"update","data":[{"wind":1.50}]}',
    '{"channel":"constructor"}',
    '{"channel":"book","type":"partial","data":[]}',
    '{"method":"dance","success":true}',
    '{}',
    '[]',
    '1',
    'null',
  ])('keeps %s, which it does not know', (text) => {
    expect(parseWsMessage(text)).toMatchObject({ kind: 'unknown' });
  });

  it('keeps unknown fields and values, digits and all', () => {
    const text =
      '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"both","price":1.0,"qty":2,"ord_type":"limit","trade_id":1,"timestamp":"2023-09-25T07:49:37.708706Z","fee":0.10}],"sequence":5}';
    const frame = frameOf(parseWsMessage(text));
    expect(frame).toMatchObject({ data: [{ side: 'both' }], sequence: 5 });
    expect(JSON.stringify(frame)).toContain('"fee":"0.10"');
  });

  it.each(['1.5', '2305843009213693952', '1e3'])(
    'says of the checksum %s what is wrong with that number',
    (checksum) => {
      const text = `{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[],"asks":[],"checksum":${checksum}}]}`;
      expect(() => parseWsMessage(text)).toThrow(
        'Invalid book update: expected an integer up to 2^53, received a number with a fraction or a larger one at data[0].checksum.',
      );
    },
  );

  it('refuses a known frame of the wrong shape with the path and the reason', () => {
    expect(() =>
      parseWsMessage(
        '{"channel":"book","type":"update","data":[{"symbol":"X/Y","bids":[{"price":true,"qty":1}],"asks":[],"checksum":1}]}',
      ),
    ).toThrow(
      'Invalid book update: expected a decimal, received boolean at data[0].bids[0].price.',
    );
    expect(() => parseWsMessage('{"channel":"book","type":"update"}')).toThrow(
      'Invalid book update: expected array, received nothing at data.',
    );
  });

  it('refuses what is not JSON', () => {
    expect(() => parseWsMessage('{"channel":"book"')).toThrow(
      expect.objectContaining({ code: 'MALFORMED_JSON' }),
    );
  });
});

describe('formatText', () => {
  it('writes a request', () => {
    expect(
      formatText(subscribeRequestSchema, {
        method: 'subscribe',
        params: { channel: 'book', symbol: ['BTC/USD'], depth: 10 },
        req_id: 1,
      }),
    ).toBe(
      '{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10},"req_id":1}',
    );
  });

  it('refuses to write what is no decimal', () => {
    const level = { price: 'NaN', qty: '1' };
    expect(() =>
      formatText(bookFrameSchema, {
        channel: 'book',
        type: 'update',
        data: [{ symbol: 'X/Y', bids: [level], asks: [], checksum: 1 }],
      }),
    ).toThrow('expected a decimal, received string at data[0].bids[0].price');
  });
});
