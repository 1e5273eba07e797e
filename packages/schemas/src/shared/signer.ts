/** A private request as it will be sent, without its credentials. */
export interface SignableRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the first slash: `/0/private/Balance`, `/derivatives/api/v3/sendorder`. No host, no query. */
  readonly path: string;
  /** The query string as sent, without `?`; empty when there is none. */
  readonly query: string;
  /** The body as sent, to the byte; empty when there is none. */
  readonly body: string;
  /** The one that stands in the body (Spot) or goes into a header (Futures). */
  readonly nonce: string;
}

/**
 * Signs requests without giving its secret away. Nonces rise strictly for each key, so they come
 * from here too: take one, send, then take the next.
 */
export interface Signer {
  nextNonce(): string;
  /** The one-time password of keys that are protected by one. */
  oneTimePassword?(): string | undefined;
  /** The headers to send. Asynchronous because a browser's cryptography is. */
  sign(request: SignableRequest): Promise<Readonly<Record<string, string>>>;
}

/** Answers the challenge of the futures v1 socket. */
export interface ChallengeSigner {
  readonly apiKey: string;
  signChallenge(challenge: string): Promise<string>;
}
