import { exitCodes } from './exit-codes.ts';

/** What a script may route on; the message is for people. */
export type ErrorCategory = 'validation' | 'network' | 'websocket' | 'io' | 'parse';

const codeOf: Record<ErrorCategory, number> = {
  validation: exitCodes.invalid,
  parse: exitCodes.invalid,
  network: exitCodes.network,
  websocket: exitCodes.network,
  io: exitCodes.io,
};

/** A failure that is explained: `message` says what and where, `hint` what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly category: ErrorCategory;
  readonly hint: string | undefined;

  constructor(category: ErrorCategory, message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.category = category;
    this.hint = hint;
  }

  get exitCode(): number {
    return codeOf[this.category];
  }
}

export const isCliError = (error: unknown): error is CliError =>
  error instanceof Error && error.name === 'CliError';

/** The category of an error that one of our packages threw, told by its literal code. */
const categoryOf = (code: string): ErrorCategory => {
  if (/^(ENOSPC|EIO|EACCES|EPERM|EROFS|EMFILE|EDQUOT)$|^(IO|LOCKED|WRITE)/.test(code)) return 'io';
  if (/MALFORMED|FOREIGN|UNREADABLE|FORMAT/.test(code)) return 'parse';
  if (/REJECTED|UNKNOWN_SYMBOL|INVALID|NOT_FOUND|ENOENT|ENOTDIR|EISDIR/.test(code)) {
    return 'validation';
  }
  if (/CLOSED|TIMEOUT|PROTOCOL|REQUEST/.test(code)) return 'websocket';
  return 'network';
};

/** Turns an error of one of our packages (they carry a literal `code`) into one that is printed. */
export const toCliError = (error: unknown): CliError | undefined => {
  if (isCliError(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  return new CliError(categoryOf(code), error.message, undefined, error);
};
