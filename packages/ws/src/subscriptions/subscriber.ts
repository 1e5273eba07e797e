import type { Frame } from '@kr/schemas/shared';
import { Interruptible } from '../async/interruptible.ts';
import type { WsError } from '../errors.ts';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { Ended } from '../protocol/protocol.ts';
import type { IntentStore } from './intent-store.ts';
import { SubscribeDriver, type SubscribeDriverOptions } from './subscribe-driver.ts';
import type { Intent, SubscribeResult, SubscriptionView, Target } from './subscription.ts';
import { SubscriptionEntry } from './subscription-entry.ts';
import { type CadenceOf, Watchdog } from './watchdog.ts';

export interface SubscriberOptions extends SubscribeDriverOptions {
  readonly snapshotTimeoutMs: number;
  readonly cadenceOf: CadenceOf;
  readonly isPaused: () => boolean;
}

/**
 * What callers ask of a connection's subscriptions. The server's echo is never used: after a
 * reconnect the same requests go out again from our own parameters.
 */
export class Subscriber {
  readonly #driver: SubscribeDriver;
  readonly #watchdog: Watchdog;
  readonly #interruptible = new Interruptible();

  constructor(options: SubscriberOptions) {
    this.#driver = new SubscribeDriver(options);
    this.#watchdog = new Watchdog({
      ...options,
      entries: () => this.#intent.entries,
      onSilent: (entry, detail) => {
        entry.silentRenewals += 1;
        const fromNs = entry.lastDataAt?.wallNs;
        void this.#driver.renew(entry, { reason: 'silence', fromNs, detail });
      },
    });
  }

  get views(): readonly SubscriptionView[] {
    return this.#intent.views;
  }

  viewOf(channel: string, symbol: Target): SubscriptionView | undefined {
    return this.#intent.get(channel, symbol)?.view;
  }

  /** A socket is open: asks for the whole intent. */
  start(): void {
    this.#watchdog.start();
    this.#driver.start();
  }

  /** Asks for nothing more; what was sent may still be answered. */
  quiesce(): void {
    this.#watchdog.stop();
    this.#driver.stop();
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
    this.#driver.slowDown();
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

  /** The exchange has ended a subscription unasked. */
  handleUnsubscribed({ channel, symbol, reason }: Ended): void {
    const entry = this.#intent.get(channel, symbol);
    if (entry !== undefined) this.#driver.handleUnsubscribed(entry, reason);
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
      this.#driver.flush();
      return Promise.all(results);
    };
    return this.#interruptible.run('subscribe', signal, work, () => {
      const unfinished = created.filter((entry) => !entry.established && this.#intent.has(entry));
      void this.#driver.giveUp(unfinished, 'UNSUBSCRIBED', 'aborted before it was acknowledged');
    });
  }

  unsubscribe(intent: Intent, signal: AbortSignal | undefined): Promise<SubscribeResult[]> {
    const { channel } = intent;
    return this.#interruptible.run('unsubscribe', signal, async () => {
      const entries = this.#find(intent);
      const found = entries.filter((entry) => entry !== undefined);
      const reason = 'unsubscribed before it was acknowledged';
      const outcomes = await this.#driver.giveUp(found, 'UNSUBSCRIBED', reason);
      return intent.targets.map((symbol, index): SubscribeResult => {
        if (entries[index] === undefined) return notSubscribed(channel, symbol);
        return this.#driver.wire.unsubscribeResult(channel, symbol, outcomes.get(symbol));
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
          if (entry !== undefined) return this.#driver.renew(entry, loss);
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
      this.#driver.lose(entry, loss);
    }
  }

  #find({ channel, targets }: Intent): (SubscriptionEntry | undefined)[] {
    return targets.map((symbol) => this.#intent.get(channel, symbol));
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

  get #intent(): IntentStore {
    return this.#driver.intent;
  }
}

function notSubscribed(channel: string, symbol: Target): SubscribeResult {
  const error = 'not subscribed on this connection';
  return { channel, symbol, success: false, code: 'NOT_SUBSCRIBED', error };
}
