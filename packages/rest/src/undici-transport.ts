import type { Dispatcher } from 'undici';
import { decompressed } from './decompress.ts';
import { invalidOption } from './errors.ts';
import { NotSentError, type Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** Connections to each origin. @defaultValue 8 */
  readonly connections?: number | undefined;
  /** How long an idle connection is kept. @defaultValue 30 000 */
  readonly keepAliveMs?: number | undefined;
  /** Until the connection stands, TLS included. @defaultValue 10 000 */
  readonly connectTimeoutMs?: number | undefined;
  /** An HTTP proxy to tunnel through: `http://proxy.example:3128`, or `http://name:password@…`. */
  readonly proxy?: string | undefined;
  /** Instead of all the above. It stays the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

/**
 * HTTP/1.1 with keep-alive over undici. Opens nothing until the first request. undici's own timeouts
 * are off but for connecting: the client has one deadline for all of a call.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function createHttpTransport(options: HttpTransportOptions = {}): Transport {
  assertProxy(options.proxy);
  let own: Promise<Dispatcher> | undefined;
  const dispatcherOf = (undici: Undici): Dispatcher | Promise<Dispatcher> => {
    if (options.dispatcher !== undefined) return options.dispatcher;
    own ??= Promise.resolve(createDispatcher(undici, options));
    return own;
  };
  const close = async (): Promise<void> => {
    await (await own)?.close();
  };
  return {
    request: async ({ method, origin, target, headers, body, signal }) => {
      let started = false;
      const onStart = (): void => {
        // An aborted request is dropped right after this, before a byte of it is written.
        started = !signal.aborted;
      };
      try {
        // The first request loads it: who only imports this package does not pay for it.
        const undici = await import('undici');
        const dispatcher = (await dispatcherOf(undici)).compose(watchStart(undici, onStart));
        const answer = await untilAborted(
          undici.request(`${origin}${target}`, {
            dispatcher,
            method,
            headers,
            body: body ?? null,
            signal,
          }),
          signal,
          () => !started,
        );
        return {
          status: answer.statusCode,
          contentType: headerOf(answer.headers['content-type']),
          body: decompressed(answer.body, headerOf(answer.headers['content-encoding'])),
        };
      } catch (error) {
        throw started ? error : new NotSentError(reasonOf(error), { cause: error });
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Found out now, and not by the first call, which would take it for a network that is down. */
function assertProxy(proxy: string | undefined): void {
  if (proxy === undefined) return;
  if (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)) return;
  throw invalidOption('proxy', 'Give its URL, as in http://proxy.example:3128.');
}

type Undici = typeof import('undici');

function createDispatcher(
  { Agent, ProxyAgent }: Undici,
  options: HttpTransportOptions,
): Dispatcher {
  const { connections = 8, keepAliveMs = 30_000, connectTimeoutMs = 10_000, proxy } = options;
  const connect = { timeout: connectTimeoutMs };
  const settings = {
    connections,
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect,
  };
  if (proxy === undefined) return new Agent(settings);
  return new ProxyAgent({ ...settings, uri: proxy, proxyTls: connect, requestTls: connect });
}

/** undici's types leave out what its class has. */
type Decorator = new (
  handler: Dispatcher.DispatchHandler,
) => {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void;
};

/**
 * Tells when a request is put on a connection that stands, the moment before its first byte. What
 * fails earlier (a name that does not resolve, a refused connection, TLS, a proxy that says no, a
 * deadline in a queue) was never sent; no list of error codes could say that for certain.
 */
function watchStart(
  { DecoratorHandler }: Undici,
  onStart: () => void,
): Dispatcher.DispatcherComposeInterceptor {
  class Watching extends (DecoratorHandler as unknown as Decorator) {
    override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
      onStart();
      super.onRequestStart(controller, context);
    }
  }
  return (dispatch) => (options, handler) => dispatch(options, new Watching(handler));
}

/** undici looks at the signal only when the connection stands, which can take long. */
function untilAborted<T>(
  answer: Promise<T>,
  signal: AbortSignal,
  isEarly: () => boolean,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      if (isEarly()) reject(new NotSentError('aborted'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    void answer.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function headerOf(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failure in a word or two, without an address or a header in it. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotSentError) return error.message;
  const proxyStatus = error instanceof Error && /^Proxy response \((\d{3})\)/.exec(error.message);
  if (proxyStatus) return `the proxy answered ${proxyStatus[1]}`;
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}
