import { AuthError } from './auth-error.ts';
import { decodeBase64, explainMalformedBase64 } from './base64.ts';
import { isSecret, Secret } from './secret.ts';
import { decodeSecret } from './secret-bytes.ts';

/** Spot and Futures have keys of their own. The Unified WebSocket takes Spot keys. */
export type Venue = 'spot' | 'futures';

/** Where the key belongs: a key of a local exchange must never reach the real one, nor the reverse. */
export type Environment = 'live' | 'sandbox';

/** Checked, and safe to print. */
export interface Credentials {
  readonly venue: Venue;
  readonly environment: Environment;
  /** The public half, as it stands in the request's header. */
  readonly key: string;
  readonly secret: Secret;
}

export interface CredentialsInput {
  readonly key: string;
  /** Kraken's "private key": base64. */
  readonly secret: string | Secret;
  /** @defaultValue `'spot'` */
  readonly venue?: Venue | undefined;
  /** @defaultValue `'live'` */
  readonly environment?: Environment | undefined;
}

/** How the two halves are called where they came from. */
export interface CredentialNames {
  readonly key: string;
  readonly secret: string;
}

const VENUES: readonly Venue[] = ['spot', 'futures'];
const ENVIRONMENTS: readonly Environment[] = ['live', 'sandbox'];

/** Kraken's secrets have 64 bytes: 88 characters of base64. */
const SECRET_BYTES = 64;
/** Half of that is still a key nobody guesses; a placeholder or a password is shorter. */
const MIN_SECRET_BYTES = 32;
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/**
 * Credentials from values in hand.
 *
 * @throws AuthError `INVALID_KEY`, `INVALID_SECRET`, `SWAPPED_CREDENTIALS`, and `INVALID_PARAMETER`
 * for another venue or environment; none shows a value
 */
export function createCredentials(input: CredentialsInput): Credentials {
  return checkCredentials(input, { key: 'the "key" field', secret: 'the "secret" field' });
}

/** {@link createCredentials} with the names that its errors use. */
export function checkCredentials(input: CredentialsInput, names: CredentialNames): Credentials {
  const { key, venue = 'spot', environment = 'live' } = input;
  assertOneOf(VENUES, venue, 'venue');
  assertOneOf(ENVIRONMENTS, environment, 'environment');
  const secret = isSecret(input.secret) ? input.secret.expose() : input.secret;
  assertText(key, names.key, 'INVALID_KEY', 'The API key');
  assertText(secret, names.secret, 'INVALID_SECRET', 'The secret');
  assertNotSwapped(key, secret, names);
  assertKey(key, names.key);
  assertSecret(secret, names.secret);
  return Object.freeze({ venue, environment, key, secret: new Secret(secret) });
}

/** Of another environment than these two, no client could tell where the key may go. */
function assertOneOf(known: readonly string[], value: string, field: string): void {
  if (known.includes(value)) return;
  const message = `The ${field} of credentials is ${known.join(' or ')}, and nothing else.`;
  throw new AuthError('INVALID_PARAMETER', message, { field });
}

function assertText(
  value: unknown,
  field: string,
  code: 'INVALID_KEY' | 'INVALID_SECRET',
  what: string,
): asserts value is string {
  if (typeof value === 'string') return;
  throw new AuthError(code, `${what} (${field}) is not a text but ${typeof value}.`, { field });
}

function assertNotSwapped(key: string, secret: string, names: CredentialNames): void {
  if (key.trim() === secret.trim() && key.trim() !== '') {
    throw new AuthError(
      'SWAPPED_CREDENTIALS',
      `The same text stands in ${names.key} and in ${names.secret}. Copy the key to the one and the private key to the other.`,
      { field: names.secret },
    );
  }
  if (secret.trim() === '') return;
  if (!isSecretShaped(key.trim()) || isSecretShaped(secret.trim())) return;
  throw new AuthError(
    'SWAPPED_CREDENTIALS',
    `What stands in ${names.key} has the shape of a secret, and what stands in ${names.secret} has not: the two are swapped.`,
    { field: names.key },
  );
}

function isSecretShaped(text: string): boolean {
  return explainMalformedBase64(text) === undefined && decodeBase64(text).length === SECRET_BYTES;
}

function assertKey(key: string, field: string): void {
  if (HEADER_TEXT.test(key)) return;
  const why =
    key.trim() === '' ? 'is empty' : 'has whitespace or a character that no header can carry';
  throw new AuthError('INVALID_KEY', `The API key (${field}) ${why}. Copy it again, whole.`, {
    field,
  });
}

function assertSecret(secret: string, field: string): void {
  const { length } = decodeSecret(secret, field);
  if (length >= MIN_SECRET_BYTES) return;
  throw new AuthError(
    'INVALID_SECRET',
    `The secret (${field}) holds ${length} bytes, and Kraken's hold ${SECRET_BYTES}: it is cut, or a placeholder.`,
    { field },
  );
}
