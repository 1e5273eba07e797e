import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { futuresEndpoints } from '../src/futures-rest/index.ts';
import { formatText, parseText, strictOf } from '../src/index.ts';
import { envelopeOf, spotEndpoints } from '../src/rest/index.ts';

// Bodies as the documentation and its clients show them: https://docs.kraken.com/api/docs/rest-api/get-ticker-information
// and its neighbours.
const spot: readonly (readonly [keyof typeof spotEndpoints, string])[] = [
  [
    'Time',
    '{"error":[],"result":{"unixtime":1688669448,"rfc1123":"Thu, 06 Jul 23 18:50:48 +0000"}}',
  ],
  [
    'AssetPairs',
    '{"error":[],"result":{"XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","aclass_base":"currency","base":"XXBT","aclass_quote":"currency","quote":"ZUSD","lot":"unit","cost_decimals":5,"pair_decimals":1,"lot_decimals":8,"lot_multiplier":1,"leverage_buy":[2,3,4,5],"leverage_sell":[2,3,4,5],"fees":[[0,0.4],[10000,0.35]],"fees_maker":[[0,0.25],[10000,0.2]],"fee_volume_currency":"ZUSD","margin_call":80,"margin_stop":40,"ordermin":"0.0001","costmin":"0.5","tick_size":"0.1","status":"online","long_position_limit":250,"short_position_limit":200}}}',
  ],
  [
    'Ticker',
    '{"error":[],"result":{"XXBTZUSD":{"a":["30300.10000","1","1.000"],"b":["30300.00000","1","1.000"],"c":["30303.20000","0.00067643"],"v":["4083.67001100","4412.73601799"],"p":["30706.77771","30689.13205"],"t":[34619,38907],"l":["29868.30000","29868.30000"],"h":["31631.00000","31631.00000"],"o":"30502.80000"}}}',
  ],
  [
    'OHLC',
    '{"error":[],"result":{"XXBTZUSD":[[1688671200,"30306.1","30306.2","30305.7","30305.7","30306.1","3.39243896",23]],"last":1688672160}}',
  ],
  [
    'Depth',
    '{"error":[],"result":{"XXBTZUSD":{"asks":[["30384.10000","2.059",1688671659],["30387.90000","1.500",1688671380]],"bids":[["30297.00000","1.115",1688671636],["30296.70000","2.002",1688671674]]}}}',
  ],
  [
    'Trades',
    '{"error":[],"result":{"XXBTZUSD":[["30243.40000","0.34507674",1688669597.8277369,"b","m","",61044952],["30243.30000","0.00376960",1688669598.2804112,"s","l","",61044953]],"last":"1688671969993150842"}}',
  ],
  [
    'Spread',
    '{"error":[],"result":{"XXBTZUSD":[[1688671834,"30292.10000","30297.50000"],[1688671834,"30292.10000","30296.70000"]],"last":1688672106}}',
  ],
  [
    'OpenOrders',
    '{"error":[],"result":{"open":{"O26VBY-ISGAE-JP5TLU":{"refid":null,"userref":0,"cl_ord_id":null,"status":"open","opentm":1688583840.8648,"starttm":0,"expiretm":0,"descr":{"pair":"XBTUSD","type":"buy","ordertype":"limit","price":"29500.0","price2":"0","leverage":"none","order":"buy 0.50000000 XBTUSD @ limit 29500.0","close":""},"vol":"0.50000000","vol_exec":"0.00000000","cost":"0.00000","fee":"0.00000","price":"0.00000","stopprice":"0.00000","limitprice":"0.00000","misc":"","oflags":"fciq"}}}}',
  ],
  [
    'TradesHistory',
    '{"error":[],"result":{"trades":{"TCCCTY-WJ6EO-4FP4VZ":{"ordertxid":"O26VBY-ISGAE-JP5TLU","postxid":"TKH2SE-M7IF5-CFI7LT","pair":"XXBTZUSD","time":1688585840.8921,"type":"buy","ordertype":"limit","price":"29500.50000","cost":"14750.25000","fee":"23.60000","vol":"0.50000000","margin":"0.00000","leverage":"0","misc":"","trade_id":1001,"maker":true,"ledgers":["L4UESK-KG3EQ-BJM7HJ"]}},"count":1}}',
  ],
  [
    'OpenPositions',
    '{"error":[],"result":{"TF4RHX-FZPAS-ABCDEF":{"ordertxid":"OYVGEW-DQCBM-123456","posstatus":"open","pair":"XXBTZUSD","time":1714500000.123,"type":"buy","ordertype":"market","cost":"25000.00","fee":"40.00","vol":"0.50000000","vol_closed":"0.00000000","margin":"5000.00","terms":"0.0200% per 4 hours","rollovertm":"1714514400","misc":"","oflags":""}}}',
  ],
  [
    'TradeBalance',
    '{"error":[],"result":{"eb":"1000.0000","tb":"900.0000","m":"0.0000","uv":"0.0000","n":"0.0000","c":"0.0000","v":"0.0000","e":"900.0000","mf":"900.0000"}}',
  ],
  [
    'AddOrder',
    '{"error":[],"result":{"descr":{"order":"buy 2.12340000 XBTUSD @ limit 25000.1 with 2:1 leverage","close":"close position @ stop loss 22000.0 -> limit 21000.0"},"txid":["OUF4EM-FRGI2-MQMWZD"]}}',
  ],
  [
    'AddOrderBatch',
    '{"error":[],"result":{"orders":[{"txid":"O65KZW-J4AW3-VFS74A","descr":{"order":"buy 1.00000000 XBTUSD @ limit 100.0"}},{"descr":{"order":"sell 1.00000000 XBTUSD @ limit 1.0"},"error":"EOrder:Insufficient funds"}]}}',
  ],
  ['Balance', '{"error":["EOrder:Insufficient funds"]}'],
  [
    'GetWebSocketsToken',
    '{"error":[],"result":{"token":"1Dwc4lzSwNWOAwkMdqhssNNFhs1ed606d1WcF3XfEMw","expires":900}}',
  ],
  [
    'Level3',
    '{"error":[],"result":{"pair":"BTC/USD","bids":[{"price":"90400.00000","qty":"0.10000000","order_id":"OFVLAA-HRSSP-BK75KB","timestamp":1765185437003123457}],"asks":[]}}',
  ],
];

const futures: readonly (readonly [keyof typeof futuresEndpoints, string])[] = [
  [
    'openPositions',
    '{"result":"success","serverTime":"2023-04-07T16:12:15.410Z","openPositions":[{"side":"short","symbol":"PI_XBTUSD","price":27523.75,"fillTime":"2023-04-05T12:31:21.410Z","size":8000.0,"unrealizedFunding":5.879463852989987e-5}]}',
  ],
  [
    'candles',
    '{"candles":[{"time":1731715200000,"open":"91069","high":"91373.5","low":"90956","close":"91045.5","volume":"319499"}],"more_candles":false}',
  ],
  [
    'sendOrder',
    '{"result":"success","serverTime":"2019-09-05T16:33:50.734Z","sendStatus":{"order_id":"61ca5732-3478-42fe-8362-abbfd9465294","status":"placed","receivedTime":"2019-09-05T16:33:50.734Z","orderEvents":[{"type":"PLACE","reducedQuantity":null,"order":{"orderId":"61ca5732-3478-42fe-8362-abbfd9465294","cliOrdId":null,"type":"lmt","symbol":"PI_XBTUSD","side":"buy","quantity":10000,"filled":0,"limitPrice":9400,"reduceOnly":false,"timestamp":"2019-09-05T16:33:50.734Z","lastUpdateTimestamp":"2019-09-05T16:33:50.734Z"}}]}}',
  ],
  ['tickTypes', '["mark","spot","trade"]'],
];

describe('documented bodies', () => {
  it.each(spot)('%s: strictly parsed, and printed back to the letter', (name, text) => {
    const schema: z.ZodMiniType<object> = envelopeOf(spotEndpoints[name].result);
    expect(formatText(schema, parseText(strictOf(schema), text))).toBe(text);
  });

  it.each(futures)('%s: strictly parsed, and printed back to the letter', (name, text) => {
    const schema: z.core.$ZodType = futuresEndpoints[name].result;
    expect(formatText(schema, parseText(strictOf(schema), text))).toBe(text);
  });

  it('keep what a float would not', () => {
    const [, trades = ''] = spot.find(([name]) => name === 'Trades') ?? [];
    const body = parseText(envelopeOf(spotEndpoints.Trades.result), trades);
    expect(body.result?.['XXBTZUSD']).toMatchObject([{ 2: '1688669597.8277369' }, {}]);
    expect(body.result?.last).toBe('1688671969993150842');
    const [, level3 = ''] = spot.find(([name]) => name === 'Level3') ?? [];
    const orders = parseText(envelopeOf(spotEndpoints.Level3.result), level3).result?.bids;
    expect(orders?.[0]?.timestamp).toBe('1765185437003123457');
  });

  it('relative prices need their form', () => {
    const { params } = spotEndpoints.AddOrder;
    const order = { ordertype: 'trailing-stop', type: 'sell', volume: '1', pair: 'XBTUSD' };
    for (const price of ['37500', '+150', '-2.0%', '#5', '+1.0%']) {
      expect(parseText(params, JSON.stringify({ ...order, price }))).toMatchObject({ price });
    }
    for (const price of ['', '%', '1e5', '--1', '5 %']) {
      expect(() => parseText(params, JSON.stringify({ ...order, price }))).toThrow(
        'not of the documented form',
      );
    }
  });
});
