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

const isCliError = (error: unknown): error is CliError =>
  error instanceof Error && error.name === 'CliError';

/** The category of each code that our packages throw. */
const categoryOf: Readonly<Record<string, ErrorCategory>> = {
  // What was asked for does not exist, or cannot be had.
  NOT_FOUND: 'validation',
  NOT_A_RECORDING: 'validation',
  SOURCE_MISMATCH: 'validation',
  INVALID_OPTION: 'validation',
  INVALID_PARAMS: 'validation',
  SUBSCRIPTION_REJECTED: 'validation',
  REJECTED: 'validation',
  // What is there cannot be read.
  FOREIGN_FILE: 'parse',
  UNSUPPORTED_VERSION: 'parse',
  READ_FAILED: 'parse',
  MALFORMED_FRAME: 'parse',
  // The disk refused, or another writer has it.
  WRITE_FAILED: 'io',
  LOCKED: 'io',
  // Nobody is there.
  CONNECT_FAILED: 'network',
  CONNECTION_LOST: 'network',
  PORT_IN_USE: 'network',
  LISTEN_FAILED: 'network',
  // Somebody was.
  TIMEOUT: 'websocket',
  START_TIMEOUT: 'websocket',
  SUBSCRIPTION_FAILED: 'websocket',
  DISCONNECTED: 'websocket',
  CLOSED: 'websocket',
  LISTENER_FAILED: 'websocket',
};

/** What an operation throws that ended because of the signal it was given. */
export const isAbort = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || (error as { code?: unknown }).code === 'ABORTED';
};

/** Turns an error of one of our packages (they carry a literal `code`) into one that is printed. */
export const toCliError = (error: unknown): CliError | undefined => {
  if (isCliError(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const category = categoryOf[String((error as { code?: unknown }).code)];
  return category === undefined
    ? undefined
    : new CliError(category, error.message, undefined, error);
};
