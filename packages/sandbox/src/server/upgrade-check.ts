import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from './loopback.ts';

/** Where v2 is spoken; every other path is answered 404. */
export const WS_PATH = '/v2';
/** Says on every answer that this is no exchange. */
export const SANDBOX_HEADER = 'x-kr-sandbox';

/** Whose requests are served: by what they say in `Host`. */
export type HostCheck = (hostname: string) => boolean;

/**
 * For a sandbox that other machines may use: its own name, or any address by number. A page of the web
 * whose name was made to lead here (DNS rebinding) says its name, which is neither.
 */
export function hostsOf(host: string): HostCheck {
  return (hostname) =>
    isLoopback(hostname) ||
    hostname === host.toLowerCase() ||
    isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/**
 * The status that refuses a request, `undefined` when it may pass: 403 for a `Host` that is not ours or an
 * `Origin` that is not loopback, so that no page of the web reaches the sandbox through its visitor's browser
 * (DNS rebinding), then 404 for a wrong path.
 */
export function refusalStatus(
  request: Pick<IncomingMessage, 'headers' | 'url'>,
  isOurs: HostCheck = isLoopback,
): 403 | 404 | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isOurs(hostnameOf(`http://${host}`))) return 403;
  if (origin !== undefined && !isLoopback(hostnameOf(origin))) return 403;
  const path = (request.url ?? '').split('?', 1)[0];
  return path === WS_PATH ? undefined : 404;
}

/** Empty for what is no address. */
function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
