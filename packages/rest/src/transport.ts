/** One HTTP request, complete: nothing is added to it but the User-Agent. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `https://api.kraken.com` */
  readonly origin: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it stands: its signature fits no other. */
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** `''` when there is none. */
  readonly contentType: string;
  /** Throws when the body breaks off; leaving the loop early gives the connection up. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What carries requests: undici's, or a function of a test or of a host with rules of its own. */
export interface Transport extends AsyncDisposable {
  /**
   * Resolves with the head of the answer. It rejects with whatever it has; one that never sent the
   * request should reject with {@link NotSentError}, for every other failure counts as "perhaps sent".
   */
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Ends idle connections at once and the others when they are done. */
  close(): Promise<void>;
}

/** The request did not leave this machine. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
}
