import type { FuturesSignable, Signer, SpotSignable } from '@kr/schemas/shared';

/** A private request without its credentials. */
export type RequestToSign = FuturesSignable & SpotSignable;

/**
 * Signs without giving its secret away; `createSpotSigner` and `createFuturesSigner` of `@kr/auth`
 * make one. `send` runs in the key's turn, so that the exchange sees nonces in order, and every call
 * has a nonce of its own.
 */
export interface RequestSigner extends Pick<Signer<RequestToSign>, 'withSigned'> {
  readonly venue?: 'spot' | 'futures' | undefined;
  /** Where its key is valid. A client refuses to send the one to the other. */
  readonly environment?: 'live' | 'sandbox' | undefined;
}
