import type { SandboxAddress } from '../sandbox-types.ts';

/** Where a port listens, and what of. */
interface Listening {
  readonly secure: boolean;
  readonly host: string | undefined;
  readonly port: number;
  readonly hasFutures: boolean;
}

/** Where each protocol is spoken (protocols.ts), as a client needs it. */
export function addressOf({ secure, host, port, hasFutures }: Listening): SandboxAddress {
  const s = secure ? 's' : '';
  const authority = `${urlHost(host)}:${port}`;
  const sockets = `ws${s}://${authority}`;
  return {
    url: `${sockets}/v2`,
    v1Url: `${sockets}/`,
    ...(hasFutures && {
      futuresUrl: `${sockets}/ws/v1`,
      unified: { public: `${sockets}/v2/public`, private: `${sockets}/v2/private` },
    }),
    port,
    httpUrl: `http${s}://${authority}`,
  };
}

/** How a client names the host: one that listens on all addresses is reached on loopback. */
function urlHost(host = '127.0.0.1'): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
