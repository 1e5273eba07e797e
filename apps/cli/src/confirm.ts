import { CliError } from './errors.ts';
import type { Session } from './session.ts';

/**
 * Shows what is about to be done and asks. Without a terminal `--yes` is the answer; in the sandbox
 * as with Kraken, so that what was rehearsed is what happens.
 *
 * @throws CliError when it was not confirmed: nothing was sent
 */
export const confirm = async (summary: string, session: Session): Promise<void> => {
  const { io, options, simulated } = session;
  if (options.yes === true) return;
  if (io.ask === undefined) {
    throw new CliError('validation', `Not confirmed, nothing was sent: ${firstLine(summary)}`, {
      code: 'NOT_CONFIRMED',
      hint: 'Add --yes where nobody can be asked.',
    });
  }
  const where = simulated ? 'in the sandbox (simulated)' : 'at KRAKEN, for real';
  await io.stderr.write(`${summary.trimEnd()}\n`);
  const answer = await io.ask(`Do this ${where}? [y/N] `, io.interrupted);
  if (/^y(?:es)?$/i.test(answer.trim())) return;
  throw new CliError('validation', 'Not confirmed: nothing was sent.', { code: 'NOT_CONFIRMED' });
};

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
