import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration, parseWhole } from '../../duration.ts';
import { examples, type Host } from '../../host.ts';
import type { ExportOptions } from './export.ts';
import { EXPORT_FORMATS, type ExportFormat } from './formats.ts';
import type { GapsOptions } from './gaps.ts';
import type { MetricsOptions } from './metrics.ts';
import type { ReplayCommandOptions } from './replay.ts';

const RECORDING = 'a recording (directory), or a segment of one (.krj)';

const parseFormats = (text: string, before: readonly ExportFormat[]): ExportFormat[] => {
  const found = EXPORT_FORMATS.find((format) => format === text);
  if (found !== undefined) return [...before, found];
  throw new InvalidArgumentError(`Give one of ${EXPORT_FORMATS.join(', ')}.`);
};

const parseList = (text: string): string[] => text.split(',').filter((part) => part !== '');

const parseSample = (text: string): number | 'change' =>
  text === 'change' ? text : parseDuration(text);

const parseSpeed = (text: string): number | 'max' | 'step' => {
  if (text === 'max' || text === 'step') return text;
  const speed = Number(text.replace(/x$/, ''));
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new InvalidArgumentError('Give a number of times (1, 10, 0.5), max or step.');
};

export const exporting = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<path>', RECORDING)
      .addOption(
        new Option('--format <format>', `${EXPORT_FORMATS.join(', ')}; more than once for several`)
          .argParser(parseFormats)
          .default([], 'parquet'),
      )
      .option('--to <directory>', 'where to (default: parquet or export in the recording)')
      .option('--tables <names>', 'those alone: trade,book', parseList)
      .option('--sample <time>', 'books at every so much time, or "change"', parseSample)
      .option('--levels <number>', 'levels a side of a sample', parseWhole(1, 1000), 10)
      .option('--metrics <time>', 'the table of metrics, too, at every so much time', parseDuration)
      .addHelpText(
        'after',
        examples([
          ['kr export recordings/live', 'Parquet, for kr query and any DuckDB'],
          ['kr export recordings/live --format csv --to csv', 'a file a table'],
          [
            'kr export recordings/live --format known',
            'the files of older tools: L1.csv, trades.csv …',
          ],
          ['kr export recordings/live --format wide --sample 1s --levels 5', ''],
          ['kr export recordings/live --format duckdb', 'all tables in one file'],
        ]),
      )
      .action(
        host.action<[string], ExportOptions>(
          async () => (await import('./export.ts')).exportRecording,
        ),
      );
  },
};

export const metrics = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<path>', RECORDING)
      .addOption(
        new Option('--every <time>', 'a row a book at every so much time')
          .argParser(parseDuration)
          .default(1000, '1s'),
      )
      .option('--symbol <names>', 'of these alone: BTC/USD,ETH/USD', parseList)
      .addHelpText(
        'after',
        examples([
          ['kr metrics recordings/live --every 1m -o csv', 'spread, depth, imbalance …'],
          ['kr metrics recordings/live --symbol BTC/USD -o ndjson', ''],
        ]),
      )
      .action(
        host.action<[string], MetricsOptions>(
          async () => (await import('./metrics.ts')).readMetrics,
        ),
      );
  },
};

export const query = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<path>', RECORDING)
      .argument('[sql]', 'one SELECT, - for stdin; without one, the tables')
      .addHelpText(
        'after',
        examples([
          ['kr query recordings/live', 'the tables and their columns'],
          [`kr query recordings/live "SELECT symbol, count(*) FROM trade GROUP BY symbol"`, ''],
        ]),
      )
      .action(
        host.action<[string, string | undefined], object>(
          async () => (await import('./query.ts')).queryRecording,
        ),
      );
  },
};

export const gaps = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<path>', RECORDING)
      .option('--books', 'from when to when each book is not proved, instead')
      .addHelpText(
        'after',
        examples([
          ['kr gaps recordings/live', 'the gap ledger, and holes that are not in it'],
          ['kr gaps recordings/live --books -o csv', ''],
        ]),
      )
      .action(host.action<[string], GapsOptions>(async () => (await import('./gaps.ts')).readGaps));
  },
};

export const replay = {
  define: (command: Command, host: Host): void => {
    command
      .argument('<path>', 'a recording (directory), a segment (.krj) or an NDJSON file')
      .option('--speed <times>', 'of its own pace: 1, 10, 0.5, max, or step', parseSpeed, 1)
      .option('--from <time>', 'from then on: 2026-11-24T10:30:00Z')
      .option('--to <time>', 'up to then')
      .option('--count <frames>', 'so many', parseWhole(1, Number.MAX_SAFE_INTEGER))
      .option('--duration <time>', 'for so long, e.g. 10s', parseDuration)
      .option('--book <symbols>', 'ladders instead of frames: BTC/USD,ETH/USD', parseList)
      .option('--times', 'frames with when they came, as {"recv_ts_ns":…,"payload":"…"}')
      .addHelpText(
        'after',
        examples([
          ['kr replay recordings/live --speed max > frames.ndjson', 'byte for byte'],
          ['kr replay recordings/live --book BTC/USD --speed 10', 'p pauses, . steps, > < pace'],
          ['kr replay recordings/live --from 2026-11-24T10:30:00Z --count 5', ''],
        ]),
      )
      .action(
        host.action<[string], ReplayCommandOptions>(
          async () => (await import('./replay.ts')).replayRecording,
        ),
      );
  },
};
