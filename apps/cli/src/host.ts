import type { Command } from 'commander';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import type { CommandResult } from './output/result.ts';
import type { Session } from './session.ts';

/** What a command does, once it is called. */
export type Run<Args extends readonly unknown[], Options> = (
  session: Session,
  options: Options & GlobalOptions,
  ...args: Args
) => Promise<CommandResult>;

/** What commands are defined with. */
export interface Host {
  readonly io: Io;
  /** A handler for commander: loads what the command does, runs it, prints what it found. */
  action<Args extends readonly unknown[], Options>(
    load: () => Promise<Run<Args, Options>>,
  ): (...given: unknown[]) => Promise<void>;
}

/** `exit` is told the code of a command that ran to its end. */
export const createHost = (io: Io, exit: (code: number) => void): Host => ({
  io,
  action:
    <Args extends readonly unknown[], Options>(load: () => Promise<Run<Args, Options>>) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.pop() as Command;
      given.pop();
      const options = command.optsWithGlobals<Options & GlobalOptions>();
      const [{ openSession }, { render }, run] = await Promise.all([
        import('./session.ts'),
        import('./output/render.ts'),
        load(),
      ]);
      await using session = await openSession(options, io);
      const result = await run(session, options, ...(given as unknown as Args));
      const { simulated = session.simulated } = result;
      await render(result, { format: session.settings.output, simulated }, io);
      await result.afterwards?.();
      exit(result.exitCode ?? 0);
    },
});

/** Examples for the end of a command's help, each with a word about it. */
export const examples = (lines: readonly (readonly [line: string, about: string])[]): string => {
  const width = Math.max(...lines.map(([line]) => line.length));
  const rows = lines.map(([line, about]) => `  ${line.padEnd(width)}  ${about}`.trimEnd());
  return `\nExamples:\n${rows.join('\n')}`;
};
