import { errorFacts, RecorderError } from '../errors.ts';
import { type Flags, parseFlags, USAGE } from './flags.ts';
import { readConfig } from './read-config.ts';
import type { Config } from './schema.ts';

export interface Settings {
  readonly config: Config;
  /** They were only to be looked at: `--check`. */
  readonly isCheck: boolean;
}

/**
 * The settings that a command line asks for, of its flags and of the file that it names. Paths start from
 * `workingDirectory`, those in a file from the file's folder.
 *
 * @throws RecorderError `INVALID_CONFIG`: every mistake with its line, or its flag, and what to do
 */
export const readSettings = async (
  argv: readonly string[],
  workingDirectory: string,
): Promise<Settings | 'help'> => {
  const flags = parse(argv);
  if (flags === 'help') return flags;
  return { config: await readConfig(flags, workingDirectory), isCheck: flags.check };
};

const parse = (argv: readonly string[]): Flags | 'help' => {
  try {
    return parseFlags(argv);
  } catch (error) {
    throw new RecorderError('INVALID_CONFIG', `${errorFacts(error).err}\n\n${USAGE}`, error);
  }
};
