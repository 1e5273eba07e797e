import type { Clock, Timers } from '@kr/schemas/shared';
import { callFailures } from './call-failure.ts';
import type { CallOptions, ClientOptions } from './call-options.ts';
import { assertAtLeast, assertTimeout } from './check-options.ts';
import { checkParams } from './check-params.ts';
import { concatBytes } from './concat-bytes.ts';
import type { Endpoint } from './endpoint.ts';
import { assertEnvironment, originOf } from './environment.ts';
import { invalidOption, RestError } from './errors.ts';
import { type ExchangeRequest, exchange, exchangeStream, type WholeAnswer } from './exchange.ts';
import type { RatePlace } from './governor.ts';
import { inTurn } from './in-turn.ts';
import { notify } from './notify.ts';
import { encodeQuery, fillPath, type Params } from './params.ts';
import { createRandom } from './random.ts';
import { readAnswer } from './read-answer.ts';
import { type RetryParts, retryPolicyOf, withRetry } from './retry.ts';
import { requestToSign } from './to-sign.ts';
import type { Transport } from './transport.ts';
import { createHttpTransport } from './undici-transport.ts';

/** What both clients are made of: calls an endpoint, once or as often as is right. */
export interface Caller {
  call(endpoint: Endpoint, params: object, options?: CallOptions): Promise<unknown>;
  /** The body as it arrives. Never repeated once it has begun. */
  stream(
    endpoint: Endpoint,
    params: object,
    options?: CallOptions,
  ): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
  readonly clock: Clock;
  readonly timers: Timers;
}

type Send<T> = (transport: Transport, timers: Timers, request: ExchangeRequest) => Promise<T>;

export function createCaller(venue: Endpoint['venue'], options: ClientOptions): Caller {
  const { clock, timers, signer, governor } = options;
  const origin = originOf(venue, options.baseUrl);
  if (signer !== undefined) assertEnvironment(venue, origin, signer);
  const transport = options.transport ?? createHttpTransport();
  const userAgent = options.userAgent ?? 'kr-rest';
  if (!/^[\x20-\x7e]+$/.test(userAgent)) {
    throw invalidOption('userAgent', 'Use printable ASCII characters.');
  }
  const retry: RetryParts = {
    policy: retryPolicyOf(options.retry),
    clock,
    timers,
    random: options.random ?? createRandom(clock.wallNs()),
    onRetry: options.onRetry,
  };
  const { timeoutMs: usualTimeoutMs = 30_000, turnTimeoutMs: usualTurnMs = 60_000 } = options;
  const maxBodyBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
  assertTimeout('timeoutMs', usualTimeoutMs);
  assertTimeout('turnTimeoutMs', usualTurnMs);
  assertAtLeast('maxBodyBytes', maxBodyBytes, 1);
  let closed = false;

  /** One attempt: signs anew, sends when the governor lets it go. */
  const attempt = async <T>(
    endpoint: Endpoint,
    label: string,
    params: Params,
    callOptions: CallOptions,
    place: RatePlace | undefined,
    maxBytes: number,
    send: Send<T>,
  ): Promise<T> => {
    const { signal, timeoutMs = usualTimeoutMs, turnTimeoutMs: turnMs = usualTurnMs } = callOptions;
    assertTimeout('timeoutMs', timeoutMs);
    assertTimeout('turnTimeoutMs', turnMs);
    const fail = callFailures(label, endpoint.mutates);
    const { path, rest } = fillPath(endpoint.path, params, label);
    const base = {
      endpoint: label,
      mutates: endpoint.mutates,
      origin,
      timeoutMs,
      maxBodyBytes: maxBytes,
      signal,
    };
    const agent = { 'User-Agent': userAgent };
    const assertOpen = (): void => {
      if (closed) throw fail.closed();
    };
    assertOpen();
    if (endpoint.access === 'public') {
      const query = encodeQuery(rest, venue === 'spot' ? 'comma' : 'repeat');
      const target = query === '' ? path : `${path}?${query}`;
      const { method } = endpoint;
      await untilDeparted(place, signal);
      return send(transport, timers, { ...base, method, target, headers: agent, body: undefined });
    }
    if (signer === undefined) throw noSigner(label);
    const toSign = requestToSign(endpoint, path, rest, callOptions);
    for (;;) {
      await place?.ready({ signal });
      const answer = await inTurn<T | typeof TOO_LATE>(
        { signer, toSign, signal, timers, turnMs, fail },
        ({ method, target, headers, body }) => {
          assertOpen();
          // The key's turn came late, and others have used up the room: it is given back, for a wait
          // for the limit must hold up nobody who is charged elsewhere.
          if (place?.depart() === false) return Promise.resolve(TOO_LATE);
          const request = { ...base, method, target, headers: { ...headers, ...agent }, body };
          return send(transport, timers, request);
        },
      );
      if (answer !== TOO_LATE) return answer;
    }
  };

  const governed = async <T>(
    endpoint: Endpoint,
    params: Params,
    run: (place: RatePlace | undefined) => Promise<T>,
  ): Promise<T> => {
    const call = { venue, name: endpoint.name, access: endpoint.access, params };
    const place = governor?.hold(call);
    try {
      const result = await run(place);
      notify(timers, () => governor?.succeeded(call, result));
      return result;
    } catch (error) {
      notify(timers, () => governor?.failed(call, error));
      throw error;
    } finally {
      place?.leave();
    }
  };

  return {
    clock,
    timers,
    call: async (endpoint, given, callOptions = {}) => {
      const label = labelOf(endpoint);
      const params = checkParams(endpoint, label, given);
      const once = (): Promise<unknown> =>
        governed(endpoint, params, async (place) => {
          const answer = await attempt(
            endpoint,
            label,
            params,
            callOptions,
            place,
            maxBodyBytes,
            exchange,
          );
          const { value, warnings } = readAnswer(endpoint, label, answer);
          for (const text of warnings) {
            notify(timers, () => callOptions.onWarning?.(text));
            notify(timers, () => options.onWarning?.({ endpoint: label, text }));
          }
          return value;
        });
      const { mutates } = endpoint;
      return withRetry(once, { mutates, signal: callOptions.signal }, retry);
    },
    stream: async (endpoint, given, callOptions = {}) => {
      const label = labelOf(endpoint);
      const params = checkParams(endpoint, label, given);
      return governed(endpoint, params, async (place) => {
        const answer = await attempt(
          endpoint,
          label,
          params,
          callOptions,
          place,
          Number.POSITIVE_INFINITY,
          exchangeStream,
        );
        const isFile =
          answer.status >= 200 && answer.status < 300 && !/json/i.test(answer.contentType);
        if (isFile) return answer.body;
        // An error comes as JSON instead of the file.
        const whole: WholeAnswer = { ...answer, body: await concatBytes(answer.body) };
        readAnswer({ ...endpoint, format: 'json', readResult: undefined }, label, whole);
        throw invalidOption('stream', `${label} answers with JSON: call it without a stream.`);
      });
    },
    close: async () => {
      closed = true;
      if (options.transport === undefined) await transport.close();
    },
  };
}

const TOO_LATE = Symbol('too late');

async function untilDeparted(
  place: RatePlace | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (place === undefined) return;
  do await place.ready({ signal });
  while (!place.depart());
}

function labelOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function noSigner(endpoint: string): RestError<'NO_SIGNER'> {
  return new RestError(
    'NO_SIGNER',
    `${endpoint} is private, and the client has no signer.`,
    {
      endpoint,
      category: 'config',
      retryable: false,
      effect: 'none',
      advice: 'Give it one: createSpotSigner or createFuturesSigner of @kr/auth.',
    },
    {},
  );
}
