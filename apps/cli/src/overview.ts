import { buildProgram } from './program.ts';

const quiet = (): void => undefined;

/** What `kr --help` prints, with nothing loaded but the tree of commands. */
export const overview = async (): Promise<string> => {
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  const program = await buildProgram(undefined, { out, error: quiet }, () => false);
  program.outputHelp();
  return text;
};
