import type { Command } from 'commander';
import { parseDuration } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import type { DriftOptions } from './schema/drift.ts';

/** `kr schema`: what messages and bodies look like, and whether they still do. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('[name]', 'ticker, book, AddOrder, ws/ticker-frame …; without one, all names')
    .usage('[options] [name] | drift [path]')
    .addHelpText(
      'after',
      examples([
        ['kr schema', 'every name, and the page that documents it'],
        ['kr schema ticker', 'its fields'],
        ['kr schema ticker -o json', 'JSON Schema, draft 2020-12'],
      ]),
    )
    .action(
      host.action<[string | undefined], object>(
        async () => (await import('./schema/show.ts')).showSchema,
      ),
    );
  command
    .command('drift')
    .description('what differs from the schemas, in a recording or as it comes')
    .argument('[path]', 'a recording, a segment, or an NDJSON file')
    .option('--feeds <symbols...>', 'as they come: ticker, trades, ohlc, book of these')
    .option('--duration <time>', 'of --feeds', parseDuration, 10_000)
    .addHelpText(
      'after',
      `
Exit code: 0 everything is as documented, 1 something is not.`,
    )
    .addHelpText(
      'after',
      examples([
        ['kr schema drift recordings/live', ''],
        ['kr schema drift --feeds BTC/USD --duration 30s', ''],
      ]),
    )
    .action(
      host.action<[string | undefined], DriftOptions>(
        async () => (await import('./schema/drift.ts')).reportDrift,
      ),
    );
};
