import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixedExchange, inventedPairs, openFixedExchange } from './fixed-exchange.ts';
import { marketBodies } from './market-bodies.ts';
import { kr } from './terminal.ts';

let exchange: FixedExchange;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-market-'));
  exchange = await openFixedExchange(marketBodies);
});
afterAll(async () => {
  await exchange.close();
  await rm(folder, { recursive: true, force: true });
});

const read = (name: string) => readFile(join(folder, name), 'utf8');
const ask = (line: string) =>
  kr([...line.split(' '), '--sandbox-url', exchange.url], { workingDirectory: folder });
const json = async (line: string): Promise<unknown> => {
  const { stdout, stderr, code } = await ask(`${line} -o json`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  return JSON.parse(stdout);
};
const rows = async (line: string) => (await json(line)) as Record<string, unknown>[];

describe('the market', () => {
  it('has a clock, and says how far this one is from it', async () => {
    expect(await json('time')).toMatchObject({
      unixtime: 1_700_000_000,
      time: '2023-11-14T22:13:20Z',
      clock_ahead_s: expect.any(Number),
    });
  });

  it('has a status', async () => {
    expect(await json('status')).toMatchObject({ status: 'post_only', simulated: true });
  });

  it('has assets, by any of their names', async () => {
    expect(await rows('assets')).toHaveLength(2);
    expect(await rows('assets btc')).toMatchObject([{ asset: 'BTC', id: 'XXBT', altname: 'XBT' }]);
    expect((await ask('assets bct')).stderr).toMatch(/no asset "bct"[\s\S]+BTC/);
  });

  it('has pairs, of one base or quote', async () => {
    expect(await rows('pairs')).toHaveLength(inventedPairs.length);
    const quoted = await rows('pairs --quote JPY');
    expect(quoted.map(({ symbol }) => symbol)).toEqual(['ABC/JPY', 'TWO/JPY', 'USD/JPY']);
    expect(await rows('pairs --base xbt --quote eur')).toMatchObject([{ symbol: 'BTC/EUR' }]);
  });

  it('has tickers, in the order they were asked for', async () => {
    const found = await rows('ticker dogeusd BTC/USD');
    expect(found).toMatchObject([
      { symbol: 'DOGE/USD', last: '0.0801234' },
      { symbol: 'BTC/USD', last: '64525.10000', vwap_24h: '64000.12345', trades_24h: 9000 },
    ]);
    expect(await rows('ticker')).toHaveLength(inventedPairs.length);
  });

  it('has candles, a book, trades and spreads, with the digits of the wire', async () => {
    expect(await rows('ohlc btcusd --interval 1h --since 2h')).toMatchObject([
      { time: '2023-11-14T22:13:20Z', close: '1.50', volume: '10.00000000' },
    ]);
    expect(exchange.requests.at(-1)).toMatch(/interval=60&since=\d{10}$/);
    expect(await json('depth btcusd')).toMatchObject({
      symbol: 'BTC/USD',
      bids: [{ price: '99.00', quantity: '3.000' }, {}, {}],
    });
    expect(await rows('trades btcusd')).toMatchObject([
      { time: '2023-11-14T22:13:20.1234Z', side: 'buy', type: 'market', trade_id: '1' },
      { side: 'sell', quantity: '0.20000000', type: 'limit' },
    ]);
    expect(await rows('trades btcusd --since 2023-11-14 --all')).toHaveLength(2);
    expect(await rows('spread btcusd')).toMatchObject([{ spread: '0.75' }]);
  });

  it('of Futures has contracts, tickers, books and trades', async () => {
    expect(await rows('futures instruments')).toMatchObject([{ tick_size: '0.5' }]);
    expect(await rows('futures tickers pf_xbtusd')).toMatchObject([{ last: '64525.5' }]);
    expect(await json('futures orderbook PF_XBTUSD')).toMatchObject({ bids: [['99', '1']] });
    expect(await rows('futures history PF_XBTUSD')).toMatchObject([{ price: '100', side: 'buy' }]);
  });

  it.each([
    ['ticker BTC/USF', /no pair "BTC\/USF"[\s\S]+BTC\/USD/],
    ['ohlc BTC/USD --interval 2m', /Give one of 1m, 5m/],
    ['trades BTC/USD --since yesterday', /2026-11-24T10:30:00Z/],
    ['trades BTC/USD --all', /--since 1d/],
    ['depth BTC/USD --count 501', /from 1 to 500/],
  ])('refuses %s', async (line, message) => {
    const { code, stderr } = await ask(line);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('the account', () => {
  const env = {
    KR_SANDBOX_API_KEY: 'a-key',
    KR_SANDBOX_API_SECRET: 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
    XDG_STATE_HOME: join(tmpdir(), 'kr-nobody/state'),
  };
  const own = async (word: string) => {
    const { stdout } = await kr([word, '--sandbox-url', exchange.url, '-o', 'json'], { env });
    return JSON.parse(stdout) as Record<string, unknown>[];
  };

  it('has balances: what there is, what orders hold, and what is free with its credit', async () => {
    expect(await own('balance')).toMatchObject([
      { asset: 'BTC', free: '2.5000000000' },
      { asset: 'USD', balance: '1000.5000', held: '300.0000', free: '700.5000' },
    ]);
  });

  it('has positions, with their profit', async () => {
    expect(await own('positions')).toMatchObject([
      { pair: 'BTC/USD', side: 'buy', net: '+154186.9728', opened: '2020-11-13T15:08:17.8294Z' },
    ]);
  });
});

describe('volume', () => {
  it('asks for tickers 30 at a time, and equals a calculation of its own from the same bodies', async () => {
    const before = exchange.requests.length;
    const found = await rows('volume');
    const asked = exchange.requests.slice(before).filter((request) => request.includes('Ticker'));
    expect(asked.map((request) => request.split('%2C').length)).toEqual([30, 8]);
    const volumes = new Map(found.map(({ pair, usd_volume_24h }) => [pair, usd_volume_24h]));
    // By hand, from the bodies: quote volume times the way to USD.
    const btc = 64_525.1;
    const expected = {
      'BTC/USD': 1234.56789012 * 64_000.12345,
      'BTC/EUR': 300.5 * 59_111.1 * 1.085,
      'ETH/BTC': 800 * 0.051 * btc,
      'FAR/ETH': 5_000_000 * 0.00012 * 0.05123 * btc,
      'USD/JPY': (150_000 * 151.1) / 151.234,
      'ABC/JPY': (42_000 * 12.4) / 151.234,
      // Over EUR, which is busier than over JPY.
      'NEW/TWO': 7 * 3 * 2 * 1.085,
    };
    for (const [pair, usd] of Object.entries(expected)) {
      expect(Math.abs(Number(volumes.get(pair)) - usd)).toBeLessThan(0.005 + usd * 1e-12);
    }
    expect(volumes.get('LONE/ISLE')).toBeUndefined();
    expect(found.map(({ pair }) => pair).slice(0, 3)).toEqual(['BTC/USD', 'BTC/EUR', 'DOGE/USD']);
    const { stderr } = await ask('volume --top 1');
    expect(stderr).toContain('without a USD volume: LONE/ISLE, NEVER/ZERO');
  });

  it('saves the files of the same names', async () => {
    const saved = await ask('volume --top 500 --save');
    expect(saved.stderr).toContain('wrote kraken_top500_usd_volume.csv (simulated)');
    const top = (await read('kraken_top500_usd_volume.csv')).split('\n');
    expect(top[0]).toBe('pair,base_volume_24h,quote_volume_24h,usd_volume_24h');
    expect(top[1]).toBe('BTC/USD,1234.56789012,79012497.37508604,79012497.38');
    expect(top.at(-2)).toBe('NEVER/ZERO,0.00000000,0.00000000,');
    expect(top).toHaveLength(inventedPairs.length + 2);

    await ask('volume --save');
    expect(await read('kraken_usd_volume.csv')).toBe(top.join('\n'));
    await ask('volume --missing --save');
    const missing = JSON.parse(await read('missing_conversions.json')) as object;
    expect(Object.keys(missing)).toEqual(['missing_currencies', 'note']);
    expect(missing).toMatchObject({ missing_currencies: ['ISLE', 'ZERO'] });
  });

  it('says where a file could not be written, and leaves no half of one', async () => {
    const { code, stderr } = await ask('volume --save /nowhere');
    expect(stderr).toMatch(/ENOENT|nowhere/);
    expect(code).toBe(4);
  });
});

describe('liquidity', () => {
  it('is spread, and depth within a band around the mid', async () => {
    const [row] = await rows('liquidity btcusd --within 200 --save');
    // The mid is 100: within 2 % stand 101 and 102, 99 and 98.
    expect(row).toMatchObject({
      pair: 'BTC/USD',
      spread: '2.00',
      spread_bps: 200,
      ask_depth: '3.000',
      bid_depth: '7.000',
      bid_notional: '689',
      complete: true,
    });
    const file = await readFile(join(folder, 'kraken_pairs_liquidity.csv'), 'utf8');
    expect(file).toMatch(
      /^pair,bid,ask,spread,spread_bps,within_bps,.+\nBTC\/USD,99\.00,101\.00,2\.00,200,200,/,
    );
  });

  it('says when there may be more than it was shown', async () => {
    expect(await rows('liquidity btcusd --within 200 --count 2')).toMatchObject([
      { complete: false },
    ]);
  });
});
