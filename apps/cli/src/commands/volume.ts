import type { Command } from 'commander';
import { parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import type { VolumeOptions } from './volume-run.ts';

/** `kr volume`: what every pair traded in 24 hours, in USD. */
export const define = (command: Command, host: Host): void => {
  command
    .option('--top <pairs>', 'the largest alone', parseWhole(1, 100_000))
    .option('--missing', 'the quotes that nothing converts to USD, instead')
    .option('--save [directory]', 'write the file of the same name, too')
    .addHelpText(
      'after',
      examples([
        ['kr volume --top 20', ''],
        ['kr volume --top 500 --save', 'kraken_top500_usd_volume.csv'],
        ['kr volume --save', 'kraken_usd_volume.csv: every pair'],
        ['kr volume --missing --save', 'missing_conversions.json'],
      ]),
    )
    .action(
      host.action<[], VolumeOptions>(async () => (await import('./volume-run.ts')).readVolume),
    );
};
