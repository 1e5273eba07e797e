/**
 * Why a recorder could not start: the exchange refused a subscription (an unknown symbol, a depth
 * that it has not). What the connection and the journal throw comes through as it is.
 */
export type RecorderErrorCode = 'SUBSCRIPTION_REJECTED';

export class RecorderError extends Error {
  override readonly name = 'RecorderError';
  readonly code: RecorderErrorCode;

  constructor(code: RecorderErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const isRecorderError = (error: unknown): error is RecorderError =>
  error instanceof Error && error.name === 'RecorderError';
