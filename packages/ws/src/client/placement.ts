import type { Access } from '../protocol/protocol.ts';
import type { Intent, Target } from '../subscriptions/subscription.ts';
import type { Shard } from './shard.ts';
import type { Topic } from './topic.ts';
import { defaultWeight, type WeightOf } from './weight.ts';

export interface PlacementLimits {
  readonly maxTopics: number;
  readonly maxWeight: number;
}

export interface PlacementOptions {
  readonly limits: { readonly level3: PlacementLimits; readonly other: PlacementLimits };
  readonly weightOf: WeightOf | undefined;
  readonly accessOf: (channel: string) => Access;
  readonly urlOf: (access: Access) => string;
  readonly createShard: (url: string, group: string, limits: PlacementLimits) => Shard;
}

/**
 * Which connection carries which subscription: the first of its kind that has room, by number and by
 * weight, and does not have the symbol at another depth or interval; else a new one.
 */
export class Placement {
  readonly #options: PlacementOptions;
  #shards: Shard[] = [];

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** Those of these, in the order in which they were opened. */
  shardsOf(access: Access): readonly Shard[] {
    const group = `${access} ${this.#options.urlOf(access)}`;
    return this.#shards.filter((shard) => shard.group === group);
  }

  /** @throws WsError `INVALID_OPTION` for an address that is none */
  shardFor(intent: Intent, symbol: Target): Shard {
    const { limits, accessOf, urlOf, createShard } = this.#options;
    const { channel } = intent;
    const access = accessOf(channel);
    const url = urlOf(access);
    // Own orders never wait behind a flood of market data, not even where one host has both.
    const group = `${access} ${url}`;
    const weight = this.#weightOf(intent);
    const found = this.#shards.find(
      (shard) => shard.group === group && shard.hasRoomFor(channel, symbol, weight),
    );
    if (found !== undefined) return found;
    const shard = createShard(url, group, access === 'level3' ? limits.level3 : limits.other);
    this.#shards.push(shard);
    return shard;
  }

  add(topic: Topic): void {
    topic.shard.add(topic, this.#weightOf(topic.intent));
  }

  /** Off its connection. One that is empty is kept for what comes next, but no second one. */
  remove(topic: Topic): void {
    const { shard } = topic;
    shard.remove(topic, this.#weightOf(topic.intent));
    if (shard.size > 0) return;
    const isSpare = this.#shards.some(
      (other) => other !== shard && other.group === shard.group && other.size === 0,
    );
    if (!isSpare) return;
    this.drop(shard);
    void shard.close();
  }

  drop(shard: Shard): void {
    this.#shards = this.#shards.filter((other) => other !== shard);
  }

  #weightOf({ channel, params }: Intent): number {
    return (this.#options.weightOf ?? defaultWeight)(channel, params);
  }
}
