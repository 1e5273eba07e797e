import { isSchemaError } from '@kr/schemas';
import type { Timers } from '@kr/schemas/shared';
import { abortError, WsError } from '../errors.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { Asked, Protocol } from '../protocol/protocol.ts';
import type { Target } from '../subscriptions/subscription.ts';
import { AckCollector, type SymbolOutcome } from './ack-collector.ts';

export interface RequestTableOptions {
  readonly timers: Timers;
  readonly protocol: Protocol;
  /** @throws WsError when it cannot be sent */
  readonly send: (method: string, text: string) => void;
  /** True while we read nothing ourselves: no acknowledgement can come, so none is overdue. */
  readonly isPaused: () => boolean;
  readonly timeoutMs: number;
  /** How long more answers are waited for after one that may have been the only one. */
  readonly settleMs: number;
  readonly maxPending: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** @default requestTimeoutMs of the connection */
  readonly timeoutMs?: number | undefined;
}

type Params = Readonly<Record<string, unknown>>;
type Outcomes = ReadonlyMap<Target, SymbolOutcome>;

interface Pending extends Asked {
  readonly accept: (ack: Ack) => void;
  readonly fail: (error: WsError) => void;
}

/** In place of the exchange's words where an answer is neither a yes nor has any. */
export const NO_REASON = 'no reason given';

/** Who waits for which answer: requests by their `req_id`, which is never used twice. */
export class RequestTable {
  readonly #options: RequestTableOptions;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #drained: (() => void)[] = [];

  constructor(options: RequestTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Resolves once nothing waits for an answer. */
  async drained(): Promise<void> {
    if (this.#pending.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#drained.push(resolve);
    });
  }

  /**
   * Sends a request that has one answer.
   *
   * @throws WsError `REJECTED`, `TIMEOUT`, `ABORTED`, or what `send` and `failAll` give
   */
  call(method: string, params: Params | undefined, options: RequestOptions = {}): Promise<Ack> {
    const { signal, timeoutMs = this.#options.timeoutMs } = options;
    return new Promise<Ack>((resolve, reject) => {
      let timer: unknown;
      const settle = this.#add(method, params, {
        accept: (ack) => {
          finish();
          // Only `pong` has no `success`; anything else without one is a refusal.
          if (ack.success === true || ack.method === 'pong') resolve(ack);
          else reject(rejection(method, ack, params));
        },
        fail: (error) => {
          finish();
          reject(error);
        },
      });
      const handleAbort = (): void => {
        if (signal !== undefined) settle.fail(abortError(`The request ${method}`, signal, true));
      };
      const finish = (): void => {
        settle.forget();
        this.#options.timers.clearTimeout(timer);
        signal?.removeEventListener('abort', handleAbort);
      };
      timer = this.#options.timers.setTimeout(() => {
        settle.fail(timeoutError(method, timeoutMs));
      }, timeoutMs);
      signal?.addEventListener('abort', handleAbort);
    });
  }

  /**
   * Sends a request that is answered once a symbol, and resolves with what is known of each when the
   * last answer came or none is to be expected any more.
   */
  collect(method: string, params: Params, targets: readonly Target[]): Promise<Outcomes> {
    return new Promise<Outcomes>((resolve, reject) => {
      const { timers, timeoutMs, settleMs } = this.#options;
      const collector = new AckCollector(targets);
      let timer: unknown;
      const finish = (): void => {
        settle.forget();
        timers.clearTimeout(timer);
      };
      const giveUpAfter = (ms: number): void => {
        timer = timers.setTimeout(() => {
          if (this.#options.isPaused()) {
            giveUpAfter(ms);
            return;
          }
          finish();
          resolve(collector.outcomes());
        }, ms);
      };
      const settle = this.#add(method, params, {
        accept: (ack) => {
          const { error } = ack;
          collector.add(error === undefined ? ack : { ...ack, error: withoutToken(error, params) });
          if (collector.complete) {
            finish();
            resolve(collector.outcomes());
          } else if (collector.refusedAsAWhole) {
            timers.clearTimeout(timer);
            giveUpAfter(settleMs);
          }
        },
        fail: (error) => {
          finish();
          reject(error);
        },
      });
      giveUpAfter(timeoutMs);
    });
  }

  /** Hands an answer to who waits for it; false when nobody does. */
  accept(ack: Ack): boolean {
    const pending = ack.req_id === undefined ? this.#answered(ack) : this.#pending.get(ack.req_id);
    pending?.accept(ack);
    return pending !== undefined;
  }

  #answered(ack: Ack): Pending | undefined {
    const { answers } = this.#options.protocol;
    if (answers === undefined) return undefined;
    for (const pending of this.#pending.values()) if (answers(pending, ack)) return pending;
    return undefined;
  }

  /** Tells everybody that no answer will come. */
  failAll(errorFor: (method: string) => WsError): void {
    for (const { method, fail } of this.#pending.values()) fail(errorFor(method));
  }

  #add(
    method: string,
    params: Params | undefined,
    handlers: Omit<Pending, keyof Asked>,
  ): { forget(): void; fail(error: WsError): void } {
    const { maxPending, send } = this.#options;
    if (this.#pending.size >= maxPending) {
      throw new WsError(
        'SEND_OVERFLOW',
        `${method} was not sent: ${String(maxPending)} requests wait for their answers. Send fewer at a time.`,
        { method, bound: 'maxPendingRequests' },
      );
    }
    this.#lastId += 1;
    const id = this.#lastId;
    send(method, this.#format(method, params, id));
    this.#pending.set(id, { method, params, ...handlers });
    return {
      forget: () => {
        if (this.#pending.delete(id) && this.#pending.size === 0) this.#handleDrained();
      },
      fail: handlers.fail,
    };
  }

  #format(method: string, params: Params | undefined, id: number): string {
    try {
      return this.#options.protocol.formatRequest(method, params, id);
    } catch (cause) {
      if (!isSchemaError(cause)) throw cause;
      const message = `${method} was not sent: ${cause.message}`;
      throw new WsError('INVALID_PARAMS', message, { method }, { cause });
    }
  }

  #handleDrained(): void {
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
  }
}

/** The error of a refusal, with the exchange's own words less any token of ours that they repeat. */
function rejection(method: string, ack: Ack, params: Params | undefined): WsError<'REJECTED'> {
  const error = withoutToken(ack.error ?? NO_REASON, params);
  return new WsError('REJECTED', `Kraken refused ${method}: ${error}`, { method, error });
}

/** Secrets never appear in errors, not even where the server echoes them. */
function withoutToken(text: string, params: Params | undefined): string {
  const token = params?.['token'];
  if (typeof token !== 'string' || token === '') return text;
  return text.replaceAll(token, '[redacted]');
}

function timeoutError(method: string, timeoutMs: number): WsError<'TIMEOUT'> {
  return new WsError(
    'TIMEOUT',
    `No answer to ${method} within ${String(timeoutMs)} ms: whether it was carried out is unknown.`,
    { method, timeoutMs },
  );
}
