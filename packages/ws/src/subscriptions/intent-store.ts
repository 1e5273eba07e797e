import type { Frame } from '@kr/schemas/shared';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { FrameRouter } from '../protocol/protocol.ts';
import type { EntryListener } from './coverage.ts';
import type { SubscriptionEvent, SubscriptionView, Target } from './subscription.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

/**
 * Everything that is wanted of this connection, by channel and symbol. There is one subscription for
 * each pair: frames do not say their depth or interval, so two of them could not be told apart.
 */
export class IntentStore {
  readonly #entries = new Map<string, SubscriptionEntry>();
  readonly #router: FrameRouter<SubscriptionEntry>;
  readonly #listener: EntryListener;
  readonly #onEvent: (event: SubscriptionEvent) => void;
  /** The frame in hand: a visitor made for each frame would be garbage by the million. */
  #frame: Frame | undefined;

  constructor(
    router: FrameRouter<SubscriptionEntry>,
    listener: EntryListener,
    onEvent: (event: SubscriptionEvent) => void,
  ) {
    this.#router = router;
    this.#listener = listener;
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

  remove(entry: SubscriptionEntry, atNs: bigint): void {
    const { channel, symbol, error } = entry;
    this.#entries.delete(keyOf(channel, symbol));
    this.#router.delete(channel, symbol);
    this.#listener.onForgotten(entry, atNs);
    this.#onEvent({ channel, symbol, status: 'ended', error });
  }

  /** Tells how it stands now. */
  tell({ channel, symbol, status, error }: SubscriptionEntry, reason?: string): void {
    const event = { channel, symbol, status, error };
    this.#onEvent(reason === undefined ? event : { ...event, reason });
  }

  /** Its stream is whole from now on. */
  cover(entry: SubscriptionEntry, atNs: bigint): void {
    if (entry.isCovered) return;
    entry.isCovered = true;
    entry.coveredNs = atNs;
    entry.isDistrusted = false;
    this.#listener.onCovered(entry, atNs);
  }

  /** Its stream is broken; answers whether it was whole before. */
  lose(entry: SubscriptionEntry, loss: Loss): boolean {
    if (!entry.isCovered) return false;
    entry.isCovered = false;
    // That other frames came later says nothing of this stream: the last moment known is its own.
    this.#listener.onLost(entry, { ...loss, fromNs: loss.fromNs ?? entry.knownNs });
    return true;
  }

  /** A data frame whose bytes tell where it belongs. */
  handleData(frame: Frame): void {
    this.#frame = frame;
    this.#router.route(frame.bytes, this.#visit);
  }

  /** A data frame of another shape came, and was parsed. */
  handleParsedData(
    channel: string,
    symbols: readonly string[],
    isSnapshot: boolean,
    frame: Frame,
  ): void {
    this.#frame = frame;
    for (const symbol of [undefined, ...symbols]) {
      const entry = this.get(channel, symbol);
      if (entry !== undefined) this.#visit(entry, isSnapshot);
    }
  }

  readonly #visit = (entry: SubscriptionEntry, isSnapshot: boolean): void => {
    const frame = this.#frame;
    // Another row of the same frame; or what is left of a stream that was ended.
    if (frame === undefined || entry.lastDataAt === frame.receivedAt) return;
    if (entry.phase === 'renewing') return;
    entry.lastDataAt = frame.receivedAt;
    entry.dataFrames += 1;
    if (isSnapshot) this.cover(entry, frame.receivedAt.wallNs);
    else entry.silentRenewals = 0;
    if (entry.dataFrames === 1 && entry.phase === 'accepted') this.tell(entry);
    this.#listener.onData?.(entry, frame, isSnapshot);
  };
}

function keyOf(channel: string, symbol: Target): string {
  return JSON.stringify([channel, symbol]);
}
