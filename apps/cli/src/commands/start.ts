import { join } from 'node:path';
import type { Command } from 'commander';
import { parseDepth, parseDuration, parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import type { Io } from '../io.ts';
import type { MarketOptions } from './market.ts';

export interface StartOptions extends MarketOptions {
  readonly duration?: number;
  readonly out?: string;
  readonly depth: number;
  readonly strict?: boolean;
}

/** `kr start`: the sandbox (or Kraken itself), the recorder, one status line, and the verdict. */
export const define = (command: Command, host: Host): void => {
  command
    .option('--live [symbols...]', 'record Kraken instead of the sandbox, e.g. BTC/USD ETH/USD')
    .option('--duration <time>', 'stop by itself, e.g. 10s, 5m, 6h', parseDuration)
    .option(
      '--out <directory>',
      'the recording; one that exists is continued (default: recordings/live, or a new recordings/sandbox-<time>)',
    )
    .option('--depth <levels>', 'levels a side: 10, 25, 100, 500 or 1000', parseDepth, 10)
    .option(
      '--seed <number>',
      "the sandbox's market: the same seed, the same market",
      parseWhole(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option(
      '--rate <messages>',
      'book messages a second of the sandbox, all symbols together',
      parseWhole(1, 1_000_000),
      200,
    )
    .option(
      '--port <number>',
      "the sandbox's port on 127.0.0.1 (0: any free one)",
      parseWhole(0, 65_535),
      0,
    )
    .option('--strict', 'let the verdict fail on any gap, recorded or not')
    .addHelpText(
      'after',
      examples([
        ['kr start', "record the sandbox's market until Ctrl-C"],
        ['kr start --duration 10s', '… for ten seconds'],
        ['kr start --live BTC/USD ETH/USD', 'record Kraken'],
      ]),
    )
    .action(
      host.action<[], StartOptions>(async () => {
        const { start } = await import('./start-run.ts');
        return ({ io }, options) => start(options, io);
      }),
    );
};

/** Simulated and live data never share a recording; a simulated market is a new one each time. */
export const defaultDirectory = (io: Io, live: boolean): string => {
  if (live) return join(io.workingDirectory, 'recordings', 'live');
  const now = new Date(Number(io.clock.wallNs() / 1_000_000n)).toISOString();
  return join(
    io.workingDirectory,
    'recordings',
    `sandbox-${now.slice(0, 19).replaceAll(':', '')}Z`,
  );
};
