import type { ServerResponse } from 'node:http';
import { stringifyJson } from '@kr/schemas/json';

/** What a request of REST is answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

export function jsonAnswer(value: unknown): Answer {
  return { status: 200, contentType: 'application/json', body: stringifyJson(value) };
}

export function sendAnswer(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
