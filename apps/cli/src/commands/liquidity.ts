import { type Command, InvalidArgumentError } from 'commander';
import { parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import type { LiquidityOptions } from './liquidity-run.ts';

const parseBps = (text: string): string => {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return text;
  throw new InvalidArgumentError('Give hundredths of a percent, such as 50.');
};

/** `kr liquidity`: how tight and how deep each pair is. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('[pairs...]', 'those alone; all of them otherwise')
    .option('--quote <asset>', 'those that are paid with this')
    .option('--within <bps>', 'depth up to so many hundredths of a percent', parseBps, '50')
    .option('--count <levels>', 'levels a side to look at, 1 to 500', parseWhole(1, 500), 100)
    .option('--save [directory]', 'write kraken_pairs_liquidity.csv, too')
    .addHelpText(
      'after',
      examples([
        ['kr liquidity BTC/USD ETH/USD --within 10', ''],
        ['kr liquidity --quote USD --save', 'kraken_pairs_liquidity.csv'],
      ]),
    )
    .action(
      host.action<[string[]], LiquidityOptions>(
        async () => (await import('./liquidity-run.ts')).readLiquidity,
      ),
    );
};
