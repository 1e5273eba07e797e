/** Decimals are texts. A number is for what is one: a count, a flag, a user reference. */
export type SignableValue =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | readonly SignableValue[]
  | SignableParams;

/** `undefined` is left out. */
export interface SignableParams {
  readonly [name: string]: SignableValue;
}

/** A private request of Spot REST. The nonce and the one-time password are the signer's to add. */
export interface SpotSignable {
  /** `/0/private/Balance` */
  readonly path: string;
  readonly params?: SignableParams | undefined;
  /** `form` when absent. */
  readonly encoding?: 'form' | 'json' | undefined;
}

/** A private request of Futures REST. */
export interface FuturesSignable {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/derivatives/api/v3/sendorder` */
  readonly path: string;
  readonly params?: SignableParams | undefined;
  /** A body of JSON, as it is to be sent, in place of `params`. */
  readonly json?: string | undefined;
}

/** What to send, to the byte: a body that is written anew no longer fits its signature. */
export interface Signed {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Path and query: what follows the host. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** `undefined`: none was signed. */
  readonly nonce: bigint | undefined;
}

export interface SigningOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Signs requests and keeps its secret to itself: what `@kr/auth` makes, or somebody else's service. */
export interface Signer<Request> {
  sign(request: Request, options?: SigningOptions): Promise<Signed>;
  /** Signs and sends in the key's turn, so that nonces arrive in their order. */
  withSigned<T>(
    request: Request,
    send: (signed: Signed) => Promise<T>,
    options?: SigningOptions,
  ): Promise<T>;
}

/** Answers the challenge of the futures v1 socket. */
export interface ChallengeSigner {
  /** Public. */
  readonly key: string;
  signChallenge(challenge: string): Promise<string>;
}
