import { type Command, Option } from 'commander';
import { parseDepth, parseDuration, parseLevel3Depth, parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import { parseInterval } from './market/interval.ts';
import type { WatchName, WatchOptions } from './watch/watched.ts';

const add = (
  parent: Command,
  host: Host,
  name: WatchName,
  about: string,
  [argument, what]: readonly [string, string],
): Command => {
  const command = parent
    .command(name)
    .description(about)
    .argument(argument, what)
    .option('--count <rows>', 'so many rows', parseWhole(1, Number.MAX_SAFE_INTEGER))
    .option('--duration <time>', 'for so long, e.g. 10s, 5m, 6h', parseDuration);
  return command.action(
    host.action<[string[]], WatchOptions>(async () => {
      const { watch } = await import('./watch/watch-run.ts');
      return (session, options, names) =>
        watch(name, session, { ...options, protocol: options.protocol ?? 'v2' }, names);
    }),
  );
};

const SYMBOLS = ['<symbols...>', 'pairs by any of their names: BTC/USD xbtusd'] as const;
const protocol = (): Option =>
  new Option('--protocol <version>', 'v1 for the older socket').choices(['v1', 'v2']).default('v2');

/** `kr watch CHANNEL`: a feed as it goes on. */
export const define = (command: Command, host: Host): void => {
  command.usage('<channel> [options] [symbols...]').addHelpText(
    'after',
    examples([
      ['kr watch ticker BTC/USD ETH/USD', 'a table that goes on, until q or Ctrl-C'],
      ['kr watch trades BTC/USD --count 100 -o csv', ''],
      ['kr watch executions', 'your own orders'],
    ]),
  );
  add(command, host, 'ticker', 'best prices, last trade, 24 hours', SYMBOLS)
    .addOption(protocol())
    .addOption(
      new Option('--trigger <event>', 'a row at each trade, or each change of the best prices')
        .choices(['trades', 'bbo'])
        .default('trades'),
    )
    .option('--save [directory]', 'write kraken_ticker_history_v2.csv, too (v1: …_history.csv)')
    .option('--strict', 'end where a message is not as documented')
    .addHelpText(
      'after',
      examples([
        ['kr watch ticker BTC/USD ETH/USD', 'a table that goes on, until q or Ctrl-C'],
        ['kr watch ticker BTC/USD --count 10 | jq .last', 'NDJSON where it is piped'],
        ['kr watch ticker BTC/USD --duration 1h --save', 'kraken_ticker_history_v2.csv'],
        ['kr watch ticker XBT/USD --protocol v1 --save', 'kraken_ticker_history.csv'],
      ]),
    );
  add(command, host, 'trades', 'every public trade', SYMBOLS)
    .addOption(protocol())
    .addHelpText('after', examples([['kr watch trades BTC/USD -o csv --count 100', '']]));
  add(command, host, 'ohlc', 'the candle that runs', SYMBOLS)
    .addOption(protocol())
    .option('--interval <time>', '1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w or 15d', parseInterval, 1)
    .addHelpText('after', examples([['kr watch ohlc BTC/USD --interval 5m', '']]));
  add(command, host, 'book', 'every change of the book, with its verdict', SYMBOLS)
    .addOption(protocol())
    .option('--depth <levels>', 'levels a side: 10, 25, 100, 500 or 1000', parseDepth, 10)
    .addHelpText(
      'after',
      examples([
        ['kr watch book BTC/USD', 'the best of both sides; kr book shows a ladder'],
        ['kr watch book BTC/USD --depth 100 -o ndjson', 'bids, asks, checksum, verified'],
      ]),
    );
  add(command, host, 'level3', 'every order of the book, with its verdict; needs a key', SYMBOLS)
    .option('--depth <levels>', 'levels a side: 10, 100 or 1000', parseLevel3Depth, 10)
    .addHelpText('after', examples([['kr watch level3 BTC/USD --duration 10s', '']]));
  add(command, host, 'executions', 'your orders, and what becomes of them', [
    '[symbols...]',
    'of these pairs alone',
  ]).addHelpText('after', examples([['kr watch executions', '']]));
  add(command, host, 'balances', 'your balances, and every change of them', [
    '[assets...]',
    'of these assets alone',
  ]).addHelpText('after', examples([['kr watch balances USD BTC', '']]));
};
