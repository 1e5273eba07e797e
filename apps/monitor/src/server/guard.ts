import type { IncomingMessage } from 'node:http';

/** Names of this machine: a page of another host that resolves to it has its own name in `Host`. */
const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Why a request is refused, or `undefined`. */
export const refusalOf = (request: IncomingMessage, port: number): string | undefined => {
  const { host, origin } = request.headers;
  const hosts = NAMES.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return `Host ${host ?? '(none)'} is not this monitor: open http://127.0.0.1:${port}/`;
  }
  // Browsers send it with every WebSocket and every POST; programs of this machine need not.
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `Origin ${origin} is not this monitor's own page.`;
  }
  return undefined;
};

/**
 * Nothing but what the page is made of: no inline script, no other host, no frame around it. Inline
 * styles set by scripts are no styles of a document, so that the charts need no exception.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
