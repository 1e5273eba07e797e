import type { Frame } from '@kr/schemas/shared';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { FrameRouter, Protocol } from '../protocol/protocol.ts';
import type { EntryListener } from './coverage.ts';
import type { SubscriptionEvent, SubscriptionView, Target } from './subscription.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

export interface IntentStoreOptions {
  readonly protocol: Protocol;
  readonly listener: EntryListener;
  readonly onEvent: (event: SubscriptionEvent) => void;
  /** Messages are missing before this frame, which is handed on once this is told. */
  readonly onJump: (entry: SubscriptionEntry, from: number, to: number) => void;
}

/**
 * Everything that is wanted of this connection, by channel and symbol. There is one subscription for
 * each pair: frames do not say their depth or interval, so two of them could not be told apart.
 */
export class IntentStore {
  readonly #entries = new Map<string, SubscriptionEntry>();
  readonly #options: IntentStoreOptions;
  readonly #router: FrameRouter<SubscriptionEntry>;
  /** The frame in hand: a visitor made for each frame would be garbage by the million. */
  #frame: Frame | undefined;

  constructor(options: IntentStoreOptions) {
    this.#options = options;
    this.#router = options.protocol.createRouter();
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
    this.#options.listener.onForgotten(entry, atNs);
    this.#options.onEvent({ channel, symbol, status: 'ended', error });
  }

  /** Tells how it stands now. */
  tell({ channel, symbol, status, error }: SubscriptionEntry, reason?: string): void {
    const event = { channel, symbol, status, error };
    this.#options.onEvent(reason === undefined ? event : { ...event, reason });
  }

  /** Its stream is whole from now on. */
  cover(entry: SubscriptionEntry, atNs: bigint): void {
    if (entry.isCovered) return;
    entry.isCovered = true;
    entry.coveredNs = atNs;
    entry.isDistrusted = false;
    this.#options.listener.onCovered(entry, atNs);
  }

  /** Its stream is broken; answers whether it was whole before. */
  lose(entry: SubscriptionEntry, loss: Loss): boolean {
    if (!entry.isCovered) return false;
    entry.isCovered = false;
    // That other frames came later says nothing of this stream: the last moment known is its own.
    this.#options.listener.onLost(entry, { ...loss, fromNs: loss.fromNs ?? entry.knownNs });
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
    if (entry.isSequenced ? !this.#isNext(entry, frame, isSnapshot) : entry.phase === 'renewing') {
      return;
    }
    entry.lastDataAt = frame.receivedAt;
    entry.dataFrames += 1;
    if (isSnapshot) this.cover(entry, frame.receivedAt.wallNs);
    else entry.silentRenewals = 0;
    if (entry.dataFrames === 1 && entry.phase === 'accepted') this.tell(entry);
    this.#options.listener.onData?.(entry, frame, isSnapshot);
  };

  /**
   * Of numbered messages each is wanted once. What still comes of a stream that is to begin anew
   * is wanted too: a fill that is not told again by a snapshot of open orders.
   */
  #isNext(entry: SubscriptionEntry, { bytes }: Frame, isSnapshot: boolean): boolean {
    const sequence = this.#options.protocol.sequenceOf(bytes);
    if (sequence === undefined || entry.phase === 'renewing') return true;
    const last = entry.sequence;
    if (isSnapshot) {
      entry.sequence = sequence;
      return true;
    }
    // Before its snapshot there is nothing to count from.
    if (last === 0 && entry.beginsWithSnapshot) return true;
    if (last > 0 && sequence <= last) return false;
    entry.sequence = sequence;
    if (last > 0 && sequence > last + 1) this.#options.onJump(entry, last, sequence);
    return true;
  }
}

function keyOf(channel: string, symbol: Target): string {
  return JSON.stringify([channel, symbol]);
}
