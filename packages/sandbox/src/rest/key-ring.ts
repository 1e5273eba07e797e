import {
  type Credentials,
  createCredentials,
  isSecret,
  type Secret,
  signFutures,
  signSpot,
} from '@kr/auth';

/** A key of this sandbox. Keys of other places are refused, so none of them is ever needed here. */
export interface SandboxKey {
  readonly key: string;
  readonly secret: string | Secret;
  readonly venue?: 'spot' | 'futures' | undefined;
  /** What two-factor authentication would ask for, sent as `otp`. */
  readonly otp?: string | undefined;
}

interface KnownKey {
  readonly credentials: Credentials;
  readonly otp: string | undefined;
  highestNonce: bigint;
}

export interface SpotAttempt {
  readonly path: string;
  readonly body: string;
  readonly nonce: string | undefined;
  readonly otp: string | undefined;
  readonly key: string | undefined;
  readonly signature: string | undefined;
}

/** The keys and the highest nonce that each has seen. */
export class KeyRing {
  readonly #keys = new Map<string, KnownKey>();
  nonceErrors = 0;

  constructor(keys: readonly SandboxKey[]) {
    for (const { key, secret, venue = 'spot', otp } of keys) {
      const text = isSecret(secret) ? secret.expose() : secret;
      const credentials = createCredentials({ key, secret: text, venue, environment: 'sandbox' });
      this.#keys.set(key, { credentials, otp, highestNonce: 0n });
    }
  }

  highestNonce(key: string): bigint {
    return this.#keys.get(key)?.highestNonce ?? 0n;
  }

  /** Kraken's error, or `undefined` when the request is genuine and its nonce the highest so far. */
  async verifySpot(attempt: SpotAttempt): Promise<string | undefined> {
    const { path, body, nonce, otp, key = '', signature = '' } = attempt;
    const known = this.#keys.get(key);
    if (known === undefined || known.credentials.venue !== 'spot') return 'EAPI:Invalid key';
    if (nonce === undefined || !/^\d+$/.test(nonce)) return this.#nonceError();
    const expected = await signSpot(known.credentials.secret, { path, nonce, body });
    if (expected !== signature) return 'EAPI:Invalid signature';
    if (known.otp !== undefined && known.otp !== otp) return 'EGeneral:Permission denied';
    if (BigInt(nonce) <= known.highestNonce) return this.#nonceError();
    known.highestNonce = BigInt(nonce);
    return undefined;
  }

  #nonceError(): string {
    this.nonceErrors += 1;
    return 'EAPI:Invalid nonce';
  }

  /** Futures' error, or `undefined`. */
  async verifyFutures(attempt: {
    readonly path: string;
    readonly postData: string;
    readonly nonce: string | undefined;
    readonly key: string | undefined;
    readonly signature: string | undefined;
  }): Promise<string | undefined> {
    const { path, postData, nonce, key = '', signature = '' } = attempt;
    const known = this.#keys.get(key);
    if (known === undefined || known.credentials.venue !== 'futures') return 'authenticationError';
    const expected = await signFutures(known.credentials.secret, { path, postData, nonce });
    return expected === signature ? undefined : 'authenticationError';
  }
}
