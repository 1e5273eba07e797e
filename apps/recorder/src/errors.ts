/** Why a recorder could not start. What the connection and the journal throw comes through as it is. */
export type RecorderErrorCode =
  /** The settings are wrong; each line of the message names a place and says what to do. */
  | 'INVALID_CONFIG'
  /** A list of symbols could not be read, or came out empty. */
  | 'INVALID_SYMBOLS'
  /** A feed is private, and there is no key. */
  | 'NO_CREDENTIALS'
  /** Metrics cannot be served there. */
  | 'PORT_IN_USE'
  /** The process that derives and verifies failed. */
  | 'UPKEEP_FAILED'
  /** The exchange refused a subscription: an unknown symbol, a depth that it has not. */
  | 'SUBSCRIPTION_REJECTED'
  /** A subscription was not acknowledged. */
  | 'SUBSCRIPTION_FAILED'
  /** The exchange takes connections and acknowledges nothing. */
  | 'START_TIMEOUT';

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

/** What a log, or a person, is told of an error. */
export const errorFacts = (error: unknown): { code?: string; err: string } => {
  if (!(error instanceof Error)) return { err: String(error) };
  const { code } = error as { code?: unknown };
  return { ...(typeof code === 'string' ? { code } : {}), err: error.message };
};
