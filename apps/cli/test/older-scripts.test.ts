import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnMarket, openOwnMarket } from './own-market.ts';
import { kr } from './terminal.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// The README's table of what scripts used to do: each command as it stands there, against a sandbox.
const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
const rows = [
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

let market: OwnMarket;
let folder: string;
beforeAll(async () => {
  market = await openOwnMarket();
  folder = await mkdtemp(join(tmpdir(), 'kr-older-'));
});
afterAll(async () => {
  await market.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the older scripts', () => {
  it('are all in the table', () => {
    expect(rows.map(([script]) => script)).toEqual([
      ...['list_all_pairs', 'simple_data', 'simple_query', 'get_volume_all_pairs'],
      ...['find_missing_conversions', 'query_live_data', 'query_live_data_v2'],
      ...['query_live_data_v2_validated', 'krakenwsorderbookasync'],
    ]);
  });

  it.each(rows)('%s is kr %s', async (_script, command, file) => {
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
