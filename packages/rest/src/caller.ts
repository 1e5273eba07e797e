import type { Clock, Signed, Timers } from '@kr/schemas/shared';
import { callFailures } from './call-failure.ts';
import type { CallOptions, ClientOptions } from './call-options.ts';
import { checkParams } from './check-params.ts';
import { concatBytes } from './concat-bytes.ts';
import type { Endpoint } from './endpoint.ts';
import { assertEnvironment, originOf } from './environment.ts';
import { invalidOption, isRestError, RestError } from './errors.ts';
import { type ExchangeRequest, exchange, exchangeStream, type WholeAnswer } from './exchange.ts';
import { notify } from './notify.ts';
import { encodeQuery, fillPath, needsJson, type Params } from './params.ts';
import { createRandom } from './random.ts';
import { readAnswer } from './read-answer.ts';
import { defaultRetryPolicy, type RetryParts, withRetry } from './retry.ts';
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
    policy: {
      ...defaultRetryPolicy,
      ...(options.retry === false ? { attempts: 1 } : options.retry),
    },
    clock,
    timers,
    random: options.random ?? createRandom(clock.wallNs()),
    onRetry: options.onRetry,
  };
  let closed = false;

  /** One attempt: signs anew, sends. */
  const attempt = async <T>(
    endpoint: Endpoint,
    label: string,
    params: Params,
    { signal, timeoutMs = options.timeoutMs ?? 30_000 }: CallOptions,
    maxBodyBytes: number,
    send: Send<T>,
  ): Promise<T> => {
    const fail = callFailures(label, endpoint.mutates);
    if (closed) throw fail.closed();
    const { path, rest } = fillPath(endpoint.path, params, label);
    const base = {
      endpoint: label,
      mutates: endpoint.mutates,
      origin,
      timeoutMs,
      maxBodyBytes,
      signal,
    };
    const agent = { 'User-Agent': userAgent };
    if (endpoint.access === 'public') {
      const query = encodeQuery(rest, venue === 'spot' ? 'comma' : 'repeat');
      const target = query === '' ? path : `${path}?${query}`;
      const { method } = endpoint;
      return send(transport, timers, { ...base, method, target, headers: agent, body: undefined });
    }
    if (signer === undefined) throw noSigner(label);
    const encoding = needsJson(rest) ? 'json' : 'form';
    let settled: (() => T) | undefined;
    const sendOnce = async ({ method, target, headers, body }: Signed): Promise<T> => {
      if (settled !== undefined) throw invalidOption('signer', 'It may send a request only once.');
      // Until the answer is there, a signer that ends first leaves it open.
      settled = failing(fail.connectionLost('the signer ended first', undefined));
      const request = { ...base, method, target, headers: { ...headers, ...agent }, body };
      try {
        const answer = await send(transport, timers, request);
        settled = () => answer;
        return answer;
      } catch (error) {
        settled = failing(error);
        throw error;
      }
    };
    try {
      const written = endpoint.writeParams?.(rest) ?? rest;
      const toSign = { method: endpoint.method, path, params: written, encoding } as const;
      return await signer.withSigned(toSign, sendOnce, { signal });
    } catch (error) {
      // What came of the request stands, whatever the signer has to say of it afterwards: that the
      // key's turn could not be given back is for the next call to find.
      if (settled !== undefined) return settled();
      // Waiting for the key's turn was given up: nothing was signed, nothing sent.
      if (signal?.aborted === true && !isRestError(error)) throw fail.aborted(false, signal);
      throw error;
    }
  };

  const governed = async <T>(
    endpoint: Endpoint,
    params: Params,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ): Promise<T> => {
    const call = { venue, name: endpoint.name, access: endpoint.access, params };
    await governor?.acquire(call, { signal });
    try {
      const result = await run();
      notify(timers, () => governor?.succeeded(call, result));
      return result;
    } catch (error) {
      notify(timers, () => governor?.failed(call, error));
      throw error;
    }
  };

  return {
    clock,
    timers,
    call: async (endpoint, given, callOptions = {}) => {
      const label = labelOf(endpoint);
      const params = checkParams(endpoint, label, given);
      const once = (): Promise<unknown> =>
        governed(endpoint, params, callOptions.signal, async () => {
          const maxBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
          const answer = await attempt(endpoint, label, params, callOptions, maxBytes, exchange);
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
      return governed(endpoint, params, callOptions.signal, async () => {
        const answer = await attempt(
          endpoint,
          label,
          params,
          callOptions,
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

function failing(error: unknown): () => never {
  return () => {
    throw error;
  };
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
