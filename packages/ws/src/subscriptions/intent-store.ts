import type { ReceivedAt } from '@kr/schemas/shared';
import type { FrameRouter } from '../protocol/protocol.ts';
import type { SubscriptionEvent, SubscriptionView, Target } from './subscription.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

/**
 * Everything that is wanted of this connection, by channel and symbol. There is one subscription for
 * each pair: frames do not say their depth or interval, so two of them could not be told apart.
 */
export class IntentStore {
  readonly #entries = new Map<string, SubscriptionEntry>();
  readonly #router: FrameRouter<SubscriptionEntry>;
  readonly #onEvent: (event: SubscriptionEvent) => void;

  constructor(router: FrameRouter<SubscriptionEntry>, onEvent: (event: SubscriptionEvent) => void) {
    this.#router = router;
    this.#onEvent = onEvent;
  }

  get entries(): readonly SubscriptionEntry[] {
    return [...this.#entries.values()];
  }

  get views(): readonly SubscriptionView[] {
    return this.entries.map((entry) => entry.view);
  }

  get(channel: string, symbol: Target): SubscriptionEntry | undefined {
    return this.#entries.get(keyOf(channel, symbol));
  }

  /** False once it was unsubscribed or given up, also when the same was subscribed again since. */
  has(entry: SubscriptionEntry): boolean {
    return this.get(entry.channel, entry.symbol) === entry;
  }

  add(entry: SubscriptionEntry): void {
    this.#entries.set(keyOf(entry.channel, entry.symbol), entry);
    this.#router.set(entry.channel, entry.symbol, entry);
    this.tell(entry);
  }

  remove(entry: SubscriptionEntry): void {
    const { channel, symbol, error } = entry;
    this.#entries.delete(keyOf(channel, symbol));
    this.#router.delete(channel, symbol);
    this.#onEvent({ channel, symbol, status: 'ended', error });
  }

  /** Tells how it stands now. */
  tell({ channel, symbol, status, error }: SubscriptionEntry): void {
    this.#onEvent({ channel, symbol, status, error });
  }

  /** A data frame that begins with `{"channel":"` came. */
  handleData(bytes: Uint8Array, receivedAt: ReceivedAt): void {
    this.#router.route(bytes, (entry) => {
      this.#mark(entry, receivedAt);
    });
  }

  /** A data frame of another shape came, and was parsed. */
  handleParsedData(channel: string, symbols: readonly string[], receivedAt: ReceivedAt): void {
    for (const symbol of [undefined, ...symbols]) {
      const entry = this.get(channel, symbol);
      if (entry !== undefined) this.#mark(entry, receivedAt);
    }
  }

  #mark(entry: SubscriptionEntry, receivedAt: ReceivedAt): void {
    if (entry.lastDataAt === receivedAt) return; // Another row of the same frame.
    entry.lastDataAt = receivedAt;
    entry.dataFrames += 1;
    if (entry.dataFrames === 1 && entry.phase === 'accepted') this.tell(entry);
  }
}

function keyOf(channel: string, symbol: Target): string {
  return JSON.stringify([channel, symbol]);
}
