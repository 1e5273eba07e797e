import type { ConnectionState } from './connection/connection-state.ts';
import type { Disconnect } from './socket/disconnect.ts';

/** What each code carries. Addresses come without user, password and query string. */
export interface WsErrorContext {
  /** An option of `createConnection` or `frames` cannot be used. */
  readonly INVALID_OPTION: { readonly option: string };
  /** The parameters of a request cannot be sent. */
  readonly INVALID_PARAMS: { readonly method: string };
  /** The connection is not up, so the request was not sent. */
  readonly NOT_OPEN: { readonly method: string; readonly state: ConnectionState };
  /** `open()` did not get a connection. */
  readonly CONNECT_FAILED: {
    readonly url: string;
    readonly attempts: number;
    readonly disconnect: Disconnect;
  };
  /** The server ended an established connection in a way that no reconnect can mend. */
  readonly CONNECTION_LOST: { readonly url: string; readonly disconnect: Disconnect };
  /** The request was sent and the connection went down before its answer: the outcome is unknown. */
  readonly DISCONNECTED: { readonly method: string; readonly disconnect: Disconnect };
  /** The connection was closed before this could be done. */
  readonly CLOSED: { readonly what: string };
  /** A private request was not sent, for the token provider failed. */
  readonly NO_TOKEN: { readonly failure: string };
  /** The exchange said no. `error` is its own text. */
  readonly REJECTED: { readonly method: string; readonly error: string };
  /** The request was sent and no answer came in time: the outcome is unknown. */
  readonly TIMEOUT: { readonly method: string; readonly timeoutMs: number | undefined };
  /** The caller's signal fired. `sent` says whether the request had gone out by then. */
  readonly ABORTED: { readonly what: string; readonly sent: boolean };
  /** Too much is waiting to be sent or answered; the request was not sent. */
  readonly SEND_OVERFLOW: { readonly method: string; readonly bound: string };
  /** A reader with `overflow: 'fail'` fell behind. */
  readonly QUEUE_OVERFLOW: { readonly queued: number; readonly bytes: number };
  /** A callback of the options threw; the connection ended rather than going on without it. */
  readonly LISTENER_FAILED: { readonly listener: string };
}

export type WsErrorCode = keyof WsErrorContext;

/** The one error class of this package: branch on `code`, read `context`. */
export class WsError<Code extends WsErrorCode = WsErrorCode> extends Error {
  override readonly name = 'WsError';
  readonly code: Code;
  readonly context: WsErrorContext[Code];

  constructor(
    code: Code,
    message: string,
    context: WsErrorContext[Code],
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.context = context;
  }
}

/** True for a `WsError`, of this code where one is given. Goes by name, so a second copy of the package matches too. */
export function isWsError<Code extends WsErrorCode = WsErrorCode>(
  error: unknown,
  code?: Code,
): error is WsError<Code> {
  if (!(error instanceof Error) || error.name !== 'WsError') return false;
  return code === undefined || (error as WsError).code === code;
}

/** The error for a signal that fired. */
export function abortError(what: string, signal: AbortSignal, sent = false): WsError<'ABORTED'> {
  const cause: unknown = signal.reason;
  return new WsError('ABORTED', `${what} was aborted.`, { what, sent }, { cause });
}
