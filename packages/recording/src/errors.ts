/** What went wrong, as a literal that code can switch on. */
export type RecordingErrorCode =
  /** The path does not exist. */
  | 'NOT_FOUND'
  /** Neither a journal nor NDJSON, or a file of this name that something else wrote. */
  | 'FOREIGN_FILE'
  /** A directory without a segment. */
  | 'NOT_A_RECORDING'
  /** Written by a newer version of this package. */
  | 'UNSUPPORTED_VERSION'
  /** The directory holds a recording of another source. */
  | 'SOURCE_MISMATCH'
  /** Another writer is at work on the directory. */
  | 'LOCKED'
  /** The file system refused to write, sync or create. */
  | 'WRITE_FAILED'
  /** The file system refused to read. */
  | 'READ_FAILED'
  /** A frame that the format cannot hold: too long, or a number out of range. */
  | 'INVALID_FRAME'
  /** An option out of range. */
  | 'INVALID_OPTION'
  /** Not one SELECT. */
  | 'INVALID_QUERY'
  /** The writer is closed. */
  | 'CLOSED'
  /** Stored bytes are unreadable, and nobody asked to be told of damage. */
  | 'DAMAGED';

/** Where it went wrong. */
export interface RecordingErrorContext {
  readonly path?: string;
  readonly segment?: number;
  readonly offset?: number;
  readonly line?: number;
  /** The operating system's code, `ENOSPC` or `EIO` for example. */
  readonly systemCode?: string;
}

/** The one error of this package. Guard with {@link isRecordingError}, not `instanceof`. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;
  readonly context: RecordingErrorContext;

  constructor(
    code: RecordingErrorCode,
    message: string,
    context: RecordingErrorContext = {},
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.context = Object.freeze({ ...context });
  }
}

/** True for a {@link RecordingError}, also of another copy of this package; with a code, of that code. */
export function isRecordingError(
  error: unknown,
  code?: RecordingErrorCode,
): error is RecordingError {
  return (
    error instanceof Error &&
    error.name === 'RecordingError' &&
    (code === undefined || (error as RecordingError).code === code)
  );
}

/** The `code` that Node puts on an error of the operating system. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
