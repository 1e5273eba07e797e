import type { Frame, GapEvent } from '@kr/schemas/shared';
import type { WsError } from '../errors.ts';
import type { HoleLedger, Loss, Subject } from '../gaps/hole-ledger.ts';
import type { Intent, SubscribeResult, Target } from '../subscriptions/subscription.ts';
import type { RowFilter } from './merge.ts';
import { type DataMessage, type Delivery, keepRows } from './message.ts';
import type { Shard } from './shard.ts';

/** Whoever wants a topic's data. Each is called synchronously, in the order of the wire. */
export interface TopicListener {
  /** It begins the stream anew itself where numbered messages are missing. */
  readonly recovers: boolean;
  /** Every frame of every lane, before anything is parsed. */
  readonly onFrame?:
    | ((topic: Topic, frame: Frame, isSnapshot: boolean, lane: number) => void)
    | undefined;
  readonly onMessage?:
    | ((topic: Topic, message: DataMessage & Delivery, frame: Frame) => void)
    | undefined;
  readonly onGap?: ((gap: GapEvent, topic: Topic) => void) | undefined;
  /** A lane's stream became whole, or broke. */
  readonly onLane?: ((topic: Topic, lane: number, loss: Loss | undefined) => void) | undefined;
  /** Nothing more comes of it. */
  readonly onEnded: (topic: Topic, error: WsError | undefined) => void;
}

/**
 * One wire subscription, shared by all who want the same: a channel, a symbol, and a depth, interval
 * or trigger. With two lanes it runs on two connections and is told as one.
 */
export class Topic implements Subject {
  readonly key: string;
  readonly channel: string;
  readonly symbol: Target;
  readonly intent: Intent;
  readonly shard: Shard;
  readonly listeners = new Set<TopicListener>();
  readonly result: Promise<SubscribeResult>;
  settle: (result: SubscribeResult) => void = () => undefined;
  readonly #holes: HoleLedger<Topic>;
  readonly #covered = new Set<number>();
  readonly #isNew: RowFilter | undefined;
  /** The lane that is followed where lanes cannot be merged. */
  #active: number | undefined;

  constructor(key: string, intent: Intent, symbol: Target, shard: Shard, holes: HoleLedger<Topic>) {
    this.key = key;
    this.channel = intent.channel;
    this.symbol = symbol;
    this.intent = intent;
    this.shard = shard;
    this.#holes = holes;
    this.#isNew = shard.rowFilterOf(intent.channel);
    this.result = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  get hole(): GapEvent | undefined {
    return this.#holes.get(this);
  }

  get hasMessageListeners(): boolean {
    for (const { onMessage } of this.listeners) if (onMessage !== undefined) return true;
    return false;
  }

  /** Somebody begins its stream anew where messages are missing. */
  get isRecovered(): boolean {
    for (const { recovers } of this.listeners) if (recovers) return true;
    return false;
  }

  /** The parameters of a request about this topic alone. */
  get request(): Readonly<Record<string, unknown>> & { readonly channel: string } {
    const { channel, symbol, intent } = this;
    const { snapshot: _, ...params } = intent.params;
    return { ...params, channel, symbol: symbol === undefined ? undefined : [symbol] };
  }

  handleCovered(lane: number, atNs: bigint): void {
    this.#covered.add(lane);
    this.#active ??= lane;
    if (this.#active === lane || this.#isMerged) this.#holes.close(this, atNs);
    for (const { onLane } of this.listeners) onLane?.(this, lane, undefined);
  }

  handleLost(lane: number, loss: Loss): void {
    this.#covered.delete(lane);
    const [next] = this.#covered;
    if (next === undefined || (this.#active === lane && !this.#isMerged)) {
      this.#holes.open(this, loss);
    }
    if (this.#active === lane) {
      this.#active = next;
      // Where the other lane stands is unknown: it begins anew, with a snapshot, and ends the hole.
      if (next !== undefined && !this.#isMerged) this.shard.renew(this, next, loss);
    }
    for (const { onLane } of this.listeners) onLane?.(this, lane, loss);
  }

  handleForgotten(atNs: bigint): void {
    this.#holes.close(this, atNs);
  }

  /** `parse` is called where somebody wants the message; it parses each frame once. */
  handleFrame(
    frame: Frame,
    isSnapshot: boolean,
    lane: number,
    parse: (frame: Frame) => (DataMessage & Delivery) | undefined,
  ): void {
    const isFollowed = this.#isNew !== undefined || lane === (this.#active ?? lane);
    let message: (DataMessage & Delivery) | undefined;
    let isParsed = false;
    for (const { onFrame, onMessage } of this.listeners) {
      onFrame?.(this, frame, isSnapshot, lane);
      if (onMessage === undefined || !isFollowed) continue;
      if (!isParsed) message = this.#messageOf(parse(frame));
      isParsed = true;
      if (message !== undefined) onMessage(this, message, frame);
    }
  }

  /** Whether the loss of one lane is none while another is whole. */
  get #isMerged(): boolean {
    return this.#isNew !== undefined || !this.hasMessageListeners;
  }

  #messageOf(message: (DataMessage & Delivery) | undefined): (DataMessage & Delivery) | undefined {
    if (message === undefined) return undefined;
    const { symbol } = this;
    const own =
      symbol === undefined ? message : keepRows(message, (row) => row['symbol'] === symbol);
    if (own === undefined || this.#isNew === undefined) return own as typeof message;
    return keepRows(own, this.#isNew) as typeof message | undefined;
  }
}
