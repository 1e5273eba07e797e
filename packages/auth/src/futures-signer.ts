import { AuthError } from './auth-error.ts';
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
  /**
   * A body of JSON for POST and PUT, as text, in place of `params`: the offers of RFQs take one, with
   * raw numbers that no form has. It is sent as it stands.
   */
  readonly json?: string | undefined;
}

export interface FuturesSignerOptions {
  readonly credentials: Credentials;
  /** Futures takes requests without a nonce; with one, it refuses a replay. Use `unit: 'ms'`. */
  readonly nonces?: NonceSource | undefined;
  /**
   * What `Authent` covers of a JSON body, for no page says it and no vector shows it. The pages say
   * that `postData` is the body as it is sent, so that is the default; `() => ''` leaves the body out,
   * `encodeURIComponent` url-encodes it, if Kraken should answer `authenticationError`.
   *
   * @defaultValue the text itself
   */
  readonly postDataOfJson?: ((json: string) => string) | undefined;
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

const FORM = 'application/x-www-form-urlencoded';
const JSON_TEXT = 'application/json';

/** @throws AuthError `VENUE_MISMATCH` */
export function createFuturesSigner(options: FuturesSignerOptions): FuturesSigner {
  const { credentials, nonces, postDataOfJson = (json) => json } = options;
  const { key, secret, environment } = credentials;
  assertVenue(credentials, 'futures');

  const sign = async (request: FuturesRequest, nonce?: bigint): Promise<SignedRequest> => {
    const { method, path, params = {}, json } = request;
    const hasBody = carriesBody(method);
    const text = json ?? encodeForm(params, 'futures');
    const postData = json === undefined ? text : postDataOfJson(json);
    return new SignedRequest({
      method,
      path,
      nonce,
      ...(hasBody ? { body: text } : { query: text }),
      headers: {
        APIKey: key,
        Authent: await signFutures(secret, { path, postData, nonce }),
        ...(nonce === undefined ? {} : { Nonce: String(nonce) }),
        ...(hasBody ? { 'Content-Type': json === undefined ? FORM : JSON_TEXT } : {}),
      },
    });
  };

  return {
    venue: 'futures',
    environment,
    key,
    sign: async (request, noncing) => {
      assertOneBody(request);
      return sign(request, await nonces?.next(noncing));
    },
    withSigned: async (request, send, noncing) => {
      assertOneBody(request);
      if (nonces === undefined) return send(await sign(request));
      return nonces.withNonce(async (nonce) => send(await sign(request, nonce)), noncing);
    },
    signChallenge: (challenge) => signFuturesChallenge(secret, challenge),
  };
}

function carriesBody(method: FuturesRequest['method']): boolean {
  return method === 'POST' || method === 'PUT';
}

/** Refused before a nonce is spent on it. */
function assertOneBody({ method, json, params }: FuturesRequest): void {
  if (json === undefined || (carriesBody(method) && params === undefined)) return;
  throw new AuthError(
    'INVALID_PARAMETER',
    'A JSON body goes with POST or PUT, and in place of "params". Leave one of them out.',
    { field: 'json' },
  );
}
