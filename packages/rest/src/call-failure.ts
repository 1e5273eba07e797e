import { LOOK_FIRST } from './advice.ts';
import { RestError } from './errors.ts';

/** The errors of carrying a request, made in one place so that each says the same everywhere. */
export interface CallFailures {
  aborted(sent: boolean, signal: AbortSignal): RestError<'ABORTED'>;
  timeout(timeoutMs: number, sent: boolean): RestError<'TIMEOUT'>;
  turnTimeout(timeoutMs: number): RestError<'TURN_TIMEOUT'>;
  /** `address`: host and port. */
  connectFailed(address: string, reason: string, cause: unknown): RestError<'CONNECT_FAILED'>;
  connectionLost(reason: string, cause: unknown): RestError<'CONNECTION_LOST'>;
  cutBody(bytes: number, cause: unknown): RestError<'CUT_BODY'>;
  tooLarge(maxBytes: number): RestError<'BODY_TOO_LARGE'>;
  closed(): RestError<'CLOSED'>;
}

const AGAIN = 'Repeat it later.';

/** `mutates`: whether the request changes something, so that its effect can be unknown. */
export function callFailures(endpoint: string, mutates: boolean): CallFailures {
  const effectOf = (sent: boolean) => (sent && mutates ? ('unknown' as const) : ('none' as const));
  const adviceOf = (sent: boolean) => (sent && mutates ? LOOK_FIRST : AGAIN);
  const network = (sent: boolean) => ({
    endpoint,
    category: 'network' as const,
    retryable: true,
    effect: effectOf(sent),
    advice: adviceOf(sent),
  });
  return {
    aborted: (sent, signal) =>
      new RestError(
        'ABORTED',
        `${endpoint} was aborted.`,
        { ...network(sent), retryable: false },
        {},
        { cause: signal.reason },
      ),
    timeout: (timeoutMs, sent) =>
      new RestError('TIMEOUT', `${endpoint}: no answer within ${timeoutMs} ms.`, network(sent), {
        timeoutMs,
      }),
    turnTimeout: (timeoutMs) =>
      new RestError(
        'TURN_TIMEOUT',
        `${endpoint}: the key's turn did not come within ${timeoutMs} ms; nothing was sent.`,
        {
          ...network(false),
          category: 'unavailable',
          advice: 'Send fewer calls at once, lower timeoutMs, or raise turnTimeoutMs.',
        },
        { timeoutMs },
      ),
    connectFailed: (address, reason, cause) =>
      new RestError(
        'CONNECT_FAILED',
        `${endpoint}: no connection to ${address} (${reason}); nothing was sent.`,
        network(false),
        { address, reason },
        { cause },
      ),
    connectionLost: (reason, cause) =>
      new RestError(
        'CONNECTION_LOST',
        `${endpoint}: the connection ended before the answer (${reason}).`,
        network(true),
        { reason },
        { cause },
      ),
    cutBody: (bytes, cause) =>
      new RestError(
        'CUT_BODY',
        `${endpoint}: the answer broke off after ${bytes} bytes.`,
        network(true),
        { bytes },
        { cause },
      ),
    tooLarge: (maxBytes) =>
      new RestError(
        'BODY_TOO_LARGE',
        `${endpoint}: the answer is larger than ${maxBytes} bytes.`,
        {
          endpoint,
          category: 'protocol',
          retryable: false,
          effect: effectOf(true),
          advice: 'Ask for less, or raise maxBodyBytes.',
        },
        { maxBytes },
      ),
    closed: () =>
      new RestError(
        'CLOSED',
        `${endpoint}: the client is closed.`,
        {
          endpoint,
          category: 'config',
          retryable: false,
          effect: 'none',
          advice: 'Create another.',
        },
        {},
      ),
  };
}
