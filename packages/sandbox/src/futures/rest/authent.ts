import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

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

/** The nonces that one key has used. A request without one is taken as it is. */
export class FuturesNonces {
  readonly #used = new Set<bigint>();
  #highest = 0n;

  /** Why a nonce is refused, `undefined`: it is not, and is used up. */
  refuse(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    if (!/^\d{1,20}$/.test(text)) return 'invalidArgument';
    const nonce = BigInt(text);
    if (this.#used.has(nonce)) return 'nonceDuplicate';
    if (nonce < this.#highest - TOLERANCE_MS) return 'nonceBelowThreshold';
    this.#used.add(nonce);
    if (nonce > this.#highest) {
      this.#highest = nonce;
      for (const old of this.#used) if (old < nonce - TOLERANCE_MS) this.#used.delete(old);
    }
    return undefined;
  }
}
