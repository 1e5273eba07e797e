import { CliError } from './errors.ts';
import { createStyle } from './output/style.ts';
import type { Session } from './session.ts';

/**
 * Shows what is about to be done (and `more`, which is found out only for a person) and asks. Without a terminal `--yes` is the answer; in the sandbox
 * as with Kraken, so that what was rehearsed is what happens.
 *
 * @throws CliError when it was not confirmed: nothing was sent
 */
export const confirm = async (
  summary: string,
  session: Session,
  more?: () => Promise<string>,
): Promise<void> => {
  const { io, options, simulated } = session;
  if (options.yes === true) return;
  if (io.ask === undefined) {
    throw new CliError('validation', `Not confirmed, nothing was sent: ${firstLine(summary)}`, {
      code: 'NOT_CONFIRMED',
      hint: 'Add --yes where nobody can be asked.',
    });
  }
  const style = createStyle(io.stderr, io.env);
  const where = simulated
    ? style.notice('in the sandbox (simulated)')
    : style.failure('at KRAKEN, for real');
  await io.stderr.write(`${style.heading(summary.trimEnd())}\n`);
  if (more !== undefined) await io.stderr.write(`${await more()}\n`);
  const answer = await io.ask(`Do this ${where}? [y/N] `, io.interrupted);
  if (/^y(?:es)?$/i.test(answer.trim())) return;
  throw new CliError('validation', 'Not confirmed: nothing was sent.', { code: 'NOT_CONFIRMED' });
};

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
