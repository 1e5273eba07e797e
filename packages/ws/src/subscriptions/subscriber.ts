import type { Clock, ReceivedAt, Timers } from '@kr/schemas/shared';
import { Interruptible } from '../async/interruptible.ts';
import type { WsError } from '../errors.ts';
import type { Protocol, Refusals } from '../protocol/protocol.ts';
import type { SymbolOutcome } from '../requests/ack-collector.ts';
import type { RequestTable } from '../requests/request-table.ts';
import { IntentStore } from './intent-store.ts';
import { Pacer } from './pacer.ts';
import { costOf, requestsFor } from './subscribe-plan.ts';
import type {
  Intent,
  SubscribeResult,
  SubscriptionEvent,
  SubscriptionView,
  Target,
} from './subscription.ts';
import { type FailureCode, SubscriptionEntry } from './subscription-entry.ts';

export interface SubscriberOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly protocol: Protocol;
  readonly requests: RequestTable;
  readonly symbolsPerRequest: number;
  readonly costPerSecond: number;
  /** Requests that a new subscription gets before it is given up. */
  readonly maxTries: number;
  readonly retryInitialMs: number;
  readonly retryMaxMs: number;
  readonly onEvent: (event: SubscriptionEvent) => void;
}

type Outcomes = ReadonlyMap<Target, SymbolOutcome>;

/**
 * Drives every entry of the intent to an acknowledgement, on whatever socket there is. The server's
 * echo is never used: after a reconnect the same requests go out again from our own parameters.
 */
export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #pacer: Pacer;
  readonly #intent: IntentStore;
  readonly #interruptible = new Interruptible();
  readonly #retries = new Set<unknown>();
  #running = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#intent = new IntentStore(options.protocol.createRouter(), options.onEvent);
    const { clock, timers, costPerSecond: perSecond } = options;
    this.#pacer = new Pacer({ clock, timers, perSecond });
  }

  get views(): readonly SubscriptionView[] {
    return this.#intent.views;
  }

  /** A socket is open: asks for the whole intent. */
  start(): void {
    this.#running = true;
    this.#flush();
  }

  /** Asks for nothing more; what was sent may still be answered. */
  quiesce(): void {
    this.#running = false;
    this.#pacer.clear();
    for (const timer of this.#retries) this.#options.timers.clearTimeout(timer);
    this.#retries.clear();
  }

  /** The socket is gone. The intent stays. */
  stop(): void {
    this.quiesce();
    for (const entry of this.#intent.entries) {
      const before = entry.status;
      entry.forgetSocket();
      if (before !== entry.status) this.#intent.tell(entry);
    }
  }

  /** No socket will come any more. */
  end(error: WsError): void {
    this.stop();
    this.#interruptible.end(error);
  }

  /** The server said that we are too fast. */
  slowDown(): void {
    this.#pacer.hold(this.#options.retryInitialMs);
  }

  handleData(bytes: Uint8Array, receivedAt: ReceivedAt): void {
    this.#intent.handleData(bytes, receivedAt);
  }

  handleParsedData(channel: string, symbols: readonly string[], receivedAt: ReceivedAt): void {
    this.#intent.handleParsedData(channel, symbols, receivedAt);
  }

  subscribe(intent: Intent, signal: AbortSignal | undefined): Promise<SubscribeResult[]> {
    const created: SubscriptionEntry[] = [];
    const work = (): Promise<SubscribeResult[]> => {
      const results = intent.targets.map((symbol) => {
        const existing = this.#intent.get(intent.channel, symbol);
        if (existing !== undefined) return this.#join(existing, intent);
        const entry = new SubscriptionEntry(intent, symbol);
        this.#intent.add(entry);
        created.push(entry);
        return entry.outcome();
      });
      this.#flush();
      return Promise.all(results);
    };
    return this.#interruptible.run('subscribe', signal, work, () => {
      const unfinished = created.filter((entry) => !entry.established && this.#intent.has(entry));
      void this.#giveUp(unfinished, 'UNSUBSCRIBED', 'aborted before it was acknowledged');
    });
  }

  unsubscribe(intent: Intent, signal: AbortSignal | undefined): Promise<SubscribeResult[]> {
    const { channel } = intent;
    return this.#interruptible.run('unsubscribe', signal, async () => {
      const entries = intent.targets.map((symbol) => this.#intent.get(channel, symbol));
      const found = entries.filter((entry) => entry !== undefined);
      const outcomes = await this.#giveUp(
        found,
        'UNSUBSCRIBED',
        'unsubscribed before it was acknowledged',
      );
      return intent.targets.map((symbol, index): SubscribeResult => {
        if (entries[index] !== undefined) {
          return unsubscribeResult(
            channel,
            symbol,
            outcomes.get(symbol),
            this.#options.protocol.refusals,
          );
        }
        const error = 'not subscribed on this connection';
        return { channel, symbol, success: false, code: 'NOT_SUBSCRIBED', error };
      });
    });
  }

  async #join(existing: SubscriptionEntry, intent: Intent): Promise<SubscribeResult> {
    const { channel, symbol, variant } = existing;
    if (variant !== intent.variant) {
      const error = `${symbol ?? channel} is subscribed with ${variant} already`;
      return { channel, symbol, success: false, code: 'CONFLICT', error };
    }
    if (existing.phase === 'rejected') existing.wantAgain();
    return existing.outcome();
  }

  #flush(): void {
    if (!this.#running) return;
    const wanted = this.#intent.entries.filter((entry) => entry.phase === 'wanted');
    for (const chunk of this.#chunks(wanted)) {
      for (const entry of chunk) entry.phase = 'queued';
      void this.#send(chunk);
    }
  }

  async #send(chunk: readonly SubscriptionEntry[]): Promise<void> {
    if (!(await this.#pacer.turn(costOf(chunk)))) return;
    // Some may have been unsubscribed while they waited for their turn.
    const entries = chunk.filter((entry) => this.#intent.has(entry) && entry.phase === 'queued');
    for (const entry of entries) entry.phase = 'sent';
    const outcomes = await this.#ask('subscribe', entries);
    for (const entry of entries) {
      // Not `sent` any more: the socket went meanwhile, and the next one starts anew.
      if (!this.#intent.has(entry) || entry.phase !== 'sent') continue;
      const outcome = outcomes?.get(entry.symbol);
      if (outcome === undefined) this.#again(entry, 'TIMEOUT', 'it could not be sent', true);
      else this.#apply(entry, outcome);
    }
    // A request that was not answered at all goes out again as it was: each of its symbols alone
    // would be many more messages, and too many messages may be why it was not answered.
    const answers = [...(outcomes?.values() ?? [])];
    if (answers.every(({ kind }) => kind === 'missing')) {
      for (const entry of entries) entry.alone = false;
    }
    this.#flush();
  }

  #apply(entry: SubscriptionEntry, outcome: SymbolOutcome): void {
    if (outcome.kind === 'accepted') {
      this.#accept(entry, outcome.warnings);
    } else if (outcome.kind === 'missing') {
      const isSpent = entry.tries + 1 >= this.#options.maxTries;
      this.#again(entry, 'TIMEOUT', 'no acknowledgement came', isSpent);
    } else if (this.#options.protocol.refusals.isAlreadySubscribed(outcome.error)) {
      this.#accept(entry, [outcome.error]);
    } else if (this.#options.protocol.refusals.isTransient(outcome.error)) {
      if (this.#options.protocol.refusals.isRateLimit(outcome.error)) this.slowDown();
      this.#again(entry, 'REJECTED', outcome.error, true);
    } else {
      entry.error = outcome.error;
      if (entry.established) {
        entry.phase = 'rejected';
        this.#intent.tell(entry);
      } else {
        this.#intent.remove(entry);
      }
      entry.failed('REJECTED', outcome.error);
    }
  }

  #accept(entry: SubscriptionEntry, warnings: readonly string[]): void {
    entry.accepted(warnings);
    this.#intent.tell(entry);
  }

  /** Another try: alone, so that its answer is about nothing else; `later` after a growing pause. */
  #again(entry: SubscriptionEntry, code: FailureCode, error: string, later: boolean): void {
    const { timers, maxTries, retryInitialMs, retryMaxMs } = this.#options;
    entry.tries += 1;
    entry.alone = true;
    entry.error = error;
    if (!entry.established && entry.tries >= maxTries) {
      // An acknowledgement may still be on its way: leave no stream behind that nobody wants.
      void this.#giveUp([entry], code, error);
      return;
    }
    entry.phase = later ? 'waiting' : 'wanted';
    if (!later) return;
    const delayMs = Math.min(retryMaxMs, retryInitialMs * 2 ** (entry.tries - 1));
    const timer = timers.setTimeout(() => {
      this.#retries.delete(timer);
      if (!this.#intent.has(entry) || entry.phase !== 'waiting') return;
      entry.phase = 'wanted';
      this.#flush();
    }, delayMs);
    this.#retries.add(timer);
  }

  /** Takes entries out of the intent, and off the wire where they may be on it. */
  async #giveUp(
    entries: readonly SubscriptionEntry[],
    code: FailureCode,
    error: string,
  ): Promise<Outcomes> {
    const onWire = this.#running ? entries.filter((entry) => entry.isOnWire) : [];
    for (const entry of entries) {
      this.#intent.remove(entry);
      entry.failed(code, error);
    }
    const outcomes = new Map<Target, SymbolOutcome>();
    const answers = this.#chunks(onWire).map(async (chunk) => {
      if (!(await this.#pacer.turn(costOf(chunk)))) return;
      for (const [symbol, outcome] of (await this.#ask('unsubscribe', chunk)) ?? []) {
        outcomes.set(symbol, outcome);
      }
    });
    await Promise.all(answers);
    return outcomes;
  }

  #chunks(entries: readonly SubscriptionEntry[]): SubscriptionEntry[][] {
    const { symbolsPerRequest, costPerSecond } = this.#options;
    return requestsFor(entries, symbolsPerRequest, costPerSecond);
  }

  /** `undefined` when it could not be sent, or when the socket went before the answer. */
  async #ask(
    method: 'subscribe' | 'unsubscribe',
    entries: readonly SubscriptionEntry[],
  ): Promise<Outcomes | undefined> {
    const [first] = entries;
    if (first === undefined) return undefined;
    const { channel, params } = first;
    const symbols = entries.map((entry) => entry.symbol);
    const symbol = first.symbol === undefined ? undefined : symbols;
    // `snapshot` belongs to subscribing alone; depth, interval and trigger are to be repeated.
    const sent = method === 'subscribe' ? params : { ...params, snapshot: undefined };
    try {
      return await this.#options.requests.collect(method, { channel, symbol, ...sent }, symbols);
    } catch {
      return undefined;
    }
  }
}

/** No outcome: it was not on the wire, or the socket took it along. */
function unsubscribeResult(
  channel: string,
  symbol: Target,
  outcome: SymbolOutcome | undefined,
  refusals: Refusals,
): SubscribeResult {
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
