import type { Command } from 'commander';

const collect = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** What both venues take: a method, a path or an address, and parameters. */
export const addRawOptions = (command: Command): Command =>
  command
    .argument('<path...>', 'a path or an address, after its method where that is not plain')
    .option(
      '-d, --data <parameters>',
      'JSON, key=value&…, @file or @- for stdin; can be repeated',
      collect,
    );
