import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseText } from '../parse-with.ts';
import {
  type AssetPairsResult,
  assetPairsResultSchema,
  assetsResultSchema,
  envelopeOf,
} from '../rest/index.ts';
import { createSymbolTable } from './symbol-table.ts';

function pairBody(id: string, wsname: string, base: string, quote: string): string {
  const altname = wsname.replace('/', '');
  return `"${id}":{"altname":"${altname}","wsname":"${wsname}","aclass_base":"currency","base":"${base}","aclass_quote":"currency","quote":"${quote}","lot":"unit","cost_decimals":5,"pair_decimals":1,"lot_decimals":8,"lot_multiplier":1,"leverage_buy":[2,3],"leverage_sell":[2,3],"fees":[[0,0.4],[10000,0.35]],"fees_maker":[[0,0.25]],"fee_volume_currency":"ZUSD","margin_call":80,"margin_stop":40,"ordermin":"0.0001"}`;
}

const assetPairs = parseText(
  assetPairsResultSchema,
  `{${[
    pairBody('XXBTZUSD', 'XBT/USD', 'XXBT', 'ZUSD'),
    pairBody('XDGUSD', 'XDG/USD', 'XXDG', 'ZUSD'),
    pairBody('XTZUSD', 'XTZ/USD', 'XTZ', 'ZUSD'),
    pairBody('XXRPXXBT', 'XRP/XBT', 'XXRP', 'XXBT'),
    pairBody('XZECZEUR', 'ZEC/EUR', 'XZEC', 'ZEUR'),
  ].join(',')}}`,
);

const assets = parseText(
  assetsResultSchema,
  '{"XXBT":{"aclass":"currency","altname":"XBT","decimals":10,"display_decimals":5},"ZUSD":{"aclass":"currency","altname":"USD","decimals":4,"display_decimals":2},"XXDG":{"aclass":"currency","altname":"XDG","decimals":8,"display_decimals":2},"XTZ":{"aclass":"currency","altname":"XTZ","decimals":8,"display_decimals":5},"XBT.M":{"aclass":"currency","altname":"XBT.M","decimals":10,"display_decimals":5}}',
);

describe('createSymbolTable', () => {
  it('finds a pair by each of its names', () => {
    const table = createSymbolTable({ assetPairs, assets });
    const bitcoin = {
      symbol: 'BTC/USD',
      restId: 'XXBTZUSD',
      altname: 'XBTUSD',
      v1Symbol: 'XBT/USD',
      base: 'BTC',
      quote: 'USD',
    };
    for (const name of ['BTC/USD', 'XXBTZUSD', 'XBTUSD', 'XBT/USD']) {
      expect(table.pair(name)).toStrictEqual(bitcoin);
    }
    expect(table.pair('XDG/USD')?.symbol).toBe('DOGE/USD');
    expect(table.pair('XRP/BTC')).toMatchObject({ restId: 'XXRPXXBT', v1Symbol: 'XRP/XBT' });
    expect(table.pair('BTCUSD')).toBeUndefined();
    expect(table.pair('constructor')).toBeUndefined();
  });

  it('takes no name apart: those that begin with the marking letters stay whole', () => {
    const table = createSymbolTable({ assetPairs, assets });
    expect(table.pair('XTZUSD')).toMatchObject({ symbol: 'XTZ/USD', base: 'XTZ' });
    expect(table.pair('ZEC/EUR')).toMatchObject({ restId: 'XZECZEUR', base: 'ZEC', quote: 'EUR' });
    expect(table.asset('XTZ')).toStrictEqual({ asset: 'XTZ', restId: 'XTZ', altname: 'XTZ' });
  });

  it('finds an asset by each of its names, and those that only pairs mention', () => {
    const table = createSymbolTable({ assetPairs, assets });
    for (const name of ['BTC', 'XXBT', 'XBT']) {
      expect(table.asset(name)).toStrictEqual({ asset: 'BTC', restId: 'XXBT', altname: 'XBT' });
    }
    expect(table.asset('XBT.M')).toMatchObject({ restId: 'XBT.M' });
    expect(table.asset('EUR')).toMatchObject({ restId: 'ZEUR' });
    expect(createSymbolTable({ assetPairs }).asset('BTC')?.restId).toBe('XXBT');
  });

  it('takes further renamings', () => {
    const table = createSymbolTable({ assetPairs, renamed: { XTZ: 'TEZOS' } });
    expect(table.pair('TEZOS/USD')?.restId).toBe('XTZUSD');
  });

  it('lets no second name take the place of a first one', () => {
    const first = assetPairs['XTZUSD'];
    if (first === undefined) throw new Error('no pair');
    const odd: AssetPairsResult = {
      XTZUSD: first,
      OTHER: { ...first, altname: 'XTZUSD', wsname: 'OTHER/USD', base: 'OTHER' },
    };
    expect(createSymbolTable({ assetPairs: odd }).pair('XTZUSD')?.symbol).toBe('XTZ/USD');
  });

  it('leaves out pairs that no socket knows', () => {
    const { wsname: _, ...dark } = assetPairs['XXBTZUSD'] ?? {};
    const odd = { 'XXBTZUSD.d': dark as NonNullable<(typeof assetPairs)[string]> };
    expect(createSymbolTable({ assetPairs: odd }).pairs).toStrictEqual([]);
  });

  const captures = process.env['KR_CAPTURES'] ?? '';
  const reason = captures === '' ? ' (skipped: KR_CAPTURES is not set)' : '';

  it.skipIf(captures === '')(`is one to one on a whole captured body${reason}`, () => {
    const text = readFileSync(join(captures, 'rest/AssetPairs-20210417.json'), 'utf8');
    const body = parseText(envelopeOf(assetPairsResultSchema), text).result ?? {};
    const table = createSymbolTable({ assetPairs: body });
    expect(table.pairs.length).toBe(Object.values(body).filter(({ wsname }) => wsname).length);
    expect(new Set(table.pairs.map(({ symbol }) => symbol)).size).toBe(table.pairs.length);
    for (const names of table.pairs) {
      for (const name of [names.symbol, names.restId, names.altname, names.v1Symbol]) {
        expect(table.pair(name)).toBe(names);
      }
      expect(names.symbol).not.toMatch(/XBT|XDG/);
    }
  });
});
