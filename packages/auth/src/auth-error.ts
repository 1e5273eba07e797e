/** What went wrong, one word each. */
export type AuthErrorCode =
  /** The API key is empty or holds characters that no header can carry. */
  | 'INVALID_KEY'
  /** The secret is empty, cut, or not base64. */
  | 'INVALID_SECRET'
  /** The secret stands where the key belongs, and the other way round. */
  | 'SWAPPED_CREDENTIALS'
  /** Only one of key and secret was given. */
  | 'INCOMPLETE_CREDENTIALS'
  /** Credentials of one venue were handed to the signer of the other. */
  | 'VENUE_MISMATCH'
  | 'KEY_FILE_NOT_FOUND'
  | 'KEY_FILE_UNREADABLE'
  /** Others than the owner may read or write the file or the directory. */
  | 'KEY_FILE_EXPOSED'
  | 'MALFORMED_KEY_FILE'
  | 'PROFILE_NOT_FOUND'
  /** The TOTP secret is not base32. */
  | 'INVALID_OTP_SECRET'
  /** The path is not what is signed: a host, a query or a fragment stands in it. */
  | 'INVALID_PATH'
  /** A parameter cannot be written without losing something. */
  | 'INVALID_PARAMETER'
  /** WebCrypto is missing: an insecure page, or a very old runtime. */
  | 'CRYPTO_UNAVAILABLE'
  /** There is no higher nonce: the key needs replacing. */
  | 'NONCE_EXHAUSTED'
  /** More callers wait for a nonce than `maxWaiting`. */
  | 'TOO_MANY_WAITING'
  /** The files that hold the nonce cannot be used. */
  | 'NONCE_STORE_FAILED'
  | 'NONCE_STORE_CLOSED';

/** Never a key, a secret, a code or a signature. */
export interface AuthErrorContext {
  /** What was looked at: `KRAKEN_API_SECRET`, `line 2`, `the "secret" field`. */
  readonly field?: string | undefined;
  readonly path?: string | undefined;
  readonly profile?: string | undefined;
  /** The names of the profiles that the file does have. */
  readonly profiles?: readonly string[] | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
}

/** The one error of this package. Route on `code`; the message is for people and shows no secret. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;
  readonly context: AuthErrorContext;

  constructor(
    code: AuthErrorCode,
    message: string,
    context: AuthErrorContext = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.context = Object.freeze(context);
  }
}

/** By name, not by `instanceof`: two copies of this package recognise each other's errors. */
export function isAuthError(value: unknown, code?: AuthErrorCode): value is AuthError {
  return (
    value instanceof Error &&
    value.name === 'AuthError' &&
    (code === undefined || (value as AuthError).code === code)
  );
}
