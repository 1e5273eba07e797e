import { createHash } from 'node:crypto';

/** A key pair of a sandbox, for its REST side and for a client. */
export interface FakeKey {
  /** `sandbox-` and so on, 56 characters as the exchange's are. */
  readonly key: string;
  /** Base64 of 64 bytes, as the exchange's are, which begin with the words that it is none. */
  readonly secret: string;
}

const KEY_LENGTH = 56;
const SECRET_BYTES = 64;
const MARK = 'sandbox-';
/** 24 bytes: base64 of them is 32 characters, the same in every secret. */
const SECRET_MARK = 'kr sandbox, no secret.. ';

/** A key that works with every client and is told at sight from one of the exchange; the same for the same name. */
export function createSandboxKey(name = 'default'): FakeKey {
  const digest = createHash('sha512').update(name).digest();
  const readable = `${MARK}${name.replaceAll(/[^A-Za-z0-9]/g, '-').slice(0, 24)}-`;
  const key = (readable + digest.toString('hex')).slice(0, KEY_LENGTH);
  const filler = digest.subarray(0, SECRET_BYTES - SECRET_MARK.length);
  return { key, secret: Buffer.concat([Buffer.from(SECRET_MARK), filler]).toString('base64') };
}

/**
 * True for what has the form of a key of the exchange and says nothing of a sandbox: 56 characters of base64.
 * Other forms cannot be told from a name that somebody made up for a test.
 */
export function looksLive(key: string): boolean {
  return /^[A-Za-z0-9+/]{56}$/.test(key) && !key.toLowerCase().startsWith('sandbox');
}
