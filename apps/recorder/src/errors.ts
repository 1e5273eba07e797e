/** Why a recorder could not start, or had to stop. */
export type RecorderErrorCode =
  /** The exchange refused a subscription at the start (an unknown symbol, a depth it has not). */
  | 'SUBSCRIPTION_REJECTED'
  /** The connection is down for good: a terminal close, or nothing there at the start. */
  | 'CONNECTION_LOST';

export class RecorderError extends Error {
  override readonly name = 'RecorderError';
  readonly code: RecorderErrorCode;

  constructor(code: RecorderErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export const isRecorderError = (error: unknown): error is RecorderError =>
  error instanceof Error && error.name === 'RecorderError';
