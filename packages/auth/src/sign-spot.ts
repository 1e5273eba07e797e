import { assertSignedPath } from './assert-signed-path.ts';
import { encodeBase64 } from './base64.ts';
import type { Secret } from './secret.ts';
import { decodeSecret } from './secret-bytes.ts';
import { concat, hmac, sha256, utf8 } from './web-crypto.ts';

export interface SpotSignatureInput {
  /** From `/0/private/…` on: no host, no query. */
  readonly path: string;
  /** The value of `nonce` in the body, whether it stands there as a text or a number. */
  readonly nonce: bigint | string;
  /** The very text that is sent, form or JSON; re-serialised, it is `EAPI:Invalid signature`. */
  readonly body: string;
}

/**
 * The `API-Sign` header of a Spot request: base64 of
 * `HMAC-SHA512(base64decode(secret), path ‖ SHA256(nonce ‖ body))`.
 *
 * @see https://docs.kraken.com/api/docs/guides/spot-rest-auth
 * @throws AuthError `INVALID_PATH`, `INVALID_SECRET`, `CRYPTO_UNAVAILABLE`
 */
export async function signSpot(secret: Secret, input: SpotSignatureInput): Promise<string> {
  assertSignedPath(input.path);
  const key = decodeSecret(secret.expose(), 'to sign with');
  const digest = await sha256(utf8(`${input.nonce}${input.body}`));
  const message = concat(utf8(input.path), digest);
  return encodeBase64(await hmac('SHA-512', key, message));
}
