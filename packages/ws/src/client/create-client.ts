import { type Clock, type Frame, formatTimestamp, type Timers } from '@kr/schemas/shared';
import { createAttemptBudget } from '../connection/attempt-budget.ts';
import { resolveLimits } from '../connection/connection-options.ts';
import type { StateEvent } from '../connection/connection-state.ts';
import { LiveConnection } from '../connection/create-connection.ts';
import * as failures from '../connection/failures.ts';
import { createRandom } from '../connection/random.ts';
import { WsError } from '../errors.ts';
import { HoleLedger } from '../gaps/hole-ledger.ts';
import type { Ack } from '../protocol/incoming.ts';
import { bound } from '../queue/queue-options.ts';
import type { RequestOptions } from '../requests/request-table.ts';
import { parseAddress } from '../socket/address.ts';
import type { EntryListener } from '../subscriptions/coverage.ts';
import { Pacer } from '../subscriptions/pacer.ts';
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
import { type ShareListener, TopicShare } from './listening.ts';
import type { DataMessage, Delivery, Message } from './message.ts';
import { type MessageFormat, spotV2Messages } from './message-format.ts';
import { MessageStream } from './message-stream.ts';
import { Placement, type PlacementLimits } from './placement.ts';
import { Shard } from './shard.ts';
import { Topic, type TopicListener } from './topic.ts';
import { urlOf } from './urls.ts';
import { activeSubscription } from './view.ts';

type Params = Readonly<Record<string, unknown>> & { readonly channel: string };

const ACCESSES = ['public', 'private', 'level3'] as const;

/** Topics by what they ask for, shards by what they carry, and what all connections share. */
class LiveClient implements Client {
  readonly protocol: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly redundancy: 1 | 2;
  readonly #options: ClientOptions;
  readonly #format: MessageFormat;
  readonly #topics = new Map<string, Topic>();
  readonly #placement: Placement;
  readonly #holes: HoleLedger<Topic>;
  readonly #shared: Pick<ClientOptions, 'budget' | 'random' | 'nextConnectionId'>;
  readonly #pacer: Pacer;
  #wasOpen = false;
  #parsed:
    | { readonly frame: Frame; readonly message: (DataMessage & Delivery) | undefined }
    | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    const { clock, timers } = options;
    this.clock = clock;
    this.timers = timers;
    this.redundancy = options.redundancy ?? 1;
    this.#options = options;
    this.#format = options.format ?? spotV2Messages;
    this.protocol = this.#format.protocol.name;
    const { subscribeCostPerSecond } = resolveLimits(options);
    this.#pacer = new Pacer({ clock, timers, perSecond: subscribeCostPerSecond });
    let lastConnectionId = 0;
    this.#shared = {
      budget: options.budget ?? createAttemptBudget({ clock }),
      random: options.random ?? createRandom(clock.monotonicNs() ^ clock.wallNs()),
      nextConnectionId: options.nextConnectionId ?? (() => (lastConnectionId += 1)),
    };
    this.#holes = new HoleLedger((gap, topic) => {
      options.onGap?.(gap);
      for (const { onGap } of topic.listeners) onGap?.(gap, topic);
    });
    this.#placement = new Placement({
      limits: limitsOf(options),
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
    const sum = (pick: (stats: LiveConnection['stats']) => number): number =>
      connections.reduce((total, { stats }) => total + pick(stats), 0);
    return {
      connections: connections.length,
      subscriptions: this.#topics.size,
      frames: sum(({ frames }) => frames),
      bytes: sum(({ bytes }) => bytes),
      disconnects: sum(({ disconnects }) => disconnects),
      protocolErrors: sum(({ protocolErrors }) => protocolErrors),
      malformedFrames: sum(({ malformedFrames }) => malformedFrames),
      pauses: sum(({ pauses }) => pauses),
    };
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
    return this.#parse(frame);
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
      attempts: this.#wasOpen ? Number.POSITIVE_INFINITY : attempts,
      connect: (_lane, listener, onClosed) => this.#connect(url, listener, onClosed),
      parse: this.#parse,
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

  #connect(
    url: string,
    listener: EntryListener,
    onClosed: (error: WsError | undefined) => void,
  ): LiveConnection {
    const { onState } = this.#options;
    return new LiveConnection(
      {
        ...this.#options,
        ...this.#shared,
        url,
        protocol: this.#format.protocol,
        // Holes are told by topic. A socket that goes with none of them whole leaves no other.
        onGap: undefined,
        onState: (event: StateEvent) => {
          if (event.to === 'open') this.#wasOpen = true;
          onState?.(event);
          if (event.to === 'closed') onClosed(event.error);
        },
      },
      { listener, pacer: this.#pacer },
    );
  }

  /** Each frame is parsed once, whoever wants it. */
  readonly #parse = (frame: Frame): (DataMessage & Delivery) | undefined => {
    if (this.#parsed?.frame === frame) return this.#parsed.message;
    const { receivedAt, connectionId, sequence: frameSequence } = frame;
    const parsed = this.#format.parse(frame.bytes);
    const message =
      typeof parsed === 'string'
        ? undefined
        : { ...parsed, receivedAt, connectionId, frameSequence };
    this.#parsed = { frame, message };
    if (typeof parsed === 'string') this.#tellUnreadable(frame, parsed);
    return message;
  };

  /** Lost for whoever wanted it parsed: a problem, and a hole of one message. */
  #tellUnreadable({ receivedAt, connectionId, sequence }: Frame, text: string): void {
    const at = formatTimestamp(receivedAt.wallNs);
    this.#options.onProblem?.({ kind: 'malformed', text, connectionId, sequence });
    this.#options.onGap?.({
      reason: 'drop',
      from: at,
      to: at,
      symbols: [],
      connectionId,
      repaired: false,
      detail: `a message could not be read: ${text}`,
    });
  }

  async #close(why: WsError | undefined): Promise<void> {
    const topics = [...this.#topics.values()];
    const { shards } = this.#placement;
    // With an error they end now, not when the handshakes are over.
    if (why !== undefined) for (const topic of topics) this.#endTopic(topic, why, true);
    await Promise.all(shards.map((shard) => shard.close()));
  }
}

function limitsOf(options: ClientOptions): { level3: PlacementLimits; other: PlacementLimits } {
  const {
    subscriptionsPerConnection = 500,
    level3PerConnection = 200,
    weightPerConnection = 2000,
  } = options;
  const maxWeight = bound('createClient', 'weightPerConnection', weightPerConnection);
  return {
    level3: {
      maxTopics: bound('createClient', 'level3PerConnection', level3PerConnection),
      maxWeight,
    },
    other: {
      maxTopics: bound('createClient', 'subscriptionsPerConnection', subscriptionsPerConnection),
      maxWeight,
    },
  };
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
