/** Every code a {@link SandboxError} can carry. */
export type SandboxErrorCode =
  | 'ALREADY_LISTENING'
  | 'CAPTURE_EMPTY'
  | 'CAPTURE_UNREADABLE'
  | 'CLOSED'
  | 'INVALID_FAULT'
  | 'INVALID_OPTION'
  | 'LISTEN_FAILED'
  | 'NOT_LOOPBACK'
  | 'PORT_IN_USE'
  | 'UNKNOWN_SYMBOL';

/** What went wrong, where, and what to do: the message says all three. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxErrorCode;
  readonly context: Readonly<Record<string, string | number>>;

  constructor(
    code: SandboxErrorCode,
    message: string,
    context: Readonly<Record<string, string | number>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.context = Object.freeze({ ...context });
  }
}

/** True for a {@link SandboxError}, also one of another copy of this package; with `code`, of that code only. */
export function isSandboxError(error: unknown, code?: SandboxErrorCode): error is SandboxError {
  return (
    error instanceof Error &&
    error.name === 'SandboxError' &&
    (code === undefined || (error as SandboxError).code === code)
  );
}
