import type { Command } from 'commander';
import { parseDepth, parseDuration, parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';

export interface BookOptions {
  readonly depth: number;
  readonly once?: boolean;
  readonly level3?: boolean;
  readonly count?: number;
  readonly duration?: number;
}

/** `kr book SYMBOL…`: verified ladders. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('<symbols...>', 'pairs by any of their names: BTC/USD xbtusd')
    .option(
      '--depth <levels>',
      'levels a side: 10, 25, 100, 500 or 1000 (of --level3 10, 100 or 1000)',
      parseDepth,
      10,
    )
    .option('--level3', 'order by order, with how many stand at each price; needs a key')
    .option('--once', 'one ladder of each, and end')
    .option('--count <changes>', 'so many of them', parseWhole(1, Number.MAX_SAFE_INTEGER))
    .option('--duration <time>', 'for so long, e.g. 10s, 5m, 6h', parseDuration)
    .addHelpText(
      'after',
      `
On a terminal: q quits, g and G make levels coarser and finer, space holds, tab shows the next.
In a pipe: NDJSON, the whole ladder after each change.`,
    )
    .addHelpText(
      'after',
      examples([
        ['kr book BTC/USD', 'a ladder that goes on, every message of it verified'],
        ['kr book BTC/USD ETH/USD --depth 25', 'side by side'],
        ['kr book BTC/USD --level3', 'with the orders at each price'],
        ['kr book ETH/USD --once -o json', ''],
        ['kr book BTC/USD | jq .spread_bps', ''],
      ]),
    )
    .action(
      host.action<[string[]], BookOptions>(async () => (await import('./book-run.ts')).readBooks),
    );
};
