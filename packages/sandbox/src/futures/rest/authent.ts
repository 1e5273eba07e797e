import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { UsedNonces } from '../../rest/used-nonces.ts';

/** A request as its signature has it. */
export interface SignedText {
  /** As requested, without the query. */
  readonly path: string;
  /** The body, or where there is none the query. */
  readonly postData: string;
  readonly nonce: string | undefined;
  readonly signature: string;
}

/**
 * Whether a request was signed with a secret (https://docs.kraken.com/api/docs/guides/futures-rest).
 * Not by `@kr/auth`, on purpose: so each checks the other.
 */
export function isSigned(secret: string, signed: SignedText): boolean {
  const { path, postData, nonce = '', signature } = signed;
  const endpoint = path.startsWith('/derivatives/') ? path.slice('/derivatives'.length) : path;
  const digest = createHash('sha256').update(`${postData}${nonce}${endpoint}`).digest();
  const expected = createHmac('sha512', Buffer.from(secret, 'base64')).update(digest).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Nonces may overtake each other by this much (milliseconds): "out-of-order tolerated briefly". */
const TOLERANCE_MS = 10_000n;

const REFUSED = { duplicate: 'nonceDuplicate', below: 'nonceBelowThreshold' } as const;

/** The nonces that one key has used. A request without one is taken as it is. */
export class FuturesNonces {
  readonly #used = new UsedNonces(TOLERANCE_MS);

  /** Why a nonce is refused, `undefined`: it is not, and is used up. */
  refuse(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    if (!/^\d{1,20}$/.test(text)) return 'invalidArgument';
    const refused = this.#used.use(BigInt(text));
    return refused && REFUSED[refused];
  }
}
