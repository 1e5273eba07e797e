import type { Credentials, Environment } from './credentials.ts';
import { encodeForm, type Params } from './encode-params.ts';
import type { NonceOptions, NonceSource } from './nonce-source.ts';
import { signFutures, signFuturesChallenge } from './sign-futures.ts';
import { SignedRequest } from './signed-request.ts';
import { assertVenue } from './spot-signer.ts';

export interface FuturesRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/derivatives/api/v3/…`, `/api/history/v3/…`, … */
  readonly path: string;
  /** The body of POST and PUT, the query of GET and DELETE; an object becomes JSON text, a list repeats its key. */
  readonly params?: Params | undefined;
}

export interface FuturesSignerOptions {
  readonly credentials: Credentials;
  /** Futures takes requests without a nonce; with one, it refuses a replay. Use `unit: 'ms'`. */
  readonly nonces?: NonceSource | undefined;
}

/** Turns requests into signed ones. It holds the credentials; whoever has it needs no secret. */
export interface FuturesSigner {
  readonly venue: 'futures';
  readonly environment: Environment;
  /** Public, and part of every private subscription. */
  readonly key: string;
  sign(request: FuturesRequest, options?: NonceOptions): Promise<SignedRequest>;
  /** Signs and runs `send` in the key's turn, where there are nonces. */
  withSigned<T>(
    request: FuturesRequest,
    send: (signed: SignedRequest) => Promise<T>,
    options?: NonceOptions,
  ): Promise<T>;
  /** The `signed_challenge` of the WebSocket's `challenge` answer. */
  signChallenge(challenge: string): Promise<string>;
}

/** @throws AuthError `VENUE_MISMATCH` */
export function createFuturesSigner(options: FuturesSignerOptions): FuturesSigner {
  const { credentials, nonces } = options;
  const { key, secret, environment } = credentials;
  assertVenue(credentials, 'futures');

  const sign = async (request: FuturesRequest, nonce?: bigint): Promise<SignedRequest> => {
    const { method, path, params = {} } = request;
    const postData = encodeForm(params, 'futures');
    const hasBody = method === 'POST' || method === 'PUT';
    return new SignedRequest({
      method,
      path,
      nonce,
      ...(hasBody ? { body: postData } : { query: postData }),
      headers: {
        APIKey: key,
        Authent: await signFutures(secret, { path, postData, nonce }),
        ...(nonce === undefined ? {} : { Nonce: String(nonce) }),
        ...(hasBody ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      },
    });
  };

  return {
    venue: 'futures',
    environment,
    key,
    sign: async (request, noncing) => sign(request, await nonces?.next(noncing)),
    withSigned: async (request, send, noncing) => {
      if (nonces === undefined) return send(await sign(request));
      return nonces.withNonce(async (nonce) => send(await sign(request, nonce)), noncing);
    },
    signChallenge: (challenge) => signFuturesChallenge(secret, challenge),
  };
}
