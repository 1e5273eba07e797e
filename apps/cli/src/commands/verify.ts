import { type Command, Option } from 'commander';
import type { Io } from '../io.ts';

export interface VerifyOptions {
  readonly output: 'table' | 'json';
  readonly strict?: boolean;
}

const examples = `
Exit code:
  0  everything there is right, and every hole is in the gap ledger
  1  a mismatch, damage, or a hole that nobody recorded (--strict: any gap)
  2  it could not be read

Examples:
  kr verify recordings/live
  kr verify capture.ndjson -o json`;

/** `kr verify PATH`: rebuilds every book and checks every checksum again. */
export const addVerifyCommand = (program: Command, io: Io, exit: (code: number) => void): void => {
  program
    .command('verify')
    .description('prove a recording, a segment of one, or an NDJSON file of raw frames')
    .argument('<path>', 'a recording (directory), a segment (.krj) or an NDJSON file')
    .addOption(
      new Option('-o, --output <format>', 'how to print it')
        .choices(['table', 'json'])
        .default('table'),
    )
    .option('--strict', 'fail on any gap, recorded or not')
    .addHelpText('after', examples)
    .action(async (path: string, options: VerifyOptions) => {
      const { verifyPath } = await import('./verify-run.ts');
      exit(await verifyPath(path, options, io, io.interrupted));
    });
};
