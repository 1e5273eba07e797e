import { type CliError, isAbort } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import type { Io } from './io.ts';
import { createStyle } from './output/style.ts';

/** Prints what went wrong, for a person on stderr and as an envelope for a script; answers the exit code. */
export const reportError = async (error: unknown, asJson: boolean, io: Io): Promise<number> => {
  const known = explainError(error);
  // What was sent has its own exit code, however it ended.
  if (io.interrupted.aborted && isAbort(error) && known?.details.outcomeUnknown !== true) {
    return exitCodes.interrupted;
  }
  const style = createStyle(io.stderr, io.env);
  const label = style.failure('kr:');
  if (known === undefined) {
    const trace = error instanceof Error ? error.stack : String(error);
    await io.stderr.write(`${label} this should not have happened: ${trace}\n`);
    return exitCodes.internal;
  }
  const { hint } = known.details;
  await io.stderr.write(`${label} ${known.message}\n${hint === undefined ? '' : indent(hint)}`);
  if (asJson) await io.stdout.write(`${JSON.stringify(envelopeOf(known))}\n`);
  return known.exitCode;
};

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('');

/**
 * `error` and `message` are those of Kraken's own command line; the others say more. What a script
 * may rely on: `error`, `code`, `retryable`, `effect`, `exit_code`.
 */
const envelopeOf = (error: CliError): Record<string, unknown> => ({
  error: error.category,
  message: error.message,
  ...(error.details.hint === undefined ? {} : { suggestion: error.details.hint }),
  ...(error.details.code === undefined ? {} : { code: error.details.code }),
  retryable: error.details.retryable ?? false,
  effect: error.details.outcomeUnknown === true ? 'unknown' : 'none',
  exit_code: error.exitCode,
  ...error.details.context,
});
