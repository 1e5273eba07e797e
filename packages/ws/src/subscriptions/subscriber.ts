import type { Clock, Frame, Timers } from '@kr/schemas/shared';
import { Interruptible } from '../async/interruptible.ts';
import type { WsError } from '../errors.ts';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { SymbolOutcome } from '../requests/ack-collector.ts';
import type { EntryListener } from './coverage.ts';
import { IntentStore } from './intent-store.ts';
import type {
  Intent,
  SubscribeResult,
  SubscriptionEvent,
  SubscriptionStatus,
  SubscriptionView,
  Target,
} from './subscription.ts';
import { type FailureCode, SubscriptionEntry } from './subscription-entry.ts';
import { type CadenceOf, Watchdog } from './watchdog.ts';
import { type Outcomes, Wire, type WireOptions } from './wire.ts';

export interface SubscriberOptions extends WireOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Requests that a new subscription gets before it is given up. */
  readonly maxTries: number;
  readonly retryInitialMs: number;
  readonly retryMaxMs: number;
  readonly snapshotTimeoutMs: number;
  readonly cadenceOf: CadenceOf;
  readonly isPaused: () => boolean;
  /** Of the present or the last socket. */
  readonly connectionId: () => number;
  readonly listener: EntryListener;
  readonly onEvent: (event: SubscriptionEvent) => void;
}

/**
 * Drives every entry of the intent to an acknowledgement, on whatever socket there is. The server's
 * echo is never used: after a reconnect the same requests go out again from our own parameters.
 */
export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #wire: Wire;
  readonly #intent: IntentStore;
  readonly #watchdog: Watchdog;
  readonly #interruptible = new Interruptible();
  readonly #retries = new Set<unknown>();
  #running = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#wire = new Wire(options);
    const router = options.protocol.createRouter<SubscriptionEntry>();
    this.#intent = new IntentStore(router, options.listener, options.onEvent);
    this.#watchdog = new Watchdog({
      ...options,
      entries: () => this.#intent.entries,
      onSilent: (entry, detail) => {
        entry.silentRenewals += 1;
        const fromNs = entry.lastDataAt?.wallNs;
        void this.#renew(entry, { reason: 'silence', fromNs, detail });
      },
    });
  }

  get views(): readonly SubscriptionView[] {
    return this.#intent.views;
  }

  statusOf(channel: string, symbol: Target): SubscriptionStatus | undefined {
    return this.#intent.get(channel, symbol)?.status;
  }

  /** A socket is open: asks for the whole intent. */
  start(): void {
    this.#running = true;
    this.#watchdog.start();
    this.#flush();
  }

  /** Asks for nothing more; what was sent may still be answered. */
  quiesce(): void {
    this.#running = false;
    this.#watchdog.stop();
    this.#wire.stop();
    for (const timer of this.#retries) this.#options.timers.clearTimeout(timer);
    this.#retries.clear();
  }

  /** The socket is gone; the intent stays. Answers how many streams that broke. */
  stop(loss?: Loss): number {
    this.quiesce();
    let lost = 0;
    for (const entry of this.#intent.entries) {
      const before = entry.status;
      entry.forgetSocket();
      if (loss !== undefined && this.#intent.lose(entry, loss)) lost += 1;
      if (before !== entry.status) this.#intent.tell(entry);
    }
    return lost;
  }

  /** No socket will come any more. */
  end(error: WsError): void {
    this.stop();
    this.#interruptible.end(error);
  }

  /** The server said that we are too fast. */
  slowDown(): void {
    this.#wire.slowDown(this.#options.retryInitialMs);
  }

  handleData(frame: Frame): void {
    this.#intent.handleData(frame);
  }

  handleParsedData(
    channel: string,
    symbols: readonly string[],
    isSnapshot: boolean,
    frame: Frame,
  ): void {
    this.#intent.handleParsedData(channel, symbols, isSnapshot, frame);
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
      const entries = this.#find(intent);
      const found = entries.filter((entry) => entry !== undefined);
      const reason = 'unsubscribed before it was acknowledged';
      const outcomes = await this.#giveUp(found, 'UNSUBSCRIBED', reason);
      return intent.targets.map((symbol, index): SubscribeResult => {
        if (entries[index] === undefined) return notSubscribed(channel, symbol);
        return this.#wire.unsubscribeResult(channel, symbol, outcomes.get(symbol));
      });
    });
  }

  /** Ends the streams of these symbols and begins them anew, with a snapshot. */
  renew(
    intent: Intent,
    loss: Omit<Loss, 'connectionId'>,
    signal: AbortSignal | undefined,
  ): Promise<SubscribeResult[]> {
    return this.#interruptible.run('renew', signal, () =>
      Promise.all(
        this.#find(intent).map((entry, index) => {
          if (entry !== undefined) return this.#renew(entry, loss);
          return Promise.resolve(notSubscribed(intent.channel, intent.targets[index]));
        }),
      ),
    );
  }

  /** Calls a stream broken that goes on: what it says is not trusted before its next snapshot. */
  distrust(intent: Intent, loss: Omit<Loss, 'connectionId'>): void {
    for (const entry of this.#find(intent)) {
      if (entry === undefined) continue;
      entry.isDistrusted = true;
      this.#lose(entry, loss);
    }
  }

  #find({ channel, targets }: Intent): (SubscriptionEntry | undefined)[] {
    return targets.map((symbol) => this.#intent.get(channel, symbol));
  }

  #lose(entry: SubscriptionEntry, loss: Omit<Loss, 'connectionId'>): void {
    this.#intent.lose(entry, { ...loss, connectionId: this.#options.connectionId() });
  }

  async #renew(
    entry: SubscriptionEntry,
    loss: Omit<Loss, 'connectionId'>,
  ): Promise<SubscribeResult> {
    this.#lose(entry, loss);
    if (entry.phase !== 'accepted' || !this.#running) {
      // Its data may be here before its acknowledgement was looked at. In any phase but these two it
      // is about to begin anew anyway.
      if (entry.phase === 'sent' || entry.phase === 'waiting') entry.renewal = loss;
      return entry.outcome();
    }
    entry.renews();
    this.#intent.tell(entry, loss.detail);
    void this.#beginAnew(entry);
    return entry.outcome();
  }

  async #beginAnew(entry: SubscriptionEntry): Promise<void> {
    await this.#wire.unsubscribe([entry]);
    // Not `renewing` any more: unsubscribed for good, or the socket went.
    if (!this.#intent.has(entry) || entry.phase !== 'renewing') return;
    entry.phase = 'wanted';
    entry.alone = true;
    this.#flush();
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
    for (const chunk of this.#wire.chunks(wanted)) {
      for (const entry of chunk) entry.phase = 'queued';
      void this.#send(chunk);
    }
  }

  async #send(chunk: readonly SubscriptionEntry[]): Promise<void> {
    if (!(await this.#wire.turn(chunk))) return;
    // Some may have been unsubscribed while they waited for their turn.
    const entries = chunk.filter((entry) => this.#intent.has(entry) && entry.phase === 'queued');
    for (const entry of entries) entry.phase = 'sent';
    const outcomes = await this.#wire.ask('subscribe', entries);
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
    const { refusals } = this.#options.protocol;
    if (outcome.kind === 'accepted') {
      this.#accept(entry, outcome.warnings);
    } else if (outcome.kind === 'missing') {
      const isSpent = entry.tries + 1 >= this.#options.maxTries;
      this.#again(entry, 'TIMEOUT', 'no acknowledgement came', isSpent);
    } else if (refusals.isAlreadySubscribed(outcome.error)) {
      const isOldStream = entry.isRenewal && entry.tries === 0 && !entry.isCovered;
      this.#accept(entry, [outcome.error]);
      // The unsubscribing was lost on the way: no snapshot will come of this.
      if (isOldStream) this.#renewLater(entry);
    } else if (refusals.isTransient(outcome.error)) {
      if (refusals.isRateLimit(outcome.error)) this.slowDown();
      this.#again(entry, 'REJECTED', outcome.error, true);
    } else {
      entry.error = outcome.error;
      if (entry.established) {
        entry.phase = 'rejected';
        this.#intent.tell(entry);
      } else {
        this.#intent.remove(entry, this.#options.clock.wallNs());
      }
      entry.failed('REJECTED', outcome.error);
    }
  }

  #accept(entry: SubscriptionEntry, warnings: readonly string[]): void {
    const { clock } = this.#options;
    entry.accepted(warnings, clock.monotonicNs());
    if (!entry.beginsWithSnapshot) this.#intent.cover(entry, clock.wallNs());
    this.#intent.tell(entry);
    const { renewal } = entry;
    entry.renewal = undefined;
    if (renewal !== undefined) void this.#renew(entry, renewal);
  }

  #renewLater(entry: SubscriptionEntry): void {
    this.#after(this.#options.retryInitialMs, () => {
      if (!this.#intent.has(entry) || entry.phase !== 'accepted' || entry.isCovered) return;
      const fromNs = entry.lastDataAt?.wallNs;
      void this.#renew(entry, { reason: 'resync', fromNs, detail: 'the old stream went on' });
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
      void this.#giveUp([entry], code, error);
      return;
    }
    entry.phase = later ? 'waiting' : 'wanted';
    if (!later) return;
    this.#after(Math.min(retryMaxMs, retryInitialMs * 2 ** (entry.tries - 1)), () => {
      if (!this.#intent.has(entry) || entry.phase !== 'waiting') return;
      entry.phase = 'wanted';
      this.#flush();
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

  /** Takes entries out of the intent, and off the wire where they may be on it. */
  async #giveUp(
    entries: readonly SubscriptionEntry[],
    code: FailureCode,
    error: string,
  ): Promise<Outcomes> {
    const onWire = this.#running ? entries.filter((entry) => entry.isOnWire) : [];
    for (const entry of entries) {
      this.#intent.remove(entry, this.#options.clock.wallNs());
      entry.failed(code, error);
    }
    return this.#wire.unsubscribe(onWire);
  }
}

function notSubscribed(channel: string, symbol: Target): SubscribeResult {
  const error = 'not subscribed on this connection';
  return { channel, symbol, success: false, code: 'NOT_SUBSCRIBED', error };
}
