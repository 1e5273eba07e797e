import type { Command } from 'commander';
import { parseDepth } from '../duration.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';

export interface BookOptions {
  readonly depth: number;
  readonly once?: boolean;
  readonly live?: boolean;
  readonly url?: string;
}

const examples = `
Examples:
  kr book BTC/USD --once                a ladder of the sandbox's market
  kr book BTC/USD --once --live         … of Kraken's
  kr book ETH/USD --once --depth 25`;

/** `kr book SYMBOL --once`: one verified ladder. */
export const addBookCommand = (program: Command, io: Io, exit: (code: number) => void): void => {
  program
    .command('book')
    .description('print a ladder whose checksum was verified')
    .argument('<symbol>', "the exchange's name of the pair, e.g. BTC/USD")
    .option('--depth <levels>', 'levels a side: 10, 25, 100, 500 or 1000', parseDepth, 10)
    .option('--once', 'print one ladder and end')
    .option('--live', 'from Kraken instead of a sandbox')
    .option('--url <address>', 'from the WebSocket at this address, e.g. a running sandbox')
    .addHelpText('after', examples)
    .action(async (symbol: string, options: BookOptions) => {
      if (options.once !== true) {
        throw new CliError('validation', 'kr book prints one ladder so far.', 'Add --once.');
      }
      const { printBook } = await import('./book-run.ts');
      exit(await printBook(symbol, options, io));
    });
};
