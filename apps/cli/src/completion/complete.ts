import { commandWords } from '../global-options.ts';
import type { Host } from '../host.ts';
import { buildProgram } from '../program.ts';
import { candidatesOf } from './candidates.ts';

const quiet = (): void => undefined;

/** What a shell's completion calls with its words: a candidate a line, and after a tab what it is. */
export const complete = async (words: readonly string[], host: Host): Promise<void> => {
  const [wanted] = commandWords(words.slice(0, -1));
  const text = { out: quiet, error: quiet };
  const program = await buildProgram(host, text, ({ name }) => name === wanted);
  const lines = candidatesOf(program, words).map(({ word, about }) => `${word}\t${about}\n`);
  await host.io.stdout.write(lines.join(''));
};
