import { exitCodes } from './exit-codes.ts';

/** What a script may route on, the same words as Kraken's own command line; the message is for people. */
export type ErrorCategory =
  | 'api'
  | 'auth'
  | 'network'
  | 'rate_limit'
  | 'validation'
  | 'config'
  | 'websocket'
  | 'io'
  | 'parse';

const exitCodeOf: Readonly<Record<ErrorCategory, number>> = {
  api: exitCodes.refused,
  auth: exitCodes.auth,
  network: exitCodes.network,
  rate_limit: exitCodes.rateLimit,
  validation: exitCodes.invalid,
  config: exitCodes.invalid,
  websocket: exitCodes.network,
  io: exitCodes.io,
  parse: exitCodes.invalid,
};

export interface CliErrorDetails {
  /** What to do. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** The literal code of the package it came from. */
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** It was sent, and there is no verdict. */
  readonly outcomeUnknown?: boolean | undefined;
  /** What a script needs to go on: a client order id. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** A failure that is explained: `message` says what and where, the hint what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly category: ErrorCategory;
  readonly details: CliErrorDetails;

  constructor(category: ErrorCategory, message: string, details: CliErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.category = category;
    this.details = details;
  }

  get exitCode(): number {
    return this.details.outcomeUnknown === true ? exitCodes.unknown : exitCodeOf[this.category];
  }
}

/** By name: a second copy of this module matches, too. */
export const isCliError = (error: unknown): error is CliError =>
  error instanceof Error && error.name === 'CliError';

/** What an operation throws that ended because of the signal it was given. */
export const isAbort = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || (error as { code?: unknown }).code === 'ABORTED';
};
