import type { Timers } from '@kr/schemas/shared';
import { callFailures } from './call-failure.ts';
import { concatBytes } from './concat-bytes.ts';
import { isRestError } from './errors.ts';
import { NotSentError, type Transport, type TransportRequest } from './transport.ts';
import { reasonOf } from './undici-transport.ts';

/** One request and how far it may go. */
export interface ExchangeRequest extends Omit<TransportRequest, 'signal'> {
  /** For errors: method and path. */
  readonly endpoint: string;
  readonly mutates: boolean;
  /** For all of it, from here to the last byte. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal | undefined;
}

export interface WholeAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface StreamedAnswer {
  readonly status: number;
  readonly contentType: string;
  /** `timeoutMs` now bounds the silence between two chunks. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends a request and reads all of its answer.
 *
 * @throws RestError `CONNECT_FAILED`, `CONNECTION_LOST`, `TIMEOUT`, `ABORTED`, `CUT_BODY`, `BODY_TOO_LARGE`
 */
export async function exchange(
  transport: Transport,
  timers: Timers,
  request: ExchangeRequest,
): Promise<WholeAnswer> {
  const deadline = startDeadline(timers, request);
  try {
    const head = await sendHead(transport, request, deadline);
    const body = await concatBytes(readBody(head.body, request, deadline));
    return { status: head.status, contentType: head.contentType, body };
  } finally {
    deadline.stop();
  }
}

/** As {@link exchange}, and the body comes as it arrives. Read it to its end, or leave its loop. */
export async function exchangeStream(
  transport: Transport,
  timers: Timers,
  request: ExchangeRequest,
): Promise<StreamedAnswer> {
  const deadline = startDeadline(timers, request);
  try {
    const head = await sendHead(transport, request, deadline);
    return {
      status: head.status,
      contentType: head.contentType,
      body: readBody(head.body, request, deadline, true),
    };
  } catch (error) {
    deadline.stop();
    throw error;
  }
}

interface Deadline {
  readonly signal: AbortSignal;
  readonly expired: boolean;
  pause(): void;
  restart(): void;
  stop(): void;
}

function startDeadline(timers: Timers, { timeoutMs, signal }: ExchangeRequest): Deadline {
  const controller = new AbortController();
  let expired = false;
  const onAbort = (): void => controller.abort(signal?.reason);
  const start = (): unknown =>
    timers.setTimeout(() => {
      expired = true;
      controller.abort();
    }, timeoutMs);
  let handle = start();
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    pause: () => timers.clearTimeout(handle),
    restart: () => {
      handle = start();
    },
    stop: () => {
      timers.clearTimeout(handle);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

async function sendHead(transport: Transport, request: ExchangeRequest, deadline: Deadline) {
  const { endpoint, mutates, timeoutMs, signal } = request;
  const fail = callFailures(endpoint, mutates);
  if (signal?.aborted === true) throw fail.aborted(false, signal);
  const { method, origin, target, headers, body } = request;
  try {
    return await transport.request({
      method,
      origin,
      target,
      headers,
      body,
      signal: deadline.signal,
    });
  } catch (error) {
    const wasSent = !(error instanceof NotSentError);
    if (deadline.expired) throw fail.timeout(timeoutMs, wasSent);
    if (isAborted(signal)) throw fail.aborted(wasSent, signal);
    throw wasSent
      ? fail.connectionLost(reasonOf(error), error)
      : fail.connectFailed(addressOf(origin), reasonOf(error), error.cause);
  }
}

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  request: ExchangeRequest,
  deadline: Deadline,
  restarts = false,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { endpoint, mutates, timeoutMs, maxBodyBytes, signal } = request;
  const fail = callFailures(endpoint, mutates);
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBodyBytes) throw fail.tooLarge(maxBodyBytes);
      // A reader that takes its time is no silence of the exchange.
      if (restarts) deadline.pause();
      yield chunk;
      if (restarts) deadline.restart();
    }
  } catch (error) {
    if (isRestError(error)) throw error;
    if (deadline.expired) throw fail.timeout(timeoutMs, true);
    if (isAborted(signal)) throw fail.aborted(true, signal);
    throw fail.cutBody(bytes, error);
  } finally {
    deadline.stop();
  }
}

/** A function, for a signal changes while a promise is awaited. */
function isAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true;
}

/** Host and port, which an origin leaves out when it is the usual one. */
function addressOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port === '' ? { 'http:': 80, 'https:': 443 }[protocol] : port}`;
}
