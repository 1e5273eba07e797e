import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { hasPseudoTerminal, krOnTerminal, screenOf } from './pseudo-terminal.ts';
import { kr, krShell } from './terminal.ts';

// Processes of their own: on a machine that is busy with other things each takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let market: OwnMarket;
let folder: string;
beforeAll(async () => {
  market = await openOwnMarket();
  folder = await mkdtemp(join(tmpdir(), 'kr-watch-'));
});
afterAll(async () => {
  await market.close();
  await rm(folder, { recursive: true, force: true });
});

const watch = (line: string, options = {}) =>
  kr(['watch', ...line.split(' ')], {
    env: { ...market.env, XDG_STATE_HOME: join(folder, 'state') },
    workingDirectory: folder,
    ...options,
  });

const rows = async (line: string) => {
  const { code, stdout, stderr } = await watch(line);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, unknown>);
};

const read = async (name: string) => (await readFile(join(folder, name), 'utf8')).split('\n');

describe('kr watch', () => {
  it.each([
    ['ticker', { symbol: 'BTC/USD', bid: expect.any(String), received_at: expect.any(String) }],
    [
      'trades',
      { symbol: 'BTC/USD', side: expect.stringMatching(/buy|sell/), quantity: expect.any(String) },
    ],
    ['ohlc', { symbol: 'BTC/USD', interval: 1, close: expect.any(String) }],
    ['book', { symbol: 'BTC/USD', verified: true, checksum: expect.any(Number) }],
    ['level3', { symbol: 'BTC/USD', verified: true, bid_orders: expect.any(Number) }],
  ])('%s prints NDJSON where it is piped, whatever the symbol is called', async (channel, row) => {
    const found = await rows(`${channel} xbtusd --count 2`);
    expect(found).toHaveLength(2);
    for (const each of found) expect(each).toMatchObject({ ...row, simulated: true });
  });

  it.each([
    ['ticker', { symbol: 'XBT/USD', opening_price: expect.any(String) }],
    ['trades', { symbol: 'XBT/USD', side: expect.stringMatching(/buy|sell/) }],
    ['ohlc', { symbol: 'XBT/USD', close: expect.any(String) }],
    ['book', { symbol: 'XBT/USD', verified: true }],
  ])('%s comes from the older socket on request', async (channel, row) => {
    const found = await rows(`${channel} BTC/USD --count 2 --protocol v1`);
    expect(found.at(-1)).toMatchObject(row);
  });

  it('shows balances, and the executions of an order that is placed meanwhile', async () => {
    const balances = await rows('balances usd --count 1');
    expect(balances).toMatchObject([{ asset: 'USD', balance: '100000.0000', type: 'snapshot' }]);
    const watching = rows('executions --count 1');
    const add = 'order add buy 0.01 BTC/USD --price 20000 --client-order-id seen --yes';
    const placed = await kr(add.split(' '), {
      env: { ...market.env, XDG_STATE_HOME: join(folder, 'state') },
    });
    expect(placed.code).toBe(0);
    expect(await watching).toMatchObject([
      { symbol: 'BTC/USD', quantity: '0.01000000', price: '20000.0', client_order_id: 'seen' },
    ]);
  });

  it('says a gap and its end on stderr, and goes on', async () => {
    market.sandbox.faults.inject({
      kind: 'cut',
      code: 1013,
      channel: 'book',
      after: { frames: 3 },
    });
    const { code, stdout, stderr } = await watch('book BTC/USD --count 12');
    expect(stderr).toMatch(/^kr: gap of BTC\/USD book since 20.+: disconnect/m);
    expect(stderr).toMatch(/^kr: gap of BTC\/USD book ended at 20/m);
    expect(stdout.trimEnd().split('\n')).toHaveLength(12);
    expect(code).toBe(0);
  });

  it('tells a row whose checksum failed, and begins that symbol anew', async () => {
    market.sandbox.faults.inject({
      kind: 'corruptChecksum',
      symbol: 'BTC/USD',
      channel: 'book',
      after: { frames: 2 },
    });
    const { stdout, stderr } = await watch('book BTC/USD --count 12');
    const verdicts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { verified: boolean }).verified);
    expect(verdicts).toContain(false);
    expect(verdicts.at(-1)).toBe(true);
    expect(stderr).toMatch(/BTC\/USD resyncing/);
  });

  it('ends at its time, and without a count Ctrl-C is the end that was meant', async () => {
    expect((await watch('ticker BTC/USD --duration 300ms')).code).toBe(0);
    const atOnce = (line: string) => {
      const stop = new AbortController();
      return watch(line, { interrupted: stop.signal, onStdout: () => stop.abort() });
    };
    expect((await atOnce('ticker BTC/USD')).code).toBe(0);
    expect((await atOnce('ticker BTC/USD --count 100000')).code).toBe(130);
  });

  it('ends quietly with the reader of its pipe', async () => {
    const { code, stdout, stderr } = await krShell(
      'set -o pipefail; kr watch book BTC/USD -o csv | head -n 3',
      { env: market.env },
    );
    expect(stdout.split('\n')[0]).toMatch(/^symbol,bid_quantity,bid,ask/);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    ['ticker BTC/UDS', 2, /no pair "BTC\/UDS"[\s\S]+Did you mean BTC\/USD/],
    ['tikcer BTC/USD', 2, /Did you mean ticker\?/],
    ['book BTC/USD --depth 11', 2, /Give one of 10, 25, 100, 500, 1000/],
    ['level3 BTC/USD --depth 25', 2, /Give one of 10, 100, 1000/],
    ['ticker BTC/USD --save /nowhere', 4, /nowhere/],
  ])('refuses %j with %i and a reason', async (line, expected, message) => {
    const { code, stdout, stderr } = await watch(line);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([expected, '']);
  });

  it.each([['watch balances'], ['watch level3 BTC/USD'], ['book BTC/USD --level3 --once']])(
    'says of %s that the key is unknown',
    async (line) => {
      const env = { ...market.env, KR_SANDBOX_API_KEY: 'nobody' };
      const { code, stdout, stderr } = await kr([...line.split(' '), '-o', 'json'], { env });
      expect(stderr).toMatch(/EAPI:Invalid key/);
      expect(JSON.parse(stdout)).toMatchObject({ error: 'auth', exit_code: 5, effect: 'none' });
      expect(code).toBe(5);
    },
  );

  it('needs a key for what is private', async () => {
    const { code, stderr } = await kr(['watch', 'balances', '--sandbox-url', market.rest]);
    expect(stderr).toMatch(/needs a key/);
    expect(code).toBe(2);
  });

  it('says that nobody is there', async () => {
    const { code, stdout } = await kr([
      'watch',
      'ticker',
      'BTC/USD',
      '--sandbox-url',
      'http://127.0.0.1:1',
      '-o',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ error: 'network', exit_code: 3 });
    expect(code).toBe(3);
  });

  it('writes the files of the older tools', async () => {
    const v2 = await watch('ticker BTC/USD ETH/USD --count 4 --strict --save');
    expect(v2.stderr).toBe('kr: wrote kraken_ticker_history_v2.csv: 4 rows (simulated)\n');
    const [head, first] = await read('kraken_ticker_history_v2.csv');
    expect(head).toBe(
      'timestamp,pair,type,bid,bid_qty,ask,ask_qty,last,volume,vwap,low,high,change,change_pct',
    );
    expect(first).toMatch(/^20[\d:.TZ-]+,BTC\/USD,snapshot,(?:-?[\d.]+,){10}-?[\d.]+$/);
    await watch('ticker BTC/USD --protocol v1 --count 2 --save');
    const v1 = await read('kraken_ticker_history.csv');
    expect(v1).toHaveLength(4);
    expect(v1[0]?.split(',')).toHaveLength(21);
    expect(v1[1]).toMatch(/^20[\d:.TZ-]+,XBT\/USD,(?:[\d.]+,){18}[\d.]+$/);
  });

  it.skipIf(!hasPseudoTerminal)('is a table that goes on, on a terminal', async () => {
    const size = { columns: 100, rows: 12 };
    const words = ['watch', 'ticker', 'BTC/USD', 'ETH/USD'];
    const { code, text } = await krOnTerminal(words, [['ETH/USD  ', 'q']], market.env, size);
    expect(code).toBe(0);
    // A screen of its own, the cursor hidden; and both given back.
    expect(text).toContain('\u001b[?1049h\u001b[?25l');
    expect(text).toContain('\u001b[?25h\u001b[?1049l');
    const shown = await screenOf(text.slice(0, text.lastIndexOf('\u001b[?25h')), size);
    expect(shown).toMatch(/^ticker BTC\/USD, ETH\/USD {2}sandbox \(simulated\) {2}\d+s · \d+ rows/);
    expect(shown).toMatch(/^BTC\/USD +[\d.]+ +[\d.]+/m);
    expect(shown).toMatch(/q quits$/);
    // What was shown last stays, below the command.
    expect(await screenOf(text, size)).toMatch(/^ticker BTC\/USD[\s\S]+^ETH\/USD +[\d.]+/m);
  });
});

// The README's table of what scripts used to do: each command as it stands there, against a sandbox.
const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
const olderScripts = [
  ...readme.matchAll(/^\| `([a-z_\d]+)` +\| `kr ([^`]+)` +\| (?:`([^`]+)`)? *\|$/gm),
].map(([, script = '', command = '', file]) => [script, command, file] as const);

const ROW = /^[^\n]+\n(?:.+\n)+$/;
/** What the file begins with, and what its rows are like. */
const FILES: Readonly<Record<string, RegExp>> = {
  'kraken_top500_usd_volume.csv':
    /^pair,base_volume_24h,quote_volume_24h,usd_volume_24h\n[A-Z]+\/USD,[\d.]+,[\d.]+,[\d.]+\n/,
  'missing_conversions.json': /^\{\n {2}"missing_currencies": \[[\s\S]*"note": "/,
  'kraken_ticker_history.csv': /^timestamp,pair,ask_price,ask_whole_lot_volume,.+\n20.+Z,XBT\/USD,/,
  'kraken_ticker_history_v2.csv':
    /^timestamp,pair,type,bid,bid_qty,ask,.+\n20.+Z,BTC\/USD,snapshot,/,
};

describe('the older scripts', () => {
  it('are all in the table', () => {
    expect(olderScripts.map(([script]) => script)).toEqual([
      ...['list_all_pairs', 'simple_data', 'simple_query', 'get_volume_all_pairs'],
      ...['find_missing_conversions', 'query_live_data', 'query_live_data_v2'],
      ...['query_live_data_v2_validated', 'krakenwsorderbookasync'],
    ]);
  });

  it.each(olderScripts)('%s is kr %s', async (_script, command, file) => {
    const isEndless = /^(?:watch|book) /.test(command);
    const words = [...command.split(' '), ...(isEndless ? ['--count', '4'] : [])];
    const env = { ...market.env, XDG_STATE_HOME: join(folder, 'state') };
    const { code, stdout, stderr } = await kr(words, { env, workingDirectory: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(ROW);
    if (file === undefined) return;
    expect(stderr).toContain(`wrote ${file}`);
    expect(await readFile(join(folder, file), 'utf8')).toMatch(FILES[file] ?? /^$/);
    await rm(join(folder, file));
  });
});
