import type { Command } from 'commander';
import { parseDepth } from '../duration.ts';
import { examples, type Host } from '../host.ts';

export interface BookOptions {
  readonly depth: number;
  readonly once?: boolean;
  readonly live?: boolean;
  readonly url?: string;
}

/** `kr book SYMBOL --once`: one verified ladder. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('<symbol>', "the exchange's name of the pair, e.g. BTC/USD")
    .option('--depth <levels>', 'levels a side: 10, 25, 100, 500 or 1000', parseDepth, 10)
    .option('--once', 'print one ladder and end')
    .option('--live', 'from Kraken instead of a sandbox')
    .option('--url <address>', 'from the WebSocket at this address, e.g. a running sandbox')
    .addHelpText(
      'after',
      examples([
        ['kr book BTC/USD --once', "a ladder of the sandbox's market"],
        ['kr book BTC/USD --once --live', "… of Kraken's"],
        ['kr book ETH/USD --once --depth 25 -o json', ''],
      ]),
    )
    .action(
      host.action<[string], BookOptions>(async () => {
        const { readBook } = await import('./book-run.ts');
        return ({ io }, options, symbol) => readBook(symbol, options, io);
      }),
    );
};
