import type { Params } from '../protocol/protocol.ts';

/** Proves to one socket after another whose they are. */
export interface Authorizer {
  /**
   * What requests about private things carry besides.
   *
   * @throws WsError `NO_TOKEN`
   */
  params(): Promise<Params>;
  /** The exchange refused a request that carried these: the next asks anew. */
  handleRefused(params: Params): void;
  /** The socket is gone, and what it was shown with it. */
  forget(): void;
}
