import { invalidOption } from './errors.ts';
import type { RequestSigner } from './signer.ts';

const HOSTS = {
  spot: 'https://api.kraken.com',
  futures: 'https://futures.kraken.com',
} as const;

/** @throws RestError `INVALID_OPTION` */
export function originOf(venue: 'spot' | 'futures', baseUrl: string = HOSTS[venue]): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const plain =
    url !== undefined && url.pathname === '/' && url.search === '' && url.username === '';
  if (!plain || !/^https?:$/.test(url.protocol)) {
    throw invalidOption('baseUrl', 'Give scheme and host alone, as in https://api.kraken.com.');
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw invalidOption('baseUrl', 'Plain http is for loopback; use https.');
  }
  return url.origin;
}

/**
 * A key of the sandbox goes to loopback only, a live key to Kraken only and never to loopback.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function assertEnvironment(
  venue: 'spot' | 'futures',
  origin: string,
  signer: RequestSigner,
): void {
  if (signer.venue !== undefined && signer.venue !== venue) {
    throw invalidOption('signer', `It is of ${signer.venue}, and this client of ${venue}.`);
  }
  const loopback = isLoopback(new URL(origin));
  if (signer.environment === 'sandbox' && !loopback) {
    throw invalidOption(
      'signer',
      'Its credentials are of the sandbox, and baseUrl is not loopback.',
    );
  }
  if (signer.environment === 'live' && loopback) {
    throw invalidOption(
      'signer',
      "Its credentials are live, and baseUrl is loopback: create them with environment: 'sandbox'.",
    );
  }
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
