import type { Params, Protocol } from '../protocol/protocol.ts';
import type { SymbolOutcome } from '../requests/ack-collector.ts';
import type { RequestTable } from '../requests/request-table.ts';
import type { Pacer } from './pacer.ts';
import { costOf, requestsFor } from './subscribe-plan.ts';
import type { SubscribeResult, Target } from './subscription.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

/** Adds what a private channel needs (a token) to each request; asked for anew each time, never kept. */
export type Authorize = (channel: string) => Promise<Params | undefined>;

export interface WireOptions {
  readonly protocol: Protocol;
  readonly requests: RequestTable;
  readonly pacer: Pacer;
  readonly symbolsPerRequest: number;
  readonly authorize: Authorize | undefined;
}

export type Outcomes = ReadonlyMap<Target, SymbolOutcome>;

/** Subscribe and unsubscribe requests: cut to size, paced, authorized, with one outcome a symbol. */
export class Wire {
  readonly #options: WireOptions;
  /** Counts sockets: what was begun on one is not sent on the next. */
  #socket = 0;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  chunks(entries: readonly SubscriptionEntry[]): SubscriptionEntry[][] {
    const { symbolsPerRequest, pacer } = this.#options;
    return requestsFor(entries, symbolsPerRequest, pacer.perSecond);
  }

  /** Resolves when these may be sent: true; or false when nothing more is to be sent on this socket. */
  turn(entries: readonly SubscriptionEntry[]): Promise<boolean> {
    return this.#options.pacer.turn(costOf(entries), this);
  }

  /** Sends nothing more on this socket. */
  stop(): void {
    this.#socket += 1;
    this.#options.pacer.clear(this);
  }

  slowDown(ms: number): void {
    this.#options.pacer.hold(ms);
  }

  /** `undefined` when it could not be sent, or when the socket went before the answer. */
  async ask(
    method: 'subscribe' | 'unsubscribe',
    entries: readonly SubscriptionEntry[],
  ): Promise<Outcomes | undefined> {
    const [first] = entries;
    if (first === undefined) return undefined;
    const { requests, authorize } = this.#options;
    const { channel, params } = first;
    const symbols = entries.map((entry) => entry.symbol);
    const symbol = first.symbol === undefined ? undefined : symbols;
    // `snapshot` belongs to subscribing alone; depth, interval and trigger are to be repeated.
    const sent = method === 'subscribe' ? params : { ...params, snapshot: undefined };
    const socket = this.#socket;
    try {
      const secret = authorize === undefined ? undefined : await authorize(channel);
      if (socket !== this.#socket) return undefined;
      return await requests.collect(method, { channel, symbol, ...sent, ...secret }, symbols);
    } catch {
      return undefined;
    }
  }

  /** Unsubscribes as far as it can be sent, and tells what is known of each symbol. */
  async unsubscribe(entries: readonly SubscriptionEntry[]): Promise<Outcomes> {
    const outcomes = new Map<Target, SymbolOutcome>();
    const answers = this.chunks(entries).map(async (chunk) => {
      if (!(await this.turn(chunk))) return;
      for (const [symbol, outcome] of (await this.ask('unsubscribe', chunk)) ?? []) {
        outcomes.set(symbol, outcome);
      }
    });
    await Promise.all(answers);
    return outcomes;
  }

  /** No outcome: it was not on the wire, or the socket took it along. */
  unsubscribeResult(
    channel: string,
    symbol: Target,
    outcome: SymbolOutcome | undefined,
  ): SubscribeResult {
    const { refusals } = this.#options.protocol;
    if (outcome?.kind === 'missing') {
      const error = 'no acknowledgement came: data may go on for a while';
      return { channel, symbol, success: false, code: 'TIMEOUT', error };
    }
    if (outcome?.kind === 'refused' && !refusals.isNotSubscribed(outcome.error)) {
      return { channel, symbol, success: false, code: 'REJECTED', error: outcome.error };
    }
    const warnings = outcome?.kind === 'accepted' ? outcome.warnings : [];
    return { channel, symbol, success: true, warnings };
  }
}
