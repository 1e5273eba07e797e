import type { Command, Option } from 'commander';

/** What may stand next on a command line. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * What the tree of commands offers after these words, the last of which is being typed. None means
 * that the shell may offer files.
 */
export const candidatesOf = (program: Command, words: readonly string[]): readonly Candidate[] => {
  const typed = words.at(-1) ?? '';
  const { command, pending } = walk(program, words.slice(0, -1));
  const startsRight = ({ word }: Candidate): boolean => word.startsWith(typed);
  if (pending !== undefined) {
    return (pending.argChoices ?? []).map((word) => ({ word, about: '' })).filter(startsRight);
  }
  if (typed.startsWith('-')) return optionsOf(command, program).filter(startsRight);
  const commands = command.commands
    .filter((child) => child.name() !== 'help')
    .map((child) => ({ word: child.name(), about: child.description() }));
  const choices = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((word) => ({ word, about: description })),
  );
  return [...commands, ...choices].filter(startsRight);
};

/** Down the tree; `pending` is an option that still waits for its value. */
const walk = (
  program: Command,
  words: readonly string[],
): { command: Command; pending: Option | undefined } => {
  let command = program;
  let pending: Option | undefined;
  for (const word of words) {
    if (pending !== undefined) {
      pending = undefined;
    } else if (word.startsWith('-')) {
      const known = [...command.options, ...program.options].find(
        ({ short, long }) => short === word || long === word,
      );
      if (known?.required === true && !word.includes('=')) pending = known;
    } else {
      command = command.commands.find((child) => child.name() === word) ?? command;
    }
  }
  return { command, pending };
};

const optionsOf = (command: Command, program: Command): Candidate[] =>
  [...command.options, ...(command === program ? [] : program.options)].flatMap((option) =>
    option.long === undefined || option.long === '--version'
      ? []
      : [{ word: option.long, about: option.description }],
  );
