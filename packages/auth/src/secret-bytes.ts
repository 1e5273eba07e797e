import { AuthError } from './auth-error.ts';
import { decodeBase64, explainMalformedBase64 } from './base64.ts';

/**
 * The bytes that sign.
 *
 * @param field What the error calls it: `the "secret" field`, `KRAKEN_API_SECRET`
 * @throws AuthError `INVALID_SECRET`
 */
export function decodeSecret(text: string, field: string): Uint8Array<ArrayBuffer> {
  const malformed = explainMalformedBase64(text);
  if (malformed === undefined) return decodeBase64(text);
  throw new AuthError(
    'INVALID_SECRET',
    `The secret (${field}) ${malformed}${malformed.endsWith('?') ? '' : '.'} Kraken shows it once, as "private key": 88 characters of base64.`,
    { field },
  );
}
