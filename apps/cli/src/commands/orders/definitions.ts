import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration, parseWhole } from '../../duration.ts';
import { examples, type Host } from '../../host.ts';
import type { AddOptions } from './add.ts';
import type { AmendOptions } from './amend.ts';
import type { BatchOptions } from './batch.ts';
import type { CancelOptions } from './cancel.ts';
import type { DeadManOptions } from './dead-man.ts';
import type { FindOptions } from './find.ts';

const parseQuantity = (text: string): string => {
  if (/^\d+(?:\.\d+)?$/.test(text)) return text;
  throw new InvalidArgumentError('Give a plain decimal, such as 0.015.');
};

/** Relative ones, too: https://docs.kraken.com/api/docs/rest-api/add-order */
const parsePrice = (text: string): string => {
  if (/^[+\-#]?\d+(?:\.\d+)?%?$/.test(text)) return text;
  throw new InvalidArgumentError('Give a plain decimal, or one relative to the market: +5, -2%.');
};

const VALIDATE = ['--validate', 'check it, and change nothing'] as const;
const ID = ['<id>', 'of the order: the exchange’s, or your own client order id'] as const;

const defineAdd = (order: Command, host: Host): void => {
  order
    .command('add')
    .description('place an order; it is checked first, and never sent twice')
    .addArgument(new Argument('<side>').choices(['buy', 'sell']))
    .argument('<volume>', 'in the base: 0.01', parseQuantity)
    .argument('<pair>', 'by any of its names')
    .addOption(
      new Option('--type <type>', 'limit with a price, market without one').choices([
        'market',
        'limit',
        'iceberg',
        'stop-loss',
        'stop-loss-limit',
        'take-profit',
        'take-profit-limit',
        'trailing-stop',
        'trailing-stop-limit',
      ]),
    )
    .option('--price <price>', 'the limit, or the trigger of stop and take-profit', parsePrice)
    .option('--price2 <price>', 'the limit of the -limit kinds of those', parsePrice)
    .option('--display <volume>', 'what an iceberg shows', parseQuantity)
    .addOption(
      new Option('--time-in-force <kind>', 'how long it rests').choices([
        'GTC',
        'IOC',
        'FOK',
        'GTD',
      ]),
    )
    .option('--expires <time>', 'of GTD: Unix seconds, or +seconds from now')
    .option('--post-only', 'only as a maker')
    .option('--reduce-only', 'only against a position')
    .option('--leverage <times>', 'on margin', parseQuantity)
    .option('--client-order-id <id>', 'yours, instead of one made here')
    .option('--deadline <time>', 'refused when it arrives later: 2s to 60s', parseDuration)
    .option('--round', 'put the price on its tick and the volume on its lot')
    .option(...VALIDATE)
    .addHelpText(
      'after',
      examples([
        ['kr order add buy 0.01 BTC/USD --price 30000', 'shows what it comes to, and asks'],
        ['kr order add sell 0.01 btcusd --yes', 'at the market, without asking'],
        [
          'kr order add buy 1 ETH/USD --price 2000.123 --round --validate',
          'a check of the exchange',
        ],
        ['kr --sandbox order add buy 0.01 BTC/USD --price 30000', 'a rehearsal'],
      ]),
    )
    .action(
      host.action<[string, string, string], AddOptions>(
        async () => (await import('./add.ts')).addOrder,
      ),
    );
};

const defineChanges = (order: Command, host: Host): void => {
  order
    .command('amend')
    .description('change an order in its place')
    .argument(...ID)
    .option('--price <price>', 'the new limit', parsePrice)
    .option('--volume <volume>', 'the new volume', parseQuantity)
    .option('--display <volume>', 'what an iceberg shows', parseQuantity)
    .option('--trigger <price>', 'the new trigger', parsePrice)
    .option('--post-only', 'only if it stays a maker')
    .option(...VALIDATE)
    .addHelpText('after', examples([['kr order amend OQCLML-BW3P3-BUCMWZ --price 30100', '']]))
    .action(
      host.action<[string], AmendOptions>(async () => (await import('./amend.ts')).amendOrder),
    );
  order
    .command('cancel')
    .description('cancel orders')
    .argument('<ids...>', 'the exchange’s, or your own client order ids')
    .option(...VALIDATE)
    .addHelpText('after', examples([['kr order cancel OQCLML-BW3P3-BUCMWZ', '']]))
    .action(
      host.action<[string[]], CancelOptions>(
        async () => (await import('./cancel.ts')).cancelOrders,
      ),
    );
  order
    .command('cancel-all')
    .description('cancel every open order')
    .option(...VALIDATE)
    .addHelpText('after', examples([['kr order cancel-all --yes', '']]))
    .action(host.action<[], CancelOptions>(async () => (await import('./cancel.ts')).cancelAll));
};

/** `kr order …`: everything that changes an order, and the way to find out about one. */
export const order = {
  define: (command: Command, host: Host): void => {
    command.addHelpText(
      'after',
      examples([
        ['kr order add buy 0.01 BTC/USD --price 30000', ''],
        ['kr order cancel OQCLML-BW3P3-BUCMWZ', ''],
      ]),
    );
    defineAdd(command, host);
    defineChanges(command, host);
    command
      .command('batch')
      .description('place 2 to 15 orders of one pair at once')
      .argument('<pair>', 'by any of its names')
      .argument('<file>', 'JSON: a list of orders; - for stdin')
      .option(...VALIDATE)
      .addHelpText('after', examples([['kr order batch BTC/USD orders.json', '']]))
      .action(
        host.action<[string, string], BatchOptions>(
          async () => (await import('./batch.ts')).placeBatch,
        ),
      );
    command
      .command('dead-man')
      .description('cancel every order unless this is renewed in time')
      .argument('<seconds>', '0 disarms it', parseWhole(0, 86_399))
      .option('--hold', 'renew it until Ctrl-C, then disarm it')
      .option(...VALIDATE)
      .addHelpText(
        'after',
        examples([
          ['kr order dead-man 60', ''],
          ['kr order dead-man 60 --hold', 'while this command runs, orders stay'],
        ]),
      )
      .action(
        host.action<[number], DeadManOptions>(
          async () => (await import('./dead-man.ts')).armDeadMan,
        ),
      );
    command
      .command('find')
      .description('what became of an order')
      .argument(...ID)
      .option('--attempts <times>', 'how often to look, a second apart', parseWhole(1, 1000), 5)
      .addHelpText(
        'after',
        examples([
          ['kr order find my-order-1', 'after an unknown outcome (exit code 8)'],
          ['kr order find OQCLML-BW3P3-BUCMWZ -o json', ''],
        ]),
      )
      .action(
        host.action<[string], FindOptions>(async () => (await import('./find.ts')).findOrder),
      );
  },
};
