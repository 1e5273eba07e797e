import type { Command } from 'commander';
import { examples, type Host } from '../host.ts';

const exitCodes = `
Exit code:
  0  everything there is right, and every hole is in the gap ledger
  1  a mismatch, damage, or a hole that nobody recorded (--strict: any gap)
  2  it could not be read`;

/** `kr verify PATH`: rebuilds every book and checks every checksum again. */
export const define = (command: Command, host: Host): void => {
  command
    .argument('<path>', 'a recording (directory), a segment (.krj) or an NDJSON file')
    .option('--strict', 'fail on any gap, recorded or not')
    .addHelpText('after', exitCodes)
    .addHelpText(
      'after',
      examples([
        ['kr verify recordings/live', ''],
        ['kr verify capture.ndjson -o json', ''],
      ]),
    )
    .action(
      host.action<[string], { strict?: boolean }>(async () => {
        const { verifyPath } = await import('./verify-run.ts');
        return ({ io }, options, path) => verifyPath(path, options, io, io.interrupted);
      }),
    );
};
