/**
 * Credentials that never print, nonces that never repeat, and Kraken's signatures. Nothing here
 * needs Node: files are on the subpaths `./node` and `./profiles`.
 *
 * @packageDocumentation
 */
export { AuthError, type AuthErrorCode, type AuthErrorContext, isAuthError } from './auth-error.ts';
export type { Timers, WallClock } from './clock.ts';
export {
  type Credentials,
  type CredentialsInput,
  createCredentials,
  type Environment,
  type Venue,
} from './credentials.ts';
export {
  encodeForm,
  encodeJson,
  type FormStyle,
  type Params,
  type ParamValue,
} from './encode-params.ts';
export {
  explainNonceError,
  isNonceError,
  type NonceExplanation,
  type NonceFacts,
  type NonceProblem,
} from './explain-nonce.ts';
export { type Env, type FromEnvOptions, fromEnv } from './from-env.ts';
export {
  createFuturesSigner,
  type FuturesRequest,
  type FuturesSigner,
  type FuturesSignerOptions,
} from './futures-signer.ts';
export {
  createNonceSource,
  type NonceOptions,
  type NonceSource,
  type NonceSourceOptions,
} from './nonce-source.ts';
export {
  createMemoryNonceStore,
  type MemoryNonceStoreOptions,
  type NonceStore,
  type NonceTurn,
  type TakeOptions,
} from './nonce-store.ts';
export type { NonceUnit } from './nonce-unit.ts';
export { isSecret, Secret } from './secret.ts';
export { type FuturesSignatureInput, signFutures, signFuturesChallenge } from './sign-futures.ts';
export { type SpotSignatureInput, signSpot } from './sign-spot.ts';
export type { SignedRequest, SignedRequestFields } from './signed-request.ts';
export {
  createSpotSigner,
  type SpotRequest,
  type SpotSigner,
  type SpotSignerOptions,
} from './spot-signer.ts';
export { createTotp, type OtpSource, type TotpOptions } from './totp.ts';
export type { HmacHash } from './web-crypto.ts';
