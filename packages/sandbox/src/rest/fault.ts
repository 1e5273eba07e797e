import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Timers } from '@kr/schemas/shared';
import { type Answer, jsonAnswer, sendAnswer } from './answer.ts';

/** In what ways the answer of a request can go wrong; see {@link RestFaultKind}. */
export const REST_FAULT_KINDS = [
  'timeout',
  'reset',
  'badGateway',
  'tooManyRequests',
  'html',
  'cutBody',
  'wrongTypes',
  'slowBody',
  'internal',
  'busy',
  'refused',
] as const;

/**
 * - `timeout`: no answer ever;
 * - `reset`: the connection is reset;
 * - `badGateway`: 502 with a page, as a proxy in front gives, or another `status` of such a page;
 * - `tooManyRequests`: 429 with a page, and `Retry-After` if it is given;
 * - `html`: a maintenance page with status 200;
 * - `cutBody`: half of the answer, then the connection ends;
 * - `wrongTypes`: JSON whose fields are of other types;
 * - `slowBody`: the answer in four pieces, with pauses of `pauseMs`;
 * - `internal`: `EGeneral:Internal error` (Futures: `Server Error`), which settles nothing;
 * - `busy`: `EService:Busy` (Futures: `Unavailable`);
 * - `refused`: the `error` that is given.
 */
export type RestFaultKind = (typeof REST_FAULT_KINDS)[number];

/** How one request goes wrong. */
export interface RestFault {
  /**
   * `before` the exchange has seen it, `after` it was done, or `late`: the answer is lost and it is
   * done only `lateMs` afterwards.
   */
  readonly when: 'before' | 'after' | 'late';
  readonly how: RestFaultKind;
  /** @defaultValue 50 */
  readonly lateMs?: number | undefined;
  /** Of a page in place of an answer; default: as its kind says. */
  readonly status?: number | undefined;
  /** Of `tooManyRequests`: seconds, or an HTTP date. */
  readonly retryAfter?: number | string | undefined;
  /** Of `slowBody`. @defaultValue 20 */
  readonly pauseMs?: number | undefined;
  /** Of `refused`. @defaultValue `EService:Unavailable`, for Futures `Unavailable` */
  readonly error?: string | undefined;
}

/** What a request comes in on, and what is needed to let its answer go wrong. */
export interface FaultyLine {
  readonly response: ServerResponse;
  readonly timers: Timers;
  readonly isSpot: boolean;
  /** Resets the connection (RST), TLS or not. */
  reset(): void;
}

const DEFAULT_PAUSE_MS = 20;

/** Answers as the fault has it; `answer` is what would have been said. */
export function playFault(fault: RestFault, answer: Answer, line: FaultyLine): void {
  const { response, isSpot } = line;
  const refuse = (spot: string, futures: string): void => {
    const body = isSpot ? { error: [spot] } : { result: 'error', error: futures };
    sendAnswer(response, jsonAnswer(body));
  };
  switch (fault.how) {
    case 'timeout':
      return;
    case 'reset':
      line.reset();
      return;
    case 'badGateway':
      sendAnswer(response, page(fault.status ?? 502));
      return;
    case 'tooManyRequests':
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      sendAnswer(response, page(fault.status ?? 429));
      return;
    case 'html':
      sendAnswer(response, page(fault.status ?? 200, 'Scheduled maintenance'));
      return;
    case 'cutBody':
      cut(response, answer);
      return;
    case 'wrongTypes':
      sendAnswer(
        response,
        jsonAnswer(
          isSpot
            ? { error: [], result: { descr: 7, txid: 'none', open: [] } }
            : { result: 'success', serverTime: 7, sendStatus: 'none', openOrders: {} },
        ),
      );
      return;
    case 'slowBody':
      sendSlowly(line, answer, fault.pauseMs ?? DEFAULT_PAUSE_MS);
      return;
    case 'internal':
      refuse('EGeneral:Internal error', 'Server Error');
      return;
    case 'busy':
      refuse('EService:Busy', 'Unavailable');
      return;
    case 'refused':
      refuse(fault.error ?? 'EService:Unavailable', fault.error ?? 'Unavailable');
  }
}

/** What a proxy in front shows, and says that it is none of the exchange's. */
function page(status: number, title = `${status} ${STATUS_CODES[status] ?? 'Error'}`): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>kr sandbox</p></body></html>`;
  return { status, contentType: 'text/html; charset=utf-8', body };
}

function cut(response: ServerResponse, { status, contentType, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

function sendSlowly({ response, timers }: FaultyLine, answer: Answer, pauseMs: number): void {
  const bytes = Buffer.from(answer.body);
  const size = Math.max(1, Math.ceil(bytes.length / 4));
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': bytes.length,
  });
  const next = (offset: number): void => {
    // Who asked may have had enough of it.
    if (response.destroyed) return;
    const end = offset + size;
    const piece = bytes.subarray(offset, end);
    // With its last piece: who has it all may ask again on the same connection.
    if (end >= bytes.length) {
      response.end(piece);
      return;
    }
    response.write(piece);
    timers.setTimeout(() => next(end), pauseMs);
  };
  next(0);
}
