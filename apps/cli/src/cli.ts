import { CommanderError } from 'commander';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { commandWords, wantsJson } from './global-options.ts';
import { createHost } from './host.ts';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';

/** Runs one command line and answers the exit code; nothing here touches the process. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let code: number = exitCodes.ok;
  let complaint = '';
  const host = createHost(io, (value) => {
    code = value;
  });
  try {
    if (argv[0] === '__complete') {
      const { complete } = await import('./completion/complete.ts');
      await complete(argv.slice(1), host);
      return exitCodes.ok;
    }
    const [first, second] = commandWords(argv);
    const wanted = first === 'help' ? second : first;
    const text = {
      out: (said: string) => void io.stdout.write(said),
      error: (said: string) => {
        complaint += said;
      },
    };
    const program = await buildProgram(host, text, ({ name }) => name === wanted);
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    const { reportError } = await import('./report-error.ts');
    const known = error instanceof CommanderError ? askedWrongly(complaint, error) : error;
    return reportError(known, wantsJson(argv), io);
  }
};

/** commander's own words: the error, and a suggestion where it has one. */
const askedWrongly = (complaint: string, error: CommanderError): CliError => {
  const [what = error.message, ...more] = complaint.trim().split('\n');
  const suggestion = more.map((line) => line.replace(/^\((.*)\)$/, '$1')).join('\n');
  return new CliError('validation', what.replace(/^error: /, ''), {
    hint: suggestion === '' ? 'Run it with --help for examples.' : suggestion,
    cause: error,
  });
};
