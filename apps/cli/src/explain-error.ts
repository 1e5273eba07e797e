import type { RestError } from '@kr/rest';
import type { ErrorCategory as SharedCategory } from '@kr/schemas/shared';
import { CliError, type ErrorCategory, isCliError } from './errors.ts';

/** The category of each code that our packages throw; REST errors carry theirs with them. */
const categoryOfCode: Readonly<Record<string, ErrorCategory>> = {
  // What was asked for does not exist, or cannot be had.
  NOT_FOUND: 'validation',
  NOT_A_RECORDING: 'validation',
  SOURCE_MISMATCH: 'validation',
  INVALID_OPTION: 'validation',
  INVALID_PARAMS: 'validation',
  INVALID_QUERY: 'validation',
  SUBSCRIPTION_REJECTED: 'validation',
  REJECTED: 'validation',
  // What is there cannot be read.
  FOREIGN_FILE: 'parse',
  UNSUPPORTED_VERSION: 'parse',
  READ_FAILED: 'parse',
  DAMAGED: 'parse',
  INVALID_FRAME: 'parse',
  MALFORMED_FRAME: 'parse',
  INVALID_LEVEL: 'parse',
  MALFORMED_JSON: 'parse',
  INVALID_MESSAGE: 'parse',
  CAPTURE_UNREADABLE: 'parse',
  CAPTURE_EMPTY: 'parse',
  // The disk refused, or another writer has it.
  WRITE_FAILED: 'io',
  LOCKED: 'io',
  INVALID_CONFIG: 'config',
  INVALID_SYMBOLS: 'validation',
  NO_CREDENTIALS: 'config',
  NONCE_STORE_FAILED: 'io',
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
  NOT_OPEN: 'websocket',
  SEND_OVERFLOW: 'websocket',
  QUEUE_OVERFLOW: 'websocket',
  NO_TOKEN: 'auth',
  // Files and disks, by the system's own codes.
  ENOSPC: 'io',
  EDQUOT: 'io',
  EROFS: 'io',
  EACCES: 'io',
  EPERM: 'io',
  EISDIR: 'io',
  ENOTDIR: 'io',
  ENOENT: 'io',
  EIO: 'io',
};

/** Of a failure in the words that all packages share. */
export const categoryOfKind: Readonly<Record<SharedCategory, ErrorCategory>> = {
  exchange: 'api',
  unavailable: 'api',
  auth: 'auth',
  rateLimit: 'rate_limit',
  network: 'network',
  validation: 'validation',
  config: 'config',
  protocol: 'parse',
  io: 'io',
  integrity: 'parse',
};

/** Turns an error of one of our packages into one that is printed; `undefined`: a fault of ours. */
export const explainError = (error: unknown): CliError | undefined => {
  if (isCliError(error)) return error;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'RestError') return ofRest(error as RestError);
  const code = String((error as { code?: unknown }).code);
  // A socket had no token because REST gave none: that is what to tell.
  const reason = code === 'NO_TOKEN' ? explainError(error.cause) : undefined;
  if (reason !== undefined) return reason;
  // Credentials that cannot be used are a setting; the exchange was not asked.
  const fallback = error.name === 'AuthError' ? 'config' : undefined;
  const category = categoryOfCode[code] ?? (isOfFile(error) ? 'io' : fallback);
  return category === undefined
    ? undefined
    : new CliError(category, error.message, { cause: error, code });
};

/** What the system says of a file, whichever of its many codes it is. */
const isOfFile = (error: Error): boolean =>
  'errno' in error && 'path' in error && typeof (error as { path?: unknown }).path === 'string';

const ofRest = (error: RestError): CliError => {
  const what = error.message.slice(0, -error.advice.length).trimEnd();
  const outcomeUnknown = error.effect === 'unknown';
  return new CliError(categoryOfKind[error.category], what, {
    cause: error,
    code: error.code,
    retryable: error.retryable,
    outcomeUnknown,
    hint: error.code === 'NO_SIGNER' ? NO_KEY_HINT : error.advice,
  });
};

/** What to do where a key is needed and none was found. */
export const NO_KEY_HINT =
  'Set KRAKEN_API_KEY and KRAKEN_API_SECRET, or give --key-file or --profile; or rehearse with --sandbox.';
