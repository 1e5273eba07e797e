/** How a socket ended, or why it never opened. */
export type Disconnect =
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  | {
      readonly kind: 'upgrade';
      /** The HTTP status that came instead of `101 Switching Protocols`. */
      readonly status: number;
      /** What the server's `Retry-After` asked for. */
      readonly retryAfterMs?: number | undefined;
    }
  | { readonly kind: 'network'; readonly errorCode: string | undefined; readonly message: string }
  | { readonly kind: 'silence'; readonly silentMs: number }
  | { readonly kind: 'connectTimeout'; readonly timeoutMs: number };

/** 1008 is a breach of policy: the same connection would be refused again. Every other code is retried. */
const TERMINAL_CLOSE_CODE = 1008;

/** Statuses below 500 that are worth another try: 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** A certificate does not get better by asking again. */
const CERTIFICATE_ERROR = /^(?:CERT_|DEPTH_ZERO_|ERR_TLS_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Whether another attempt can help. Upgrade answers 429 and 5xx can be retried, other answers cannot
 * (400, 401, 403, 404: the same request would be refused again); close code 1008 is terminal.
 */
export function isTerminal(disconnect: Disconnect): boolean {
  switch (disconnect.kind) {
    case 'close':
      return disconnect.code === TERMINAL_CLOSE_CODE;
    case 'upgrade':
      return disconnect.status < 500 && !RETRYABLE_STATUSES.has(disconnect.status);
    case 'network':
      return CERTIFICATE_ERROR.test(disconnect.errorCode ?? '');
    case 'silence':
    case 'connectTimeout':
    default:
      return false;
  }
}

/** What happened, in words, without a full stop. */
export function describeDisconnect(disconnect: Disconnect): string {
  switch (disconnect.kind) {
    case 'close': {
      const reason = disconnect.reason === '' ? '' : ` (${disconnect.reason})`;
      return `the server closed the connection with code ${String(disconnect.code)}${reason}`;
    }
    case 'upgrade':
      return `the server answered HTTP ${String(disconnect.status)} instead of opening a WebSocket`;
    case 'network':
      return describeNetwork(disconnect.errorCode, disconnect.message);
    case 'silence':
      return `nothing was received for ${String(Math.round(disconnect.silentMs))} ms`;
    case 'connectTimeout':
    default:
      return `no connection within ${String(disconnect.timeoutMs)} ms`;
  }
}

/** What somebody can do about it, as one sentence. */
export function adviseOn(disconnect: Disconnect): string {
  switch (disconnect.kind) {
    case 'close':
      return 'Check that the address and the requests sent are allowed.';
    case 'upgrade':
      return isTerminal(disconnect)
        ? 'Check the address and that this host may use it.'
        : 'The server is busy or down: try again later.';
    case 'network':
      if (isTerminal(disconnect)) return 'Check the certificate and the address.';
      return disconnect.errorCode === 'ECONNREFUSED'
        ? 'Check that the server runs and that the port is right.'
        : 'Check the network and the address.';
    case 'silence':
    case 'connectTimeout':
    default:
      return 'Check the network and the address.';
  }
}

function describeNetwork(errorCode: string | undefined, message: string): string {
  switch (errorCode) {
    case 'ECONNREFUSED':
      return 'the connection was refused (ECONNREFUSED)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host's name could not be resolved (${errorCode})`;
    case undefined:
      return message;
    default:
      return `the network failed (${errorCode}: ${message})`;
  }
}
