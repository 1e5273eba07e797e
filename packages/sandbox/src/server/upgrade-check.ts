import type { IncomingMessage } from 'node:http';

/** Where v2 is spoken; every other path is answered 404. */
export const WS_PATH = '/v2';
/** Says on every answer that this is no exchange. */
export const SANDBOX_HEADER = 'x-kr-sandbox';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The status that refuses a request, `undefined` when it may pass: 403 for a `Host` or an `Origin`
 * that is not loopback, so that no page of the web reaches the sandbox through its visitor's browser
 * (DNS rebinding), then 404 for a wrong path.
 */
export function refusalStatus(
  request: Pick<IncomingMessage, 'headers' | 'url'>,
): 403 | 404 | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopback(`http://${host}`)) return 403;
  if (origin !== undefined && !isLoopback(origin)) return 403;
  const path = (request.url ?? '').split('?', 1)[0];
  return path === WS_PATH ? undefined : 404;
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK_NAMES.has(new URL(address).hostname);
}
