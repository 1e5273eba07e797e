import { assertSignedPath } from './assert-signed-path.ts';
import { encodeBase64 } from './base64.ts';
import type { Secret } from './secret.ts';
import { decodeSecret } from './secret-bytes.ts';
import { hmac, sha256, utf8 } from './web-crypto.ts';

export interface FuturesSignatureInput {
  /** As requested, with or without `/derivatives`, which is not signed; no query. */
  readonly path: string;
  /**
   * The url-encoded text exactly as sent: the body of POST and PUT, the query (without `?`) of GET
   * and DELETE, empty when there is none. The decoded form is refused since 1 October 2025.
   */
  readonly postData?: string | undefined;
  /** The `Nonce` header's value; leave it out when no such header is sent. */
  readonly nonce?: bigint | string | undefined;
}

const UNSIGNED_PREFIX = '/derivatives';

/**
 * The `Authent` header of a Futures request: base64 of
 * `HMAC-SHA512(base64decode(secret), SHA256(postData ‖ nonce ‖ path))`.
 *
 * @see https://docs.kraken.com/api/docs/guides/futures-rest
 * @throws AuthError `INVALID_PATH`, `INVALID_SECRET`, `CRYPTO_UNAVAILABLE`
 */
export async function signFutures(secret: Secret, input: FuturesSignatureInput): Promise<string> {
  const { path, postData = '', nonce = '' } = input;
  assertSignedPath(path);
  const signed = path.startsWith(`${UNSIGNED_PREFIX}/`) ? path.slice(UNSIGNED_PREFIX.length) : path;
  return signText(secret, `${postData}${nonce}${signed}`);
}

/**
 * The `signed_challenge` of the Futures WebSocket v1, from the text that the server answered to
 * `{"event":"challenge","api_key":…}`. A challenge belongs to its connection.
 *
 * @see https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export async function signFuturesChallenge(secret: Secret, challenge: string): Promise<string> {
  return signText(secret, challenge);
}

async function signText(secret: Secret, text: string): Promise<string> {
  const key = decodeSecret(secret.expose(), 'to sign with');
  return encodeBase64(await hmac('SHA-512', key, await sha256(utf8(text))));
}
