import type { Frame } from '@kr/schemas/shared';
import type { LiveConnection } from '../connection/create-connection.ts';
import { isWsError, type WsError } from '../errors.ts';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { EntryListener } from '../subscriptions/coverage.ts';
import type { SubscribeResult, Target } from '../subscriptions/subscription.ts';
import type { SubscriptionEntry } from '../subscriptions/subscription-entry.ts';
import type { RowFilter } from './merge.ts';
import type { DataMessage, Delivery } from './message.ts';
import type { Topic } from './topic.ts';

export interface ShardOptions {
  /** Topics of another group are not put here: another address, other limits. */
  readonly group: string;
  readonly maxTopics: number;
  readonly maxWeight: number;
  readonly lanes: number;
  /** Makes the connection of a lane. It opens nothing. */
  readonly connect: (
    lane: number,
    listener: EntryListener,
    onClosed: (error: WsError | undefined) => void,
  ) => LiveConnection;
  /** Attempts before the first connection of a lane is given up. */
  readonly attempts: number;
  readonly parse: (frame: Frame) => (DataMessage & Delivery) | undefined;
  readonly rowFilterOf: ((channel: string) => RowFilter | undefined) | undefined;
  /** No lane took it. */
  readonly onTopicRefused: (topic: Topic, result: SubscribeResult) => void;
  /** No lane is left. */
  readonly onEnded: (shard: Shard, error: WsError | undefined) => void;
}

/** A connection and the topics on it; with two lanes, two connections with the same topics. */
export class Shard {
  readonly #options: ShardOptions;
  readonly #topics = new Map<string, Topic>();
  readonly #lanes: (LiveConnection | undefined)[] = [];
  #weight = 0;
  #error: WsError | undefined;

  constructor(options: ShardOptions) {
    this.#options = options;
    for (let lane = 0; lane < options.lanes; lane += 1) {
      this.#lanes.push(
        options.connect(lane, this.#listenerOf(lane), (error) => {
          this.#handleClosed(lane, error);
        }),
      );
    }
  }

  get group(): string {
    return this.#options.group;
  }

  /** With one lane there is nothing to merge. */
  rowFilterOf(channel: string): RowFilter | undefined {
    const { lanes, rowFilterOf } = this.#options;
    return lanes > 1 ? rowFilterOf?.(channel) : undefined;
  }

  get connections(): readonly LiveConnection[] {
    return this.#lanes.filter((lane) => lane !== undefined);
  }

  get topics(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  get size(): number {
    return this.#topics.size;
  }

  get weight(): number {
    return this.#weight;
  }

  get isOver(): boolean {
    return this.#lanes.every((lane) => lane === undefined);
  }

  open(): void {
    const { attempts } = this.#options;
    for (const lane of this.connections) {
      // Its failure comes as its closing.
      lane.open({ attempts }).catch(() => undefined);
    }
  }

  /** Frames do not say their depth: a symbol is there once for each channel. */
  hasRoomFor(channel: string, symbol: Target, weight: number): boolean {
    const { maxTopics, maxWeight } = this.#options;
    if (this.isOver || this.#topics.size >= maxTopics) return false;
    if (this.#topics.size > 0 && this.#weight + weight > maxWeight) return false;
    return !this.#topics.has(keyOf(channel, symbol));
  }

  add(topic: Topic, weight: number): void {
    this.#topics.set(keyOf(topic.channel, topic.symbol), topic);
    this.#weight += weight;
  }

  /** Asks for topics of one intent on every lane. Never fails: each topic is settled or ended. */
  async subscribe(topics: readonly Topic[]): Promise<void> {
    const [first] = topics;
    if (first === undefined) return;
    const { channel, params } = first.intent;
    const symbols = topics.map(({ symbol }) => symbol);
    const symbol = first.symbol === undefined ? undefined : symbols;
    const answers = await Promise.all(
      this.connections.map((lane) => resultsOf(lane.subscribe({ ...params, channel, symbol }))),
    );
    topics.forEach((topic, index) => {
      const results = answers.flatMap((answer) => answer[index] ?? []);
      const result = results.find(({ success }) => success) ?? results[0];
      topic.settle(result ?? lost(topic, this.#error));
      // Without a result the connections are gone, and their topics with them.
      if (result?.success === false) this.#options.onTopicRefused(topic, result);
    });
  }

  /** Takes a topic off the wire. */
  remove(topic: Topic, weight: number): void {
    const key = keyOf(topic.channel, topic.symbol);
    if (this.#topics.get(key) !== topic) return;
    this.#topics.delete(key);
    this.#weight -= weight;
    for (const lane of this.connections) lane.unsubscribe(topic.request).catch(() => undefined);
  }

  /** Begins a topic's stream anew on one lane. */
  renew(topic: Topic, lane: number, loss: Loss): void {
    this.#lanes[lane]?.renew(topic.request, loss).catch(() => undefined);
  }

  distrust(topic: Topic, lane: number, loss: Loss): void {
    this.#lanes[lane]?.distrust(topic.request, loss);
  }

  setPressure(isFull: boolean): void {
    for (const lane of this.connections) lane.setPressure(isFull);
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.map((lane) => lane.close()));
  }

  #listenerOf(lane: number): EntryListener {
    const { parse } = this.#options;
    const topics = new WeakMap<SubscriptionEntry, Topic>();
    const topicOf = (entry: SubscriptionEntry): Topic | undefined => {
      const known = topics.get(entry);
      if (known !== undefined) return known;
      const topic = this.#topics.get(keyOf(entry.channel, entry.symbol));
      if (topic !== undefined) topics.set(entry, topic);
      return topic;
    };
    return {
      onCovered: (entry, atNs) => topicOf(entry)?.handleCovered(lane, atNs),
      onLost: (entry, loss) => topicOf(entry)?.handleLost(lane, loss),
      // By then the topic is out of the shard: whoever took it out has told it.
      onForgotten: () => undefined,
      isRecovered: (entry) => topicOf(entry)?.isRecovered ?? false,
      onData: (entry, frame, isSnapshot) =>
        topicOf(entry)?.handleFrame(frame, isSnapshot, lane, parse),
    };
  }

  #handleClosed(lane: number, error: WsError | undefined): void {
    this.#lanes[lane] = undefined;
    this.#error = error;
    if (this.isOver) this.#options.onEnded(this, error);
  }
}

async function resultsOf(results: Promise<SubscribeResult[]>): Promise<SubscribeResult[]> {
  try {
    return await results;
  } catch (error) {
    if (isWsError(error)) return [];
    throw error;
  }
}

function lost({ channel, symbol }: Topic, error: WsError | undefined): SubscribeResult {
  const text = error?.message ?? 'the client was closed';
  return { channel, symbol, success: false, code: 'UNSUBSCRIBED', error: text };
}

function keyOf(channel: string, symbol: Target): string {
  return symbol === undefined ? channel : `${channel} ${symbol}`;
}
