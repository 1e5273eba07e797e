import type { Command } from 'commander';
import { parseWhole } from '../duration.ts';
import { examples, type Host } from '../host.ts';
import type { SandboxOptions } from './sandbox-run.ts';

/** `kr sandbox`: a local Kraken that `--sandbox` finds. */
export const define = (command: Command, host: Host): void => {
  command
    .option('--port <number>', 'on 127.0.0.1 (0: any free one)', parseWhole(0, 65_535), 0)
    .option(
      '--seed <number>',
      'its market: the same seed, the same market',
      parseWhole(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option(
      '--rate <messages>',
      'book messages a second, all symbols together',
      parseWhole(1, 1_000_000),
      50,
    )
    .option('--no-limits', 'let one ask as often as one likes')
    .addHelpText(
      'after',
      examples([
        ['kr sandbox', 'until Ctrl-C; in another terminal:'],
        ['kr --sandbox spot /0/private/Balance', 'talks to it, with its key'],
      ]),
    )
    .action(
      host.action<[], SandboxOptions>(async () => (await import('./sandbox-run.ts')).runSandbox),
    );
};
