import { type Command, Option } from 'commander';
import { parseWhole } from '../../duration.ts';
import { examples, type Host } from '../../host.ts';
import { parseMoment } from '../../times.ts';
import type { LedgersOptions } from './ledgers.ts';
import type { HistoryOptions } from './orders.ts';

/** What every history takes. */
const addHistoryOptions = (command: Command): Command =>
  command
    .option('--limit <rows>', 'the newest so many', parseWhole(1, 1_000_000), 50)
    .option('--all', 'every one there is')
    .option('--since <time>', 'a date, Unix seconds, or how long ago', parseMoment)
    .option('--until <time>', 'a date, Unix seconds, or how long ago', parseMoment);

export const balance = {
  define: (command: Command, host: Host): void => {
    command
      .addHelpText(
        'after',
        examples([
          ['kr balance', 'what there is, what orders hold, and what is free'],
          ['kr --sandbox balance -o json', ''],
        ]),
      )
      .action(host.action<[], object>(async () => (await import('./balance.ts')).readBalance));
  },
};

export const positions = {
  define: (command: Command, host: Host): void => {
    command
      .addHelpText(
        'after',
        examples([['kr positions', 'open margin positions, with their profit']]),
      )
      .action(host.action<[], object>(async () => (await import('./positions.ts')).readPositions));
  },
};

export const ledgers = {
  define: (command: Command, host: Host): void => {
    addHistoryOptions(command)
      .option('--asset <asset>', 'of this alone: BTC, USD')
      .addOption(
        new Option('--type <type>', 'of this kind alone').choices([
          'trade',
          'deposit',
          'withdrawal',
          'transfer',
          'margin',
          'rollover',
          'settled',
          'staking',
        ]),
      )
      .addHelpText(
        'after',
        examples([
          ['kr ledgers', 'the newest 50'],
          ['kr ledgers --asset USD --since 30d --all -o csv', ''],
        ]),
      )
      .action(
        host.action<[], LedgersOptions>(async () => (await import('./ledgers.ts')).readLedgers),
      );
  },
};

export const orders = {
  define: (command: Command, host: Host): void => {
    command
      .command('open')
      .description('the orders that rest, the newest first')
      .addHelpText('after', examples([['kr orders open', '']]))
      .action(host.action<[], object>(async () => (await import('./orders.ts')).readOpenOrders));
    addHistoryOptions(command.command('closed').description('filled, cancelled and expired ones'))
      .addHelpText('after', examples([['kr orders closed --since 1d -o json', '']]))
      .action(
        host.action<[], HistoryOptions>(async () => (await import('./orders.ts')).readClosedOrders),
      );
    command.addHelpText(
      'after',
      examples([
        ['kr orders open', ''],
        ['kr orders closed', ''],
      ]),
    );
  },
};

/** `kr trades mine`, below the public `kr trades`. */
export const addTradesMine = (trades: Command, host: Host): void => {
  addHistoryOptions(trades.command('mine').description('your own fills, the newest first'))
    .addHelpText(
      'after',
      examples([
        ['kr trades mine', 'the newest 50'],
        ['kr trades mine --since 7d --all -o ndjson', ''],
      ]),
    )
    .action(host.action<[], HistoryOptions>(async () => (await import('./orders.ts')).readFills));
};
