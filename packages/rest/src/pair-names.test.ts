import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseText } from '@kr/schemas';
import { assetPairsResultSchema, envelopeOf } from '@kr/schemas/rest';
import { createSymbolTable } from '@kr/schemas/symbols';
import { describe, expect, it } from 'vitest';
import { type Kraken, withKraken } from '../test/kraken.ts';
import { createInstruments, createSpotOrders } from './index.ts';
import { withCanonicalNames, withRequestNames } from './pair-names.ts';

const NAMES = ['BTC/USD', 'XBT/USD', 'XBTUSD', 'XXBTZUSD'] as const;

async function namedClient({ spot }: Kraken) {
  const assetPairs = await spot().assetPairs();
  return { client: spot({ symbols: createSymbolTable({ assetPairs }) }), assetPairs };
}

describe('a client with a symbol table', () => {
  it.each(NAMES)('takes %s where a pair is asked for, and answers with BTC/USD', async (pair) => {
    await withKraken(async (kraken) => {
      const { client } = await namedClient(kraken);
      kraken.sandbox.publicTrades.push({ price: '1.0', quantity: '1.0', atNs: 10n ** 18n, id: 1 });
      const { last, ...trades } = await client.trades({ pair, since: '0' });
      expect([Object.keys(trades), last]).toStrictEqual([['BTC/USD'], String(10n ** 18n)]);
      const order = { type: 'buy', ordertype: 'limit', price: '30000.0', volume: '1' } as const;
      await client.addOrder({ ...order, pair });
      const [sent] = kraken.sandbox.spot.orders.values();
      expect(sent?.pair).toBe('XBTUSD');
      const { open } = await client.openOrders();
      expect(Object.values(open).map(({ descr }) => descr.pair)).toStrictEqual(['BTC/USD']);
      expect(await client.request('POST', '/0/private/OpenOrders')).toStrictEqual({ open });
    });
  });

  it('leaves the pairs themselves as they are: they are the table, and orders are checked by it', async () => {
    await withKraken(async (kraken) => {
      const { client, assetPairs } = await namedClient(kraken);
      expect(await client.assetPairs()).toStrictEqual(assetPairs);
      const instruments = createInstruments(await client.assetPairs());
      const orders = createSpotOrders({ client, timers: globalThis, instruments });
      const order = { type: 'buy', ordertype: 'limit', price: '30000.0', volume: '1' } as const;
      for (const pair of NAMES) {
        expect(await orders.place({ ...order, pair })).toHaveProperty('status', 'accepted');
      }
    });
  });

  it('without one, names are as the exchange has them', async () => {
    await withKraken(async ({ spot }) => {
      expect(Object.keys(await spot().trades({ pair: 'XBTUSD' }))).toStrictEqual([
        'XXBTZUSD',
        'last',
      ]);
    });
  });
});

describe('names of pairs', () => {
  const table = { pair: (name: string) => (name === 'A' || name === 'ab' ? PAIR : undefined) };
  const PAIR = {
    symbol: 'A/B',
    restId: 'XAXB',
    altname: 'ab',
    v1Symbol: 'a/b',
    base: 'A',
    quote: 'B',
  };

  it('are mapped in lists, and what is unknown or no name stays', () => {
    expect(withRequestNames(table, 'Ticker', { pair: 'A, ab,XTZUSD', count: 1 })).toStrictEqual({
      pair: 'ab,ab,XTZUSD',
      count: 1,
    });
    expect(withRequestNames(table, 'PreTrade', { symbol: 'ab', pair: 'A' })).toStrictEqual({
      symbol: 'A/B',
      pair: 'A',
    });
    const classes = { pair: [{ asset: 'A', aclass: 'x' }] };
    expect(withRequestNames(table, 'TradeVolume', classes)).toBe(classes);
  });

  it.each<[string, unknown, unknown]>([
    ['OHLC', { ab: [1], last: 5 }, { 'A/B': [1], last: 5 }],
    ['GroupedBook', { pair: 'ab', bids: [] }, { pair: 'A/B', bids: [] }],
    ['OpenPositions', [{ pair: 'ab' }], [{ pair: 'A/B' }]],
    [
      'QueryTrades',
      { T: { pair: 'ab' }, U: { pair: 'zz' } },
      { T: { pair: 'A/B' }, U: { pair: 'zz' } },
    ],
    [
      'ClosedOrders',
      { closed: { O: { descr: { pair: 'ab' } } } },
      { closed: { O: { descr: { pair: 'A/B' } } } },
    ],
    [
      'TradeVolume',
      { fees: { ab: 1 }, fees_maker: null },
      { fees: { 'A/B': 1 }, fees_maker: null },
    ],
    ['Balance', { ab: '1' }, { ab: '1' }],
    ['Ticker', 'odd', 'odd'],
  ])('in an answer of %s', (endpoint, answer, named) => {
    expect(withCanonicalNames(table, endpoint, answer)).toStrictEqual(named);
  });

  const captures = process.env['KR_CAPTURES'] ?? '';
  const reason = captures === '' ? ' (skipped: KR_CAPTURES is not set)' : '';

  it.skipIf(captures === '')(`go both ways for a whole captured body${reason}`, () => {
    const text = readFileSync(join(captures, 'rest/AssetPairs-20210417.json'), 'utf8');
    const assetPairs = parseText(envelopeOf(assetPairsResultSchema), text).result ?? {};
    const real = createSymbolTable({ assetPairs });
    for (const { symbol, restId, altname, v1Symbol } of real.pairs) {
      for (const pair of [symbol, restId, altname, v1Symbol]) {
        expect(withRequestNames(real, 'Depth', { pair })).toStrictEqual({ pair: altname });
      }
      expect(withCanonicalNames(real, 'Depth', { [restId]: 1 })).toStrictEqual({ [symbol]: 1 });
    }
  });
});
