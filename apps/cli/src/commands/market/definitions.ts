import type { Command } from 'commander';
import { parseWhole } from '../../duration.ts';
import { examples, type Host } from '../../host.ts';
import { parseMoment } from '../../times.ts';
import { addTradesMine } from '../account/definitions.ts';
import { parseInterval } from './interval.ts';
import type { OhlcOptions } from './ohlc.ts';
import type { PairsOptions } from './pairs.ts';
import type { TradesOptions } from './trades.ts';

const PAIR = 'a pair by any of its names: BTC/USD, xbtusd, XXBTZUSD';

export const time = {
  define: (command: Command, host: Host): void => {
    command
      .addHelpText(
        'after',
        examples([
          ['kr time', ''],
          ['kr time -o json', ''],
        ]),
      )
      .action(host.action<[], object>(async () => (await import('./time.ts')).readTime));
  },
};

export const status = {
  define: (command: Command, host: Host): void => {
    command
      .addHelpText('after', examples([['kr status', 'online, maintenance, cancel_only, …']]))
      .action(host.action<[], object>(async () => (await import('./time.ts')).readStatus));
  },
};

export const assets = {
  define: (command: Command, host: Host): void => {
    command
      .argument('[assets...]', 'those alone: BTC, XBT, ZUSD')
      .addHelpText(
        'after',
        examples([
          ['kr assets', ''],
          ['kr assets BTC USD -o json', ''],
        ]),
      )
      .action(
        host.action<[string[]], object>(async () => (await import('./assets.ts')).readAssets),
      );
  },
};

export const pairs = {
  define: (command: Command, host: Host): void => {
    command
      .argument('[pairs...]', 'those alone')
      .option('--base <asset>', 'those of which this is traded')
      .option('--quote <asset>', 'those that are paid with this')
      .addHelpText(
        'after',
        examples([
          ['kr pairs', 'every pair, with its tick size and its minimums'],
          ['kr pairs --quote USD -o csv', ''],
        ]),
      )
      .action(
        host.action<[string[]], PairsOptions>(async () => (await import('./pairs.ts')).readPairs),
      );
  },
};

export const ticker = {
  define: (command: Command, host: Host): void => {
    command
      .argument('[pairs...]', 'those alone; all of them otherwise')
      .addHelpText(
        'after',
        examples([
          ['kr ticker BTC/USD ethusd', ''],
          ['kr ticker -o csv', 'every pair'],
        ]),
      )
      .action(
        host.action<[string[]], object>(async () => (await import('./ticker.ts')).readTicker),
      );
  },
};

export const ohlc = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<pair>', PAIR)
      .option('--interval <time>', '1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w or 15d', parseInterval, 1)
      .option('--since <time>', 'a date, Unix seconds, or how long ago', parseMoment)
      .addHelpText(
        'after',
        examples([
          ['kr ohlc BTC/USD --interval 1h', 'the newest 720; the last one is still running'],
          ['kr ohlc BTC/USD --since 2h -o csv', ''],
        ]),
      )
      .action(host.action<[string], OhlcOptions>(async () => (await import('./ohlc.ts')).readOhlc));
  },
};

export const depth = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<pair>', PAIR)
      .option('--count <levels>', 'levels a side, 1 to 500', parseWhole(1, 500), 10)
      .addHelpText(
        'after',
        examples([
          ['kr depth BTC/USD', 'without a checksum; kr book has one'],
          ['kr depth BTC/USD --count 500 -o json', ''],
        ]),
      )
      .action(
        host.action<[string], { count: number }>(
          async () => (await import('./depth.ts')).readDepth,
        ),
      );
  },
};

export const trades = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<pair>', PAIR)
      .option('--since <time>', 'a date, Unix seconds, or how long ago', parseMoment)
      .option('--count <trades>', '1 to 1000', parseWhole(1, 1000))
      .option('--all', 'page on until now; with --since')
      .usage('[options] <pair> | mine')
      .addHelpText(
        'after',
        examples([
          ['kr trades BTC/USD --count 20', ''],
          ['kr trades BTC/USD --since 1d --all -o ndjson', 'as they arrive'],
        ]),
      )
      .action(
        host.action<[string], TradesOptions>(async () => (await import('./trades.ts')).readTrades),
      );
    addTradesMine(command, host);
  },
};

export const spread = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<pair>', PAIR)
      .addHelpText('after', examples([['kr spread BTC/USD', 'about the newest 200']]))
      .action(host.action<[string], object>(async () => (await import('./spread.ts')).readSpread));
  },
};
