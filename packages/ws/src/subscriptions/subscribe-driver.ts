import type { Clock, Timers } from '@kr/schemas/shared';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { SymbolOutcome } from '../requests/ack-collector.ts';
import type { EntryListener } from './coverage.ts';
import { IntentStore } from './intent-store.ts';
import type { SubscribeResult, SubscriptionEvent } from './subscription.ts';
import type { FailureCode, SubscriptionEntry } from './subscription-entry.ts';
import { type Outcomes, Wire, type WireOptions } from './wire.ts';

export interface SubscribeDriverOptions extends WireOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Requests that a new subscription gets before it is given up. */
  readonly maxTries: number;
  readonly retryInitialMs: number;
  readonly retryMaxMs: number;
  /** Of the present or the last socket. */
  readonly connectionId: () => number;
  readonly listener: EntryListener;
  readonly onEvent: (event: SubscriptionEvent) => void;
}

/** Leads every entry of the intent to an acknowledgement, on whatever socket there is. */
export class SubscribeDriver {
  readonly wire: Wire;
  readonly intent: IntentStore;
  readonly #options: SubscribeDriverOptions;
  readonly #retries = new Set<unknown>();
  #isRunning = false;

  constructor(options: SubscribeDriverOptions) {
    this.#options = options;
    this.wire = new Wire(options);
    this.intent = new IntentStore({
      ...options,
      onJump: (entry, from, to) => {
        if (options.listener.isRecovered?.(entry) === true) return;
        const detail = `messages ${String(from + 1)} to ${String(to - 1)} did not come`;
        void this.renew(entry, { reason: 'sequence', fromNs: undefined, detail });
      },
    });
  }

  start(): void {
    this.#isRunning = true;
    this.flush();
  }

  stop(): void {
    this.#isRunning = false;
    this.wire.stop();
    for (const timer of this.#retries) this.#options.timers.clearTimeout(timer);
    this.#retries.clear();
  }

  /** The server said that we are too fast. */
  slowDown(): void {
    this.wire.slowDown(this.#options.retryInitialMs);
  }

  /** Asks for what is wanted and not asked for yet. */
  flush(): void {
    if (!this.#isRunning) return;
    const wanted = this.intent.entries.filter((entry) => entry.phase === 'wanted');
    for (const chunk of this.wire.chunks(wanted)) {
      for (const entry of chunk) entry.phase = 'queued';
      void this.#send(chunk);
    }
  }

  lose(entry: SubscriptionEntry, loss: Omit<Loss, 'connectionId'>): void {
    this.intent.lose(entry, { ...loss, connectionId: this.#options.connectionId() });
  }

  async renew(
    entry: SubscriptionEntry,
    loss: Omit<Loss, 'connectionId'>,
  ): Promise<SubscribeResult> {
    this.lose(entry, loss);
    if (entry.phase !== 'accepted' || !this.#isRunning) {
      // Its data may be here before its acknowledgement was looked at. In any phase but these two it
      // is about to begin anew anyway.
      if (entry.phase === 'sent' || entry.phase === 'waiting') entry.renewal = loss;
      return entry.outcome();
    }
    entry.renews();
    this.intent.tell(entry, loss.detail);
    void this.#beginAnew(entry);
    return entry.outcome();
  }

  /** Ended by the exchange: a hole, and asked for again after a pause, or why not is its error. */
  handleUnsubscribed(entry: SubscriptionEntry, reason: string): void {
    // In another phase it is about to be asked for, or we have ended it ourselves.
    if (entry.phase !== 'accepted') return;
    this.lose(entry, { reason: 'resync', fromNs: undefined, detail: reason });
    entry.forgetStream();
    this.#again(entry, 'REJECTED', reason, true);
    this.intent.tell(entry, reason);
  }

  /** Takes entries out of the intent, and off the wire where they may be on it. */
  async giveUp(
    entries: readonly SubscriptionEntry[],
    code: FailureCode,
    error: string,
  ): Promise<Outcomes> {
    const onWire = this.#isRunning ? entries.filter((entry) => entry.isOnWire) : [];
    for (const entry of entries) {
      this.intent.remove(entry, this.#options.clock.wallNs());
      entry.failed(code, error);
    }
    return this.wire.unsubscribe(onWire);
  }

  async #beginAnew(entry: SubscriptionEntry): Promise<void> {
    await this.wire.unsubscribe([entry]);
    // Not `renewing` any more: unsubscribed for good, or the socket went.
    if (!this.intent.has(entry) || entry.phase !== 'renewing') return;
    entry.phase = 'wanted';
    entry.alone = true;
    this.flush();
  }

  async #send(chunk: readonly SubscriptionEntry[]): Promise<void> {
    if (!(await this.wire.turn(chunk))) return;
    // Some may have been unsubscribed while they waited for their turn.
    const entries = chunk.filter((entry) => this.intent.has(entry) && entry.phase === 'queued');
    for (const entry of entries) entry.phase = 'sent';
    const outcomes = await this.wire.ask('subscribe', entries);
    for (const entry of entries) {
      // Not `sent` any more: the socket went meanwhile, and the next one starts anew.
      if (!this.intent.has(entry) || entry.phase !== 'sent') continue;
      const outcome = outcomes?.get(entry.symbol);
      if (outcome === undefined) this.#again(entry, 'TIMEOUT', 'it could not be sent', true);
      else this.#apply(entry, outcome);
    }
    // A request that was not answered at all goes out again as it was: each of its symbols alone
    // would be many more messages, and too many messages may be why it was not answered.
    const answers = [...(outcomes?.values() ?? [])];
    if (answers.every(({ kind }) => kind === 'missing' || kind === 'unsent')) {
      for (const entry of entries) entry.alone = false;
    }
    this.flush();
  }

  #apply(entry: SubscriptionEntry, outcome: SymbolOutcome): void {
    const { refusals } = this.#options.protocol;
    if (outcome.kind === 'accepted') {
      this.#accept(entry, outcome.warnings);
    } else if (outcome.kind === 'unsent') {
      this.#again(entry, 'NO_TOKEN', outcome.error, true);
    } else if (outcome.kind === 'missing') {
      const isSpent = entry.tries + 1 >= this.#options.maxTries;
      this.#again(entry, 'TIMEOUT', 'no acknowledgement came', isSpent);
    } else if (refusals.isAlreadySubscribed(outcome.error)) {
      const isOldStream = entry.isRenewal && entry.tries === 0 && !entry.isCovered;
      this.#accept(entry, [outcome.error]);
      // The unsubscribing was lost on the way: no snapshot will come of this.
      if (isOldStream) this.#renewLater(entry);
    } else if (refusals.isTransient(outcome.error) || refusals.isSession(outcome.error)) {
      if (refusals.isRateLimit(outcome.error)) this.slowDown();
      this.#again(entry, 'REJECTED', outcome.error, true);
    } else this.#refuse(entry, outcome.error);
  }

  #accept(entry: SubscriptionEntry, warnings: readonly string[]): void {
    const { clock } = this.#options;
    entry.accepted(warnings, clock.monotonicNs());
    if (!entry.beginsWithSnapshot) this.intent.cover(entry, clock.wallNs());
    this.intent.tell(entry);
    const { renewal } = entry;
    entry.renewal = undefined;
    if (renewal !== undefined) void this.renew(entry, renewal);
  }

  /** For good; but what was acknowledged once is kept, and asked for again on the next socket. */
  #refuse(entry: SubscriptionEntry, error: string): void {
    entry.error = error;
    if (entry.established) {
      entry.phase = 'rejected';
      this.intent.tell(entry);
    } else {
      this.intent.remove(entry, this.#options.clock.wallNs());
    }
    entry.failed('REJECTED', error);
  }

  #renewLater(entry: SubscriptionEntry): void {
    this.#after(this.#options.retryInitialMs, () => {
      if (!this.intent.has(entry) || entry.phase !== 'accepted' || entry.isCovered) return;
      const fromNs = entry.lastDataAt?.wallNs;
      void this.renew(entry, { reason: 'resync', fromNs, detail: 'the old stream went on' });
    });
  }

  /** Another try: alone, so that its answer is about nothing else; `later` after a growing pause. */
  #again(entry: SubscriptionEntry, code: FailureCode, error: string, later: boolean): void {
    const { maxTries, retryInitialMs, retryMaxMs } = this.#options;
    entry.tries += 1;
    entry.alone = true;
    entry.error = error;
    if (!entry.established && entry.tries >= maxTries) {
      // An acknowledgement may still be on its way: leave no stream behind that nobody wants.
      void this.giveUp([entry], code, error);
      return;
    }
    entry.phase = later ? 'waiting' : 'wanted';
    if (!later) return;
    this.#after(Math.min(retryMaxMs, retryInitialMs * 2 ** (entry.tries - 1)), () => {
      if (!this.intent.has(entry) || entry.phase !== 'waiting') return;
      entry.phase = 'wanted';
      this.flush();
    });
  }

  /** Unless the socket goes before. */
  #after(ms: number, act: () => void): void {
    const timer = this.#options.timers.setTimeout(() => {
      this.#retries.delete(timer);
      act();
    }, ms);
    this.#retries.add(timer);
  }
}
