import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSchemaError, parseWith } from '@kr/schemas';
import * as z from 'zod/mini';
import { isSandboxError } from '../errors.ts';
import { readFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { SYSTEM_STATUSES, type SystemStatus } from '../protocol/frames.ts';
import type { Wing } from '../server/front-door.ts';
import type { LedgerTail } from '../server/ledger-tail.ts';
import { SANDBOX_HEADER } from '../server/upgrade-check.ts';
import type { SandboxTime } from '../time/sandbox-time.ts';

/** What can be steered from outside. */
export interface Controlled {
  readonly stats: unknown;
  readonly faults: Faults;
  readonly time: SandboxTime;
  setStatus(system: SystemStatus): void;
}

const MAX_BODY_BYTES = 65_536;
const DEFAULT_TAIL = 100;

const statusSchema = z.strictObject({ system: z.enum(SYSTEM_STATUSES) });
const timeSchema = z.strictObject({
  speed: z.optional(z.number()),
  stepMs: z.optional(z.number()),
});

const ROUTES = {
  'GET /sandbox': 'this list',
  'GET /sandbox/stats': 'what was counted',
  'GET /sandbox/ledger?tail=100': 'the last lines of the ledger, at most 1,000',
  'GET /sandbox/faults': 'all faults and how often they happened',
  'POST /sandbox/faults': 'inject the fault in the body; answers its id',
  'DELETE /sandbox/faults': 'clear all faults',
  'DELETE /sandbox/faults/ID': 'clear one',
  'GET /sandbox/time': 'the wall clock (Unix nanoseconds) and how fast it runs',
  'POST /sandbox/time': 'speed and stepMs: run faster or stand still (0), move on',
  'POST /sandbox/status': 'system: what the trading engine says of itself',
};

/** An answer that is no success. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** `/sandbox/…`: the sandbox in the hands of another process, in JSON. */
export class Control implements Wing {
  readonly path = /^\/sandbox(?:[/?]|$)/;
  readonly #sandbox: Controlled;
  readonly #tail: LedgerTail;

  constructor(sandbox: Controlled, tail: LedgerTail) {
    this.#sandbox = sandbox;
    this.#tail = tail;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    void this.#serve(request, response).catch(() => response.destroy());
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await receive(request);
      const answer = this.#answer(
        request.method ?? 'GET',
        new URL(request.url ?? '', 'http://x'),
        body,
      );
      send(response, 200, answer);
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined) throw error;
      send(response, status, { error: error instanceof Error ? error.message : '' });
    }
  }

  #answer(method: string, url: URL, body: string): unknown {
    const { stats, faults, time } = this.#sandbox;
    const [, , what = '', id] = url.pathname.split('/');
    if (id !== undefined && !(method === 'DELETE' && what === 'faults')) throw unknownRoute();
    switch (`${method} ${what}`) {
      case 'GET ':
        return ROUTES;
      case 'GET stats':
        return stats;
      case 'GET ledger':
        return this.#tail.lines(readTail(url)).map((line) => JSON.parse(line) as unknown);
      case 'GET faults':
        return faults.list();
      case 'POST faults':
        return { id: faults.inject(readFault(readBody(body))) };
      case 'DELETE faults':
        faults.clear(id === undefined ? undefined : Number(id));
        return { cleared: id ?? 'all' };
      case 'GET time':
        return timeOf(time);
      case 'POST time': {
        const { speed, stepMs } = parseWith(timeSchema, readBody(body), 'time');
        if (speed !== undefined) time.setSpeed(speed);
        if (stepMs !== undefined) time.step(stepMs);
        return timeOf(time);
      }
      case 'POST status': {
        const status = parseWith(statusSchema, readBody(body), 'status');
        this.#sandbox.setStatus(status.system);
        return status;
      }
      default:
        throw unknownRoute();
    }
  }
}

function timeOf(time: SandboxTime): unknown {
  return { wallNs: String(time.wallNs()), speed: time.speed };
}

function unknownRoute(): Refusal {
  return new Refusal(404, `there is: ${Object.keys(ROUTES).join(', ')}`);
}

function readTail(url: URL): number {
  const text = url.searchParams.get('tail') ?? String(DEFAULT_TAIL);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal(400, `tail is "${text}": give how many lines`);
}

function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'the body is no JSON');
  }
}

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Refusal(413, `a body is at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof Refusal) return error.status;
  return isSandboxError(error) || isSchemaError(error) ? 400 : undefined;
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = `${JSON.stringify(value)}\n`;
  response.writeHead(status, {
    [SANDBOX_HEADER]: '1',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
