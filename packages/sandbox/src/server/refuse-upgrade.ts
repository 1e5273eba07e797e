import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { SANDBOX_HEADER } from './upgrade-check.ts';

/** How an attempt to connect is turned away. */
export interface UpgradeRefusal {
  readonly status: number;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string | undefined;
  /** What stands in the body; default: nothing. */
  readonly page?: 'html' | 'text' | undefined;
}

/** Answers an upgrade request in plain HTTP and ends the connection. */
export function refuseUpgrade(socket: Socket, { status, retryAfter, page }: UpgradeRefusal): void {
  const title = `${status} ${STATUS_CODES[status] ?? 'Refused'}`;
  const body =
    page === 'html'
      ? `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>kr sandbox</p></body></html>`
      : page === 'text'
        ? `${title} (kr sandbox)\n`
        : '';
  const headers = [`HTTP/1.1 ${title}`, 'Connection: close', `${SANDBOX_HEADER}: 1`];
  if (page !== undefined) {
    headers.push(`Content-Type: text/${page === 'html' ? 'html' : 'plain'}; charset=utf-8`);
  }
  if (retryAfter !== undefined) headers.push(`Retry-After: ${retryAfter}`);
  headers.push(`Content-Length: ${Buffer.byteLength(body)}`);
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
}
