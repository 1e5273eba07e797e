import {
  type Credentials,
  createCredentials,
  isSecret,
  type Secret,
  signFutures,
  signSpot,
} from '@kr/auth';
import { SandboxError } from '../errors.ts';
import type { Lockouts } from './lockouts.ts';
import { UsedNonces } from './used-nonces.ts';

/** A key of this sandbox. Keys of other places are refused, so none of them is ever needed here. */
export interface SandboxKey {
  readonly key: string;
  readonly secret: string | Secret;
  readonly venue?: 'spot' | 'futures' | undefined;
  /** What two-factor authentication asks for, sent as `otp` with every private request; default: nothing. */
  readonly otp?: string | undefined;
  /**
   * How far a nonce may be below the highest one and still be taken, once, in the key's own unit of
   * nonces; default 0: each must be higher than all before it.
   */
  readonly nonceWindow?: number | undefined;
}

interface KnownKey {
  readonly credentials: Credentials;
  readonly otp: string | undefined;
  readonly nonceWindow: number;
  readonly nonces: UsedNonces;
}

/** What GetApiKeyInfo tells of a key's nonces. */
export interface NonceState {
  readonly highest: bigint;
  readonly window: number;
}

export interface SpotAttempt {
  readonly path: string;
  readonly body: string;
  readonly nonce: string | undefined;
  readonly otp: string | undefined;
  readonly key: string | undefined;
  readonly signature: string | undefined;
  /** The address that it came from. */
  readonly from: string;
}

/** The keys and the nonces that each has used. */
export class KeyRing {
  readonly #keys = new Map<string, KnownKey>();
  nonceErrors = 0;

  readonly #lockouts: Lockouts;

  constructor(keys: readonly SandboxKey[], lockouts: Lockouts) {
    this.#lockouts = lockouts;
    for (const { key, secret, venue = 'spot', otp, nonceWindow = 0 } of keys) {
      if (!Number.isSafeInteger(nonceWindow) || nonceWindow < 0) {
        throw new SandboxError(
          'INVALID_OPTION',
          `the nonceWindow of ${key} is ${nonceWindow}: give a whole number from 0 on`,
        );
      }
      const text = isSecret(secret) ? secret.expose() : secret;
      const credentials = createCredentials({ key, secret: text, venue, environment: 'sandbox' });
      const nonces = new UsedNonces(BigInt(nonceWindow));
      this.#keys.set(key, { credentials, otp, nonceWindow, nonces });
    }
  }

  nonceState(key: string): NonceState {
    const known = this.#keys.get(key);
    return { highest: known?.nonces.highest ?? 0n, window: known?.nonceWindow ?? 0 };
  }

  /** Kraken's error, or `undefined` when the request is genuine and its nonce one that may be used. */
  async verifySpot(attempt: SpotAttempt): Promise<string | undefined> {
    const { path, body, nonce, otp, key = '', signature = '', from } = attempt;
    if (this.#lockouts.isOut(from)) return 'EGeneral:Temporary lockout';
    const known = this.#keys.get(key);
    const isKnown = known?.credentials.venue === 'spot';
    this.#lockouts.tell(from, isKnown);
    if (known === undefined || !isKnown) return 'EAPI:Invalid key';
    if (nonce === undefined || !/^\d{1,20}$/.test(nonce)) return this.#nonceError();
    const expected = await signSpot(known.credentials.secret, { path, nonce, body });
    if (expected !== signature) return 'EAPI:Invalid signature';
    if (known.otp !== undefined && known.otp !== otp) return 'EGeneral:Permission denied';
    return known.nonces.use(BigInt(nonce)) === undefined ? undefined : this.#nonceError();
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
