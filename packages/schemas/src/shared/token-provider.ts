export interface WebSocketToken {
  /** A secret: for `params.token`, for no log. */
  readonly token: string;
  /** By then it must have been used once; from then on it lives as long as its subscription. */
  readonly expiresAtNs: bigint;
}

/** Gives a fresh token for each connection (REST `GetWebSocketsToken`, or somebody else's service). */
export type TokenProvider = (options: { readonly signal: AbortSignal }) => Promise<WebSocketToken>;
