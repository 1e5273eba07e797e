import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFlags } from './flags.ts';
import { readConfig } from './read-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-config-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const read = async (argv: readonly string[], file?: string) => {
  const path = join(folder, 'recorder.toml');
  if (file !== undefined) await writeFile(path, file);
  const flags = parseFlags(file === undefined ? argv : ['--config', path, ...argv]);
  if (flags === 'help') throw new Error('asked for help');
  return readConfig(flags, '/where');
};

const mistakes = async (argv: readonly string[], file?: string): Promise<string[]> => {
  const error = await read(argv, file).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'RecorderError', code: 'INVALID_CONFIG' });
  return (error as Error).message.replaceAll(folder, '').split('\n');
};

const feedsOf = async (protocol: string, symbol: string): Promise<unknown> =>
  (await read(['--out', 'x', '--protocol', protocol, symbol])).feeds;

describe('readConfig', () => {
  it('fills in what nobody says', async () => {
    expect(await read(['--out', 'here', 'BTC/USD'])).toEqual({
      out: '/where/here',
      source: 'live',
      protocol: 'spot-v2',
      redundancy: 1,
      journal: { fsync_ms: 100, segment_mb: 64, segment_minutes: 60 },
      symbols: { list: ['BTC/USD'], watch: true },
      feeds: [
        { channel: 'instrument' },
        { channel: 'book', depth: [10] },
        { channel: 'trade' },
        { channel: 'ticker' },
      ],
      account: {},
      log: { level: 'info' },
    });
  });

  it('resolves paths where they were written', async () => {
    const file =
      'out = "a"\n[symbols]\ncsv = { file = "b.csv", column = "c" }\n[account]\nkey_file = "d"';
    expect(await read([], file)).toMatchObject({
      out: join(folder, 'a'),
      symbols: { csv: { file: join(folder, 'b.csv') } },
      account: { key_file: join(folder, 'd') },
    });
    expect(await read(['--out', 'x', '--csv', 'y:z'], file)).toMatchObject({
      out: '/where/x',
      symbols: { csv: { file: '/where/y', column: 'z' } },
    });
  });

  it('lets flags go before the file, and symbols of flags take the place of all of its own', async () => {
    const file = [
      'out = "a"',
      'journal.segment_mb = 1',
      '[symbols]',
      'top = 5',
      'exclude = ["A/B"]',
      '[[feeds]]',
      'channel = "book"',
      'depth = 25',
      '[[feeds]]',
      'channel = "ohlc"',
    ].join('\n');
    const flags = ['--depth', '10,100', '--interval', '5', '--fsync-ms', '20', '*/EUR'];
    expect(await read(flags, file)).toMatchObject({
      journal: { fsync_ms: 20, segment_mb: 1 },
      symbols: { list: ['*/EUR'], exclude: ['A/B'] },
      feeds: [
        { channel: 'book', depth: [10, 100] },
        { channel: 'ohlc', interval: [5] },
      ],
    });
    expect((await read(flags, file)).symbols.top).toBeUndefined();
  });

  it('tells every mistake of a file with its line, its key, and what to do', async () => {
    const file = [
      'source = "paper"',
      'url = "https://ws.kraken.com"',
      'redundancy = 3',
      'colour = "blue"',
      '[symbols]',
      'list = []',
      'top = 1.5',
      '[[feeds]]',
      'channel = "bok"',
      '[[feeds]]',
      'channel = "book"',
      'depth = [10, 11]',
      '[[feeds]]',
      'channel = "instrument"',
      'depth = 10',
      '[http]',
      'port = "high"',
      '[retention]',
      'every_minutes = 5',
    ].join('\n');
    expect(await mistakes([], file)).toEqual([
      '/recorder.toml:1: out: say where the recording goes: out = "recordings/live", or --out',
      '/recorder.toml:1: source: give "live" or "sandbox"',
      '/recorder.toml:2: url: give an address that begins with wss://',
      '/recorder.toml:3: redundancy: give a number of 1, 2',
      '/recorder.toml:6: symbols.list: name at least one',
      '/recorder.toml:7: symbols.top: give a whole number from 1 to 5000',
      expect.stringMatching(
        /^\/recorder\.toml:9: feeds\[0\]\.channel: give a channel: book, level3/,
      ),
      '/recorder.toml:12: feeds[1].depth[1]: give a depth of 10, 25, 100, 500, 1000',
      expect.stringMatching(/^\/recorder\.toml:15: feeds\[2\]\.depth: there is no such setting/),
      '/recorder.toml:17: http.port: give a whole number from 0 to 65535',
      '/recorder.toml:18: retention: say what stays: keep_gb, keep_days, or both',
      expect.stringMatching(/^\/recorder\.toml:4: colour: there is no such setting/),
    ]);
  });

  it('names the flag that is wrong', async () => {
    const flags = ['--out', 'x', '--top', 'many', '--depth', '11', '--port', '70000'];
    expect(await mistakes(flags)).toEqual([
      '--top: give a whole number from 1 to 5000',
      '--depth: give a depth of 10, 25, 100, 500, 1000',
      '--port: give a whole number from 0 to 65535',
    ]);
    expect(() => parseFlags(['--csv', 'no-column'])).toThrow('--csv is "no-column"');
    expect(() => parseFlags(['--no-such-flag'])).toThrow('--no-such-flag');
  });

  it('says what is missing for what is asked', async () => {
    const file = 'out = "a"\nsource = "sandbox"\n[[feeds]]\nchannel = "trade"\n';
    expect(await mistakes([], file)).toEqual([
      '/recorder.toml:3: feeds[0]: trade needs symbols: name some, or give symbols.list, .file, .csv or .top',
      '/recorder.toml:1: url: a sandbox has no address of its own: give its url',
    ]);
  });

  it('takes the feeds of the protocol where nobody names any', async () => {
    const older = [{ channel: 'book', depth: [10] }, { channel: 'trade' }, { channel: 'ticker' }];
    expect(await feedsOf('spot-v1', 'BTC/USD')).toEqual(older);
    expect(await feedsOf('futures-v1', 'PF_XBTUSD')).toEqual(older);
    expect(await feedsOf('unified', 'PF_XBTUSD')).toEqual([{ channel: 'instrument' }, ...older]);
  });

  it('says what a protocol does not have', async () => {
    const flags = ['--out', 'x', '--channels', 'book,level3', '--redundancy', '2'];
    expect(await mistakes([...flags, '--protocol', 'futures-v1', 'PF_*'])).toEqual([
      '--channels: futures-v1 has no level3: give book, trade, ticker, ticker_lite, fills, open_orders, open_positions, balances, account_log',
      'SYMBOL: patterns and ranks choose pairs of Spot: name the contracts of futures-v1, as in PF_XBTUSD',
      '--redundancy: futures-v1 is recorded on one connection: give 1',
    ]);
    expect(await mistakes(['--out', 'x', '--protocol', 'v3', 'A/B'])).toEqual([
      '--protocol: give one of spot-v2, spot-v1, futures-v1, unified',
    ]);
  });

  it('says that a file is not there, or no TOML', async () => {
    expect(await mistakes(['--config', '/not/there.toml'])).toEqual([
      'The settings file /not/there.toml does not exist.',
    ]);
    expect(await mistakes([], 'out = "a"\nsymbols = [\n')).toEqual([
      expect.stringMatching(/^\/recorder\.toml:\d: Invalid TOML document/),
    ]);
  });
});
