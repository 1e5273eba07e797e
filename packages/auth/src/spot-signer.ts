import { AuthError } from './auth-error.ts';
import type { Credentials, Environment, Venue } from './credentials.ts';
import { encodeForm, encodeJson, type Params } from './encode-params.ts';
import type { NonceOptions, NonceSource } from './nonce-source.ts';
import { isSecret, type Secret } from './secret.ts';
import { signSpot } from './sign-spot.ts';
import { SignedRequest } from './signed-request.ts';
import type { OtpSource } from './totp.ts';

export interface SpotRequest {
  /** `/0/private/…` */
  readonly path: string;
  /** Without `nonce` and `otp`, which the signer adds. */
  readonly params?: Params | undefined;
  /** @defaultValue `'form'` */
  readonly encoding?: 'form' | 'json' | undefined;
}

export interface SpotSignerOptions {
  readonly credentials: Credentials;
  readonly nonces: NonceSource;
  /** For a key with two-factor authentication: a static password, or a {@link OtpSource}. */
  readonly otp?: Secret | OtpSource | undefined;
}

/** Turns requests into signed ones. It holds the credentials; whoever has it needs no secret. */
export interface SpotSigner {
  readonly venue: 'spot';
  readonly environment: Environment;
  /** Signs with a nonce of its own; see {@link NonceSource.next} about the order of arrival. */
  sign(request: SpotRequest, options?: NonceOptions): Promise<SignedRequest>;
  /** Signs and runs `send` in the key's turn: the exchange sees the nonces in order. */
  withSigned<T>(
    request: SpotRequest,
    send: (signed: SignedRequest) => Promise<T>,
    options?: NonceOptions,
  ): Promise<T>;
}

const CONTENT_TYPE = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
} as const;

/** @throws AuthError `VENUE_MISMATCH`, `INVALID_PARAMETER` for an `otp` that is neither of the two */
export function createSpotSigner(options: SpotSignerOptions): SpotSigner {
  const { credentials, nonces, otp } = options;
  assertVenue(credentials, 'spot');
  assertOtp(otp);

  const sign = async (request: SpotRequest, nonce: bigint): Promise<SignedRequest> => {
    const { path, params = {}, encoding = 'form' } = request;
    const code = await oneTimePassword(otp);
    // "Not given" may stand there as undefined, and would take the nonce away.
    const { nonce: _nonce, otp: _otp, ...rest } = params;
    const all: Params = { nonce, ...rest, otp: code };
    const body = encoding === 'form' ? encodeForm(all) : encodeJson(all);
    return new SignedRequest({
      method: 'POST',
      path,
      nonce,
      body,
      headers: {
        'API-Key': credentials.key,
        'API-Sign': await signSpot(credentials.secret, { path, nonce, body }),
        'Content-Type': CONTENT_TYPE[encoding],
      },
    });
  };

  return {
    venue: 'spot',
    environment: credentials.environment,
    sign: async (request, noncing) => {
      assertNoReserved(request.params);
      return sign(request, await nonces.next(noncing));
    },
    withSigned: async (request, send, noncing) => {
      assertNoReserved(request.params);
      return nonces.withNonce(async (nonce) => send(await sign(request, nonce)), noncing);
    },
  };
}

/** Without types a plain text gets here, and would be found out only as the first request is signed. */
function assertOtp(otp: SpotSignerOptions['otp']): void {
  if (
    otp === undefined ||
    isSecret(otp) ||
    typeof (otp as Partial<OtpSource> | null)?.code === 'function'
  ) {
    return;
  }
  throw new AuthError(
    'INVALID_PARAMETER',
    'What is given as "otp" is neither a Secret nor a source of codes. Give new Secret(password), or createTotp(…).',
    { field: 'otp' },
  );
}

async function oneTimePassword(otp: SpotSignerOptions['otp']): Promise<string | undefined> {
  if (otp === undefined) return undefined;
  const code = isSecret(otp) ? otp.expose() : await otp.code();
  if (typeof code === 'string' && code !== '') return code;
  throw new AuthError(
    'INVALID_PARAMETER',
    'The one-time password is empty. Look at what "otp" gives; without one the key refuses the request.',
    { field: 'otp' },
  );
}

export function assertVenue(credentials: Credentials, venue: Venue): void {
  if (credentials.venue === venue) return;
  throw new AuthError(
    'VENUE_MISMATCH',
    `These are ${credentials.venue} credentials, and ${venue} has keys of its own. Create them with venue: '${venue}'.`,
  );
}

/** Refused before a nonce is spent on it. */
function assertNoReserved(params: Params = {}): void {
  const reserved = ['nonce', 'otp'].find((name) => params[name] !== undefined);
  if (reserved === undefined) return;
  throw new AuthError(
    'INVALID_PARAMETER',
    `"${reserved}" is the signer's to add. Leave it out of "params".`,
    { field: reserved },
  );
}
