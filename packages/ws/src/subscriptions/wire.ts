import type { Authorizer } from '../authorization/authorizer.ts';
import { isWsError } from '../errors.ts';
import type { Params, Protocol } from '../protocol/protocol.ts';
import type { SymbolOutcome } from '../requests/ack-collector.ts';
import type { RequestTable } from '../requests/request-table.ts';
import type { Pacer } from './pacer.ts';
import { costOf, requestsFor } from './subscribe-plan.ts';
import type { SubscribeResult, Target } from './subscription.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

export interface WireOptions {
  readonly protocol: Protocol;
  readonly requests: RequestTable;
  readonly pacer: Pacer;
  readonly symbolsPerRequest: number;
  /** For channels that are not everybody's. */
  readonly authorizer: Authorizer | undefined;
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
    this.#options.authorizer?.forget();
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
    const { protocol, requests } = this.#options;
    const { channel, params } = first;
    const symbols = entries.map((entry) => entry.symbol);
    const symbol = first.symbol === undefined ? undefined : symbols;
    const sent = method === 'subscribe' ? params : protocol.unsubscribeParams(channel, params);
    const socket = this.#socket;
    try {
      const secret = await this.#secretFor(channel);
      if (socket !== this.#socket) return undefined;
      const asked = { channel, symbol, ...sent, ...secret };
      const outcomes = await requests.collect(method, asked, symbols);
      if (secret !== undefined && [...outcomes.values()].some(this.#isSessionRefusal)) {
        this.#options.authorizer?.handleRefused(secret);
      }
      return outcomes;
    } catch (error) {
      if (!isWsError(error, 'NO_TOKEN')) return undefined;
      const { message } = error;
      return new Map(symbols.map((each) => [each, { kind: 'unsent', error: message }]));
    }
  }

  /** @throws WsError `NO_TOKEN` */
  async #secretFor(channel: string): Promise<Params | undefined> {
    const { authorizer, protocol } = this.#options;
    return protocol.accessOf(channel) === 'public' ? undefined : authorizer?.params();
  }

  readonly #isSessionRefusal = (outcome: SymbolOutcome): boolean =>
    outcome.kind === 'refused' && this.#options.protocol.refusals.isSession(outcome.error);

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
