import { assetPairs, type Bodies, tickersOf } from './fixed-exchange.ts';

const level = (price: string, quantity: string) => [price, quantity, 1_700_000_000];
const futures = (body: object): object => ({
  result: 'success',
  serverTime: '2026-11-24T10:00:00.000Z',
  ...body,
});

/** An answer of each public endpoint that a command reads. */
export const marketBodies: Bodies = {
  '/0/public/AssetPairs': assetPairs,
  '/0/public/Ticker': (query: URLSearchParams) => tickersOf(query.get('pair')),
  '/0/public/Time': { unixtime: 1_700_000_000, rfc1123: 'Tue, 14 Nov 23 22:13:20 +0000' },
  '/0/public/SystemStatus': { status: 'post_only', timestamp: '2026-11-24T10:00:00Z' },
  '/0/public/Assets': {
    XXBT: { aclass: 'currency', altname: 'XBT', decimals: 10, display_decimals: 5 },
    ZUSD: { aclass: 'currency', altname: 'USD', decimals: 4, display_decimals: 2 },
  },
  '/0/public/OHLC': {
    XXBTZUSD: [[1_700_000_000, '1.0', '2.0', '0.5', '1.50', '1.25', '10.00000000', 7]],
    last: 1_699_999_940,
  },
  '/0/public/Depth': {
    XXBTZUSD: {
      asks: [level('101.00', '1.000'), level('102.00', '2.000'), level('200.00', '9.000')],
      bids: [level('99.00', '3.000'), level('98.00', '4.000'), level('10.00', '9.000')],
    },
  },
  '/0/public/Trades': (query: URLSearchParams) => ({
    XXBTZUSD:
      query.get('since') === '2'
        ? []
        : [
            ['64525.10000', '0.10000000', 1_700_000_000.1234, 'b', 'm', '', 1],
            ['64525.00000', '0.20000000', 1_700_000_001.5, 's', 'l', '', 2],
          ],
    last: '2',
  }),
  '/0/public/Spread': { XXBTZUSD: [[1_700_000_000, '99.50', '100.25']], last: 1_700_000_000 },
  '/derivatives/api/v3/tickers': futures({
    tickers: [
      {
        symbol: 'PF_XBTUSD',
        tag: 'perpetual',
        pair: 'XBT:USD',
        last: 64_525.5,
        markPrice: 64_525.1,
        indexPrice: 64_520.2,
        vol24h: 1200,
        volumeQuote: 77_000_000,
        openInterest: 900,
        suspended: false,
        postOnly: false,
      },
      { symbol: 'in_xbtusd', last: 64_520.2 },
    ],
  }),
  '/derivatives/api/v3/instruments': futures({
    instruments: [
      { symbol: 'PF_XBTUSD', type: 'flexible_futures', tickSize: 0.5, tradeable: true },
    ],
  }),
  '/derivatives/api/v3/orderbook': futures({
    orderBook: { bids: [[99, 1]], asks: [[101, 2]] },
  }),
  '/derivatives/api/v3/history': futures({
    history: [{ price: 100, side: 'buy', size: 3, time: '2026-11-24T10:00:00Z', trade_id: 1 }],
  }),
  '/0/private/BalanceEx': {
    ZUSD: { balance: '1000.5000', hold_trade: '300.0000' },
    XXBT: {
      balance: '2.0000000000',
      hold_trade: '0.0000000000',
      credit: '1.0',
      credit_used: '0.5',
    },
    XETH: { balance: '0.0000000000', hold_trade: '0.0000000000' },
  },
  '/0/private/OpenPositions': {
    'TF5GVO-T7ZZ2-6NBKBI': {
      ordertxid: 'OLWNFG-LLH4R-D6SFFP',
      posstatus: 'open',
      pair: 'XXBTZUSD',
      time: 1_605_280_097.8294,
      type: 'buy',
      ordertype: 'limit',
      cost: '104610.52842',
      fee: '289.06565',
      vol: '8.82412861',
      vol_closed: '0.20200000',
      margin: '20922.10568',
      value: '258797.5',
      net: '+154186.9728',
      terms: '0.0100% per 4 hours',
      rollovertm: '1616672637',
      misc: '',
      oflags: '',
    },
  },
};
