import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from './loopback.ts';

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
 * True for a request whose `Host` is not ours or whose `Origin` is not loopback: no page of the web
 * reaches the sandbox through its visitor's browser (DNS rebinding).
 */
export function isForeign(
  { headers: { host, origin } }: Pick<IncomingMessage, 'headers'>,
  isOurs: HostCheck = isLoopback,
): boolean {
  if (host === undefined || !isOurs(hostnameOf(`http://${host}`))) return true;
  return origin !== undefined && !isLoopback(hostnameOf(origin));
}

/** Empty for what is no address. */
function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
