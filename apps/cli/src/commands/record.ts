import type { Command } from 'commander';
import { parseDuration } from '../duration.ts';
import { examples, type Host } from '../host.ts';

/** Options that the recorder has, too, by the same names; their values are checked there. */
export const RECORDER_OPTIONS = [
  ['out', '<directory>', 'the recording; one that exists is continued'],
  ['symbols-file', '<file>', 'a symbol or a pattern a line'],
  ['csv', '<file:column>', 'the symbols in a column of a CSV file'],
  ['top', '<number>', 'the largest pairs by what they traded in 24 hours, in USD'],
  ['exclude', '<names>', 'none of these; patterns, too: */EUR'],
  ['channels', '<names>', 'instead of instrument, book, trade and ticker: level3,ohlc …'],
  ['depth', '<levels>', 'of book: 10, 25, 100, 500 or 1000; several: 10,100'],
  ['interval', '<minutes>', 'of ohlc: 1, 5, 15, 30, 60, 240 …'],
  ['redundancy', '<connections>', '2: the loss of either leaves no gap'],
  ['fsync-ms', '<number>', 'what a power cut may cost; default 100'],
  ['port', '<number>', '/metrics and /health on 127.0.0.1'],
] as const;

export interface RecordOptions {
  readonly settings?: string;
  readonly check?: boolean;
  readonly duration?: number;
  readonly channels?: string;
  readonly port?: string;
  readonly [name: string]: unknown;
}

/** `kr record`: the recorder, for as long as one likes. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('[symbols...]', "names and patterns: BTC/USD '*/USD'")
    .option('--settings <file>', "the recorder's settings in TOML; a flag goes before the file");
  for (const [name, value, about] of RECORDER_OPTIONS) command.option(`--${name} ${value}`, about);
  command
    .option('--duration <time>', 'stop by itself, e.g. 10m, 6h, 30d', parseDuration)
    .option('--check', 'say whether the settings are right, and stop')
    .addHelpText(
      'after',
      examples([
        ['kr record BTC/USD ETH/USD --out recordings/live', 'until Ctrl-C'],
        ['kr record --top 50 --channels book,trade --depth 100 --out top', ''],
        ['kr record --settings recorder.toml --check', 'mistakes, with their lines'],
        ['kr --sandbox record BTC/USD --out try --duration 10s', ''],
      ]),
    )
    .action(
      host.action<[string[]], RecordOptions>(async () => (await import('./record-run.ts')).record),
    );
};
