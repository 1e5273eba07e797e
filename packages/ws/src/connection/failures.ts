/** The errors of a connection, with the words that say what happened, where, and what to do. */

import { WsError } from '../errors.ts';
import { adviseOn, type Disconnect, describeDisconnect } from '../socket/disconnect.ts';
import type { SubscribeResult } from '../subscriptions/subscription.ts';
import type { ConnectionState } from './connection-state.ts';

export const CLOSED_BY_US: Disconnect = {
  kind: 'close',
  code: 1000,
  reason: 'closed by this client',
};

export function connectFailed(
  url: string,
  attempts: number,
  disconnect: Disconnect,
): WsError<'CONNECT_FAILED'> {
  const tries = attempts > 1 ? ` after ${String(attempts)} attempts` : '';
  return new WsError(
    'CONNECT_FAILED',
    `Cannot connect to ${url}${tries}: ${describeDisconnect(disconnect)}. ${adviseOn(disconnect)}`,
    { url, attempts, disconnect },
  );
}

export function connectionLost(url: string, disconnect: Disconnect): WsError<'CONNECTION_LOST'> {
  return new WsError(
    'CONNECTION_LOST',
    `The connection to ${url} is lost for good: ${describeDisconnect(disconnect)}. ${adviseOn(disconnect)}`,
    { url, disconnect },
  );
}

export function disconnected(method: string, disconnect: Disconnect): WsError<'DISCONNECTED'> {
  return new WsError(
    'DISCONNECTED',
    `The connection went down before ${method} was answered: whether it was carried out is unknown.`,
    { method, disconnect },
  );
}

export function notOpen(method: string, state: ConnectionState): WsError<'NOT_OPEN'> {
  const advice = state === 'idle' ? 'Call open() first.' : 'Wait for the state open.';
  return new WsError('NOT_OPEN', `${method} was not sent: the connection is ${state}. ${advice}`, {
    method,
    state,
  });
}

export function closed(what: string): WsError<'CLOSED'> {
  return new WsError(
    'CLOSED',
    `${what}: the connection is closed. Create a new one with createConnection.`,
    { what },
  );
}

export function sendOverflow(method: string, maxBufferedBytes: number): WsError<'SEND_OVERFLOW'> {
  return new WsError(
    'SEND_OVERFLOW',
    `${method} was not sent: ${String(maxBufferedBytes)} bytes wait to be sent already. The server reads too slowly, or the network is down.`,
    { method, bound: 'maxBufferedBytes' },
  );
}

export function listenerFailed(listener: string, cause: unknown): WsError<'LISTENER_FAILED'> {
  const said = cause instanceof Error ? `: ${cause.message}` : '';
  return new WsError(
    'LISTENER_FAILED',
    `The connection ended because ${listener} threw${said}`,
    { listener },
    { cause },
  );
}

/** What became of a symbol that is not subscribed. */
export function refused(result: SubscribeResult): WsError {
  const { channel, symbol, success } = result;
  const what = symbol === undefined ? channel : `${channel} ${symbol}`;
  const error = success ? '' : result.error;
  if (!success && result.code === 'NO_TOKEN') {
    return new WsError('NO_TOKEN', `${what} was not subscribed. ${error}`, { failure: error });
  }
  return !success && result.code === 'TIMEOUT'
    ? new WsError('TIMEOUT', `${what} was not acknowledged: ${error}.`, {
        method: 'subscribe',
        timeoutMs: undefined,
      })
    : new WsError('REJECTED', `Kraken refused ${what}: ${error}`, { method: 'subscribe', error });
}

export function noHeaders(): WsError<'INVALID_OPTION'> {
  return new WsError(
    'INVALID_OPTION',
    'createConnection: headers cannot be sent from a browser. Leave them out.',
    { option: 'headers' },
  );
}
