import type { ServerResponse } from 'node:http';
import { stringifyJson } from '@kr/schemas/json';
import type { Timers } from '@kr/schemas/shared';

/**
 * What goes wrong with one request: `before` the exchange has seen it, `after` it was done, or
 * `late`: the answer is lost and it is done only `lateMs` afterwards.
 */
export interface RestFault {
  readonly when: 'before' | 'after' | 'late';
  readonly how: RestFaultKind;
  /** @defaultValue 50 */
  readonly lateMs?: number | undefined;
}

/**
 * - `timeout`: no answer ever;
 * - `reset`: the connection is reset;
 * - `badGateway`: 502 with a page, as a proxy in front gives;
 * - `html`: a maintenance page with status 200;
 * - `cutBody`: half of the answer, then the connection ends;
 * - `wrongTypes`: JSON whose fields are of other types;
 * - `slowBody`: the answer in pieces, with pauses;
 * - `internal`: `EGeneral:Internal error`, which settles nothing;
 * - `busy`: `EService:Busy`.
 */
export type RestFaultKind =
  | 'timeout'
  | 'reset'
  | 'badGateway'
  | 'html'
  | 'cutBody'
  | 'wrongTypes'
  | 'slowBody'
  | 'internal'
  | 'busy';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

const PAGE = '<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>';
const PAUSE_MS = 20;

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

/** Answers as the fault has it; `answer` is what would have been said. */
export function playFault(
  how: RestFaultKind,
  response: ServerResponse,
  answer: Answer,
  timers: Timers,
): void {
  switch (how) {
    case 'timeout':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'badGateway':
      sendAnswer(response, { status: 502, contentType: 'text/html', body: PAGE });
      return;
    case 'html':
      sendAnswer(response, { status: 200, contentType: 'text/html; charset=utf-8', body: PAGE });
      return;
    case 'cutBody':
      response.writeHead(200, {
        'content-type': answer.contentType,
        'content-length': Buffer.byteLength(answer.body),
      });
      response.write(
        Buffer.from(answer.body).subarray(0, Buffer.byteLength(answer.body) >> 1),
        () => response.destroy(),
      );
      return;
    case 'wrongTypes':
      sendAnswer(response, jsonAnswer({ error: [], result: { descr: 7, txid: 'none', open: [] } }));
      return;
    case 'slowBody':
      sendSlowly(response, answer, timers);
      return;
    case 'internal':
      sendAnswer(response, jsonAnswer({ error: ['EGeneral:Internal error'] }));
      return;
    case 'busy':
      sendAnswer(response, jsonAnswer({ error: ['EService:Busy'] }));
  }
}

function sendSlowly(response: ServerResponse, { contentType, body }: Answer, timers: Timers): void {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / 4));
  response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length });
  const next = (offset: number): void => {
    if (offset >= bytes.length) {
      response.end();
      return;
    }
    response.write(bytes.subarray(offset, offset + size));
    timers.setTimeout(() => next(offset + size), PAUSE_MS);
  };
  next(0);
}
