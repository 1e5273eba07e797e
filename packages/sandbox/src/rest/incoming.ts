import type { IncomingMessage } from 'node:http';
import { parseParams, type WireParams } from './request-params.ts';

/** A batch of fifteen orders is a hundredth of it. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** A request of REST, whole. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  /** The address that it came from. */
  readonly from: string;
}

/** Reads a request to its end, or as far as one may go. */
export async function receive(request: IncomingMessage): Promise<Incoming | 'too large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    // What comes after it is read and thrown away: a client that still writes reads no answer.
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  if (bytes > MAX_BODY_BYTES) return 'too large';
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query,
    body: Buffer.concat(chunks).toString(),
    headers: request.headers,
    from: request.socket.remoteAddress ?? '',
  };
}

/** What it asks for, of its query or of its body; `undefined`: JSON that is none. */
export function paramsOf({ method, query, body, headers }: Incoming): WireParams | undefined {
  const isQuery = method === 'GET' || method === 'DELETE' || body === '';
  try {
    return parseParams(isQuery ? query : body, isQuery ? '' : (headers['content-type'] ?? ''));
  } catch {
    return undefined;
  }
}
