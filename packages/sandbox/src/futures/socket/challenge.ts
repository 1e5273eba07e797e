import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a challenge was signed with a secret: base64 of HMAC-SHA512(base64decode(secret),
 * SHA256(challenge)), https://docs.kraken.com/api/docs/guides/futures-websockets. Not by `@kr/auth`,
 * on purpose: so each checks the other.
 */
export function isSignedChallenge(secret: string, challenge: string, signed: string): boolean {
  const digest = createHash('sha256').update(challenge).digest();
  const expected = createHmac('sha512', Buffer.from(secret, 'base64')).update(digest).digest();
  const given = Buffer.from(signed, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
