import type { Clock, Frame, Timers } from '@kr/schemas/shared';
import * as failures from '../connection/failures.ts';
import { WsError } from '../errors.ts';
import { HoleLedger } from '../gaps/hole-ledger.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { Venue } from '../protocol/protocol.ts';
import type { RequestOptions } from '../requests/request-table.ts';
import { parseAddress } from '../socket/address.ts';
import { parseIntent } from '../subscriptions/subscription.ts';
import type {
  ActiveSubscription,
  Client,
  ClientOptions,
  ClientStats,
  ConnectionView,
  Listener,
  Listening,
  Stream,
  StreamOptions,
} from './client.ts';
import { Connector } from './connector.ts';
import { type ShareListener, TopicShare } from './listening.ts';
import type { DataMessage, Delivery, Message } from './message.ts';
import { type MessageFormat, spotV2Messages } from './message-format.ts';
import { MessageReader } from './message-reader.ts';
import { MessageStream } from './message-stream.ts';
import { Placement, type PlacementLimits } from './placement.ts';
import { placementLimits } from './placement-limits.ts';
import { Shard } from './shard.ts';
import { Topic, type TopicListener } from './topic.ts';
import { urlOf } from './urls.ts';
import { activeSubscription, clientStats } from './view.ts';

type Params = Readonly<Record<string, unknown>> & { readonly channel: string };

const ACCESSES = ['public', 'private', 'level3'] as const;

/** Topics by what they ask for, and shards by what they carry. */
class LiveClient implements Client {
  readonly protocol: string;
  readonly venue: Venue;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly redundancy: 1 | 2;
  readonly #options: ClientOptions;
  readonly #format: MessageFormat;
  readonly #topics = new Map<string, Topic>();
  readonly #placement: Placement;
  readonly #holes: HoleLedger<Topic>;
  readonly #connector: Connector;
  readonly #reader: MessageReader;
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    this.clock = options.clock;
    this.timers = options.timers;
    this.redundancy = options.redundancy ?? 1;
    this.#options = options;
    this.#format = options.format ?? spotV2Messages;
    this.protocol = this.#format.protocol.name;
    this.venue = this.#format.protocol.venue;
    this.#connector = new Connector(options, this.#format.protocol);
    this.#reader = new MessageReader(this.#format, options);
    this.#holes = new HoleLedger((gap, topic) => {
      options.onGap?.(gap);
      for (const { onGap } of topic.listeners) onGap?.(gap, topic);
    });
    this.#placement = new Placement({
      limits: placementLimits(options),
      weightOf: options.weightOf,
      accessOf: (channel) => this.#format.protocol.accessOf(channel),
      urlOf: (access) => urlOf(options.url, access),
      createShard: (url, group, limits) => this.#createShard(url, group, limits),
    });
    // A wrong address is told now, not when something is subscribed.
    for (const access of ACCESSES) parseAddress(urlOf(options.url, access));
  }

  get subscriptions(): readonly ActiveSubscription[] {
    return [...this.#topics.values()].map(activeSubscription);
  }

  get connections(): readonly ConnectionView[] {
    return this.#placement.shards.flatMap(({ connections, size }) =>
      connections.map(({ connectionId, state }) => ({ connectionId, state, subscriptions: size })),
    );
  }

  get stats(): ClientStats {
    const connections = this.#placement.shards.flatMap((shard) => shard.connections);
    return clientStats(connections, this.#topics.size);
  }

  subscribe<Channel extends string>(
    params: { readonly channel: Channel } & Readonly<Record<string, unknown>>,
    options: StreamOptions = {},
  ): Stream<Message<Channel>> {
    const stream: Stream<Message> = new MessageStream(params.channel, options, (listener) =>
      this.#share('subscribe', params, listener),
    );
    return stream as unknown as Stream<Message<Channel>>;
  }

  listen<Channel extends string>(
    params: { readonly channel: Channel } & Readonly<Record<string, unknown>>,
    listener: Listener<Channel>,
  ): Listening {
    return this.#share('listen', params, listener as unknown as Listener);
  }

  read(frame: Frame): (DataMessage & Delivery) | undefined {
    return this.#reader.read(frame);
  }

  async request(method: string, params: object = {}, options: RequestOptions = {}): Promise<Ack> {
    if (this.#closing !== undefined) throw closed(method);
    const [shard] = this.#placement
      .shardsOf('private')
      .toSorted((one, other) => other.size - one.size);
    const lanes = shard?.connections ?? [];
    // Stale is better than none: it may only have been quiet.
    const lane = lanes.find(({ state }) => state === 'open') ?? lanes.at(0);
    if (lane === undefined) throw noPrivateConnection(method);
    return lane.requestOwn(method, { ...params }, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close(undefined);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #share(method: string, params: Params, listener: ShareListener): TopicShare {
    if (this.#closing !== undefined) throw closed(method);
    const intent = parseIntent(this.#format.protocol, method, params);
    const created = new Map<Shard, Topic[]>();
    this.#assertAllowed(method, intent.channel);
    const topics = intent.targets.map((symbol) => {
      const key = JSON.stringify([intent.channel, symbol, intent.variant]);
      const existing = this.#topics.get(key);
      if (existing !== undefined) return existing;
      const shard = this.#placement.shardFor(intent, symbol);
      const topic = new Topic(key, intent, symbol, shard, this.#holes);
      this.#topics.set(key, topic);
      this.#placement.add(topic);
      created.set(shard, [...(created.get(shard) ?? []), topic]);
      return topic;
    });
    const share = new TopicShare(topics, listener, (topic, released) => {
      this.#release(topic, released);
    });
    for (const [shard, fresh] of created) void shard.subscribe(fresh);
    return share;
  }

  /** What the exchange would refuse is refused here, with the remedy. */
  #assertAllowed(method: string, channel: string): void {
    const isPublic = this.#format.protocol.accessOf(channel) === 'public';
    const { tokens, challenge } = this.#options;
    if (isPublic || tokens !== undefined || challenge !== undefined) return;
    throw new WsError(
      'INVALID_PARAMS',
      `${method}: ${channel} needs a token. Create the client with a token provider: tokens.`,
      { method },
    );
  }

  #release(topic: Topic, listener: TopicListener): void {
    if (!topic.listeners.delete(listener) || topic.listeners.size > 0) return;
    this.#forget(topic);
  }

  /** Off the wire, out of the list. */
  #forget(topic: Topic): void {
    if (this.#topics.get(topic.key) !== topic) return;
    this.#topics.delete(topic.key);
    topic.handleForgotten(this.#options.clock.wallNs());
    this.#placement.remove(topic);
  }

  #endTopic(topic: Topic, error: WsError | undefined, keepHole: boolean): void {
    const listeners = [...topic.listeners];
    topic.listeners.clear();
    if (keepHole) {
      this.#topics.delete(topic.key);
      this.#placement.remove(topic);
    } else this.#forget(topic);
    for (const { onEnded } of listeners) onEnded(topic, error);
  }

  #createShard(url: string, group: string, limits: PlacementLimits): Shard {
    const { attempts = 1 } = this.#options;
    const shard = new Shard({
      ...limits,
      group,
      lanes: this.redundancy,
      attempts: this.#connector.wasOpen ? Number.POSITIVE_INFINITY : attempts,
      connect: (_lane, listener, onClosed) => this.#connector.connect(url, listener, onClosed),
      parse: (frame) => this.#reader.read(frame),
      rowFilterOf: this.#format.rowFilterOf,
      onTopicRefused: (topic, result) => {
        this.#endTopic(topic, failures.refused(result), false);
      },
      onEnded: (ended, error) => {
        this.#placement.drop(ended);
        for (const topic of ended.topics) this.#endTopic(topic, error, true);
        if (error?.code === 'LISTENER_FAILED') this.#closing ??= this.#close(error);
      },
    });
    shard.open();
    return shard;
  }

  async #close(why: WsError | undefined): Promise<void> {
    const topics = [...this.#topics.values()];
    const { shards } = this.#placement;
    // With an error they end now, not when the handshakes are over.
    if (why !== undefined) for (const topic of topics) this.#endTopic(topic, why, true);
    await Promise.all(shards.map((shard) => shard.close()));
  }
}

function noPrivateConnection(method: string): WsError<'NOT_OPEN'> {
  return new WsError(
    'NOT_OPEN',
    `${method} was not sent: there is no private connection. Subscribe to something private first, e.g. executions.`,
    { method, state: 'idle' },
  );
}

function closed(method: string): WsError<'CLOSED'> {
  return new WsError('CLOSED', `${method}: the client is closed. Create a new one.`, {
    what: method,
  });
}

/**
 * A client that opens nothing yet.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createClient(options: ClientOptions): Client {
  return new LiveClient(options);
}
