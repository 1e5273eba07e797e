import { Command, CommanderError } from 'commander';
import { addBookCommand } from './commands/book.ts';
import { addStartCommand } from './commands/start.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { isAbort, toCliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/** Every command adds itself; what it does is loaded when it is called. */
const buildProgram = (io: Io, exit: (code: number) => void): Command => {
  const program = new Command('kr')
    .description('Kraken market data that can be proved: record it, verify it, look at it.')
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(run with --help for examples)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  addStartCommand(program, io, exit);
  addVerifyCommand(program, io, exit);
  addBookCommand(program, io, exit);
  return program;
};

/** Runs one command line and answers the exit code; nothing here touches the process. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let code: number = exitCodes.ok;
  const program = buildProgram(io, (value) => {
    code = value;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // commander has printed its own words already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.invalid;
    if (io.interrupted.aborted && isAbort(error)) return exitCodes.interrupted;
    const known = toCliError(error);
    if (known === undefined) {
      const trace = error instanceof Error ? error.stack : String(error);
      io.stderr.write(`kr: this should not have happened: ${trace}\n`);
      return exitCodes.internal;
    }
    io.stderr.write(`kr: ${known.message}\n${known.hint === undefined ? '' : `  ${known.hint}\n`}`);
    return known.exitCode;
  }
};
