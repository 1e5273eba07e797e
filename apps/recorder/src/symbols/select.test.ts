import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpotClient } from '@kr/rest';
import { createSandbox, createSandboxKey, createSandboxTime } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../config/schema.ts';
import { loadMarket, type Market } from './market.ts';
import { matchesAny } from './patterns.ts';
import { selectSymbols, toV1 } from './select.ts';
import { rankByUsdVolume } from './usd-volume.ts';

const clock = createSystemClock();
const timers = createSystemTimers();
// It stands still: what two looks at it say is the same.
const stopped = createSandboxTime({ clock, timers, speed: 0 });
// A market with an account has a REST side.
const sandbox = createSandbox({
  source: { kind: 'synthetic', seed: 3, symbols: 40 },
  accounts: [{ ...createSandboxKey('desk'), balances: {} }],
  clock: stopped,
  timers: stopped,
});
let folder: string;
let market: Market;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-select-'));
  const { httpUrl } = await sandbox.listen();
  const rest = createSpotClient({ clock, timers, baseUrl: httpUrl });
  market = await loadMarket(rest);
  close = () => rest.close();
}, 60_000);
afterAll(async () => {
  await close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const select = (symbols: Partial<Config['symbols']>, feeds: Config['feeds'] = []) =>
  selectSymbols({ symbols: { watch: true, ...symbols }, feeds, protocol: 'spot-v2' }, () =>
    Promise.resolve(market),
  );

describe('selectSymbols', () => {
  it('asks nobody for names alone', async () => {
    const asked = selectSymbols(
      {
        symbols: { watch: true, list: ['BTC/USD', 'BTC/USD', 'X/Y'] },
        feeds: [],
        protocol: 'spot-v2',
      },
      () => Promise.reject(new Error('asked')),
    );
    expect(await asked).toEqual({
      symbols: ['BTC/USD', 'X/Y'],
      named: new Set(['BTC/USD', 'X/Y']),
      known: [],
      notices: [],
    });
  });

  it('finds what a pattern fits, without what is excluded', async () => {
    const { symbols, named } = await select({ list: ['*/EUR', 'btc/*'], exclude: ['BTC/USD'] });
    expect(symbols.toSorted()).toEqual(
      market.symbols.filter((s) => (s.endsWith('/EUR') || s.startsWith('BTC/')) && s !== 'BTC/USD'),
    );
    expect(symbols.length).toBeGreaterThan(1);
    expect(named.size).toBe(0);
  });

  it('reads files and columns, under any name that the exchange has for a pair', async () => {
    const file = join(folder, 'symbols.txt');
    await writeFile(file, '# mine\r\nXXBTZUSD\r\n\r\nETH/USD # theirs\n');
    const csv = join(folder, 'pairs.csv');
    await writeFile(csv, '\uFEFFrank,pair\n1,"XBT/USD"\n2,SOL/USD\n3,\n');
    const both = await select({ file, csv: { file: csv, column: 'pair' } });
    expect(both.symbols).toEqual(['BTC/USD', 'ETH/USD', 'SOL/USD']);
    expect(both.named).toEqual(new Set(['BTC/USD', 'ETH/USD', 'SOL/USD']));
  });

  it('takes the top ones by what they traded in USD', async () => {
    const { symbols } = await market.rank();
    expect((await select({ top: 3 })).symbols).toEqual(symbols.slice(0, 3));
    const [first = ''] = symbols;
    expect((await select({ top: 3, exclude: [first] })).symbols).toEqual(symbols.slice(1, 4));
  });

  it('says what it cannot read, and what leaves nothing', async () => {
    const csv = join(folder, 'other.csv');
    await writeFile(csv, 'a,b\n1,2\n');
    const faults: [() => Promise<unknown>, RegExp][] = [
      [() => select({ file: join(folder, 'none') }), /The symbols file .*none does not exist\./],
      [
        () => select({ csv: { file: csv, column: 'pair' } }),
        /has no column "pair"\. It has a, b\./,
      ],
      [() => select({ list: ['*/NIX'] }), /No pair of the exchange fits "\*\/NIX"\./],
      [() => select({ list: ['BTC/USD'], exclude: ['*'] }), /No symbol is left/],
    ];
    for (const [asked, message] of faults) {
      await expect(asked()).rejects.toMatchObject({
        code: 'INVALID_SYMBOLS',
        message: expect.stringMatching(message),
      });
    }
  });
});

describe('matchesAny', () => {
  it('takes only the asterisk for more than itself', () => {
    expect(matchesAny('BTC/USD', ['*/USD'])).toBe(true);
    expect(matchesAny('BTC/USDT', ['*/USD'])).toBe(false);
    expect(matchesAny('BTC/USD', ['BTC.USD', 'B(TC/USD', '[BTC/USD]'])).toBe(false);
    expect(matchesAny('BTC/USD', [])).toBe(false);
  });
});

const day = (symbol: string, volume: string, vwap: string, price = vwap) => {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, base, quote, volume, vwap, price };
};

describe('rankByUsdVolume', () => {
  it('converts by a pair with USD, crossed either way, and counts nothing as 1:1', () => {
    const ranked = rankByUsdVolume([
      day('BTC/USD', '1', '50000'),
      day('EUR/USD', '100', '1.1'),
      day('BTC/EUR', '2', '40000'),
      day('USD/JPY', '10', '100'),
      day('BTC/JPY', '1', '6000000'),
      day('A/B', '1000000', '1000000'),
    ]);
    // 88,000; 60,000; 50,000; 110; 10.
    expect(ranked).toEqual({
      symbols: ['BTC/EUR', 'BTC/JPY', 'BTC/USD', 'EUR/USD', 'USD/JPY'],
      unranked: ['A/B'],
    });
  });

  it('takes no price of a pair that never traded', () => {
    const days = [day('EUR/USD', '0', '0'), day('BTC/EUR', '1', '1')];
    expect(rankByUsdVolume(days)).toEqual({ symbols: ['EUR/USD'], unranked: ['BTC/EUR'] });
  });
});

describe('toV1', () => {
  it('has the names of v1, and leaves what the exchange lacks as it was written', async () => {
    const selection = await select({ list: ['BTC/USD', 'DOGE/USD', 'X/Y'] });
    const { symbols, named } = toV1(selection, market.table);
    expect(symbols).toEqual(['XBT/USD', 'XDG/USD', 'X/Y']);
    expect([...named]).toEqual(symbols);
  });
});
