import type { Dispatcher } from 'undici';
import { NotSentError, type Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** Connections to each origin. @defaultValue 8 */
  readonly connections?: number | undefined;
  /** How long an idle connection is kept. @defaultValue 30 000 */
  readonly keepAliveMs?: number | undefined;
  /** Until the connection stands, TLS included. @defaultValue 10 000 */
  readonly connectTimeoutMs?: number | undefined;
  /** An HTTP proxy to tunnel through: `http://proxy.example:3128`. */
  readonly proxy?: string | undefined;
  /** Instead of all the above. It stays the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** Failures that come before a byte of the request is written, by Node's and undici's codes. */
const NOT_SENT = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_INVALID_ARG',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/**
 * HTTP/1.1 with keep-alive over undici. Opens nothing until the first request. undici's own timeouts
 * are off but for connecting: the client has one deadline for all of a call.
 */
export function createHttpTransport(options: HttpTransportOptions = {}): Transport {
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
      try {
        // The first request loads it: who only imports this package does not pay for it.
        const undici = await import('undici');
        const dispatcher = await dispatcherOf(undici);
        const answer = await undici.request(`${origin}${target}`, {
          dispatcher,
          method,
          headers,
          body: body ?? null,
          signal,
        });
        const type = answer.headers['content-type'];
        return {
          status: answer.statusCode,
          contentType: (Array.isArray(type) ? type[0] : type) ?? '',
          body: answer.body,
        };
      } catch (error) {
        throw isNotSent(error) ? new NotSentError(reasonOf(error), { cause: error }) : error;
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

type Undici = typeof import('undici');

function createDispatcher(
  { Agent, ProxyAgent }: Undici,
  options: HttpTransportOptions,
): Dispatcher {
  const { connections = 8, keepAliveMs = 30_000, connectTimeoutMs = 10_000, proxy } = options;
  const settings = {
    connections,
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  };
  return proxy === undefined ? new Agent(settings) : new ProxyAgent({ ...settings, uri: proxy });
}

function isNotSent(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (NOT_SENT.has(code) || code.startsWith('CERT_'));
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failure in one word, without an address or a header in it. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotSentError) return error.message;
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}
