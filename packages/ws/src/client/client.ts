import type { Clock, Frame, GapEvent, GapReason, Timers } from '@kr/schemas/shared';
import type { ConnectionOptions } from '../connection/connection-options.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import type { WsError } from '../errors.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { Venue } from '../protocol/protocol.ts';
import type { OverflowPolicy } from '../queue/bounded-queue.ts';
import type { RequestOptions } from '../requests/request-table.ts';
import type {
  SubscribeParams,
  SubscribeResult,
  SubscriptionStatus,
} from '../subscriptions/subscription.ts';
import type { DataMessage, Delivery, Message } from './message.ts';
import type { MessageFormat } from './message-format.ts';
import type { WeightOf } from './weight.ts';

export interface ClientOptions extends Omit<ConnectionOptions, 'url' | 'protocol'> {
  /** One address for all, or the exchange's hosts: `spotUrls`. */
  readonly url: string | ClientUrls;
  /** How the sockets speak and their messages are read. @default Spot v2 */
  readonly format?: MessageFormat | undefined;
  /**
   * Connections for the same subscriptions. With 2, the loss of either leaves no gap: trades and
   * executions are merged by their ids, tickers and candles by their time, books by `@kr/ws/book`;
   * other messages follow one connection, and a change of it is a gap that ends with a snapshot.
   * @default 1
   */
  readonly redundancy?: 1 | 2 | undefined;
  /** Subscriptions on one connection. @default 500 */
  readonly subscriptionsPerConnection?: number | undefined;
  /** The same for `level3`; documented as 200. @default 200 */
  readonly level3PerConnection?: number | undefined;
  /** Sum of weights on one connection. @default 2000 */
  readonly weightPerConnection?: number | undefined;
  /** What one symbol of a channel weighs. @default book 4 (8 from depth 100 on), level3 10, ticker 2, others 1 */
  readonly weightOf?: WeightOf | undefined;
  /**
   * Attempts before a client that was never connected gives up, `Infinity` for never. Once it was, it
   * reconnects without end. @default 1
   */
  readonly attempts?: number | undefined;
}

/** Where public channels are, private ones with the trading methods, and `level3`. */
export interface ClientUrls {
  readonly public: string;
  /** @default that of `public` */
  readonly private?: string | undefined;
  /** @default that of `private` */
  readonly level3?: string | undefined;
}

export interface StreamOptions {
  /** Ends the subscription, and its loop with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** @default 'pause', or 'dropOldest' where the platform cannot pause (browsers) */
  readonly overflow?: OverflowPolicy | undefined;
  /** Messages that wait for the loop. @default 10000 */
  readonly maxMessages?: number | undefined;
  /** Bytes of their frames. @default 67108864 */
  readonly maxBytes?: number | undefined;
  /** Holes in this subscription, and what was dropped for it. */
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

/** A running subscription as an async iterable. Leaving the loop ends it. */
export interface Stream<T> extends AsyncIterableIterator<T, undefined>, AsyncDisposable {
  /** One result for each symbol, once each was acknowledged, refused or given up. Never fails. */
  readonly results: Promise<SubscribeResult[]>;
  /** Ends the subscription: others who share it are not touched. */
  close(): Promise<void>;
}

/** Callbacks of a subscription, called synchronously in the order of the wire. One that throws ends it. */
export interface Listener<Channel extends string = string> {
  readonly onMessage?: ((message: Message<Channel>) => void) | undefined;
  /**
   * Where numbered messages are missing, this listener begins the stream anew itself (`distrust`,
   * `renew`). @default false: it begins anew at once
   */
  readonly recovers?: boolean | undefined;
  /** The frame as received, before anything is parsed; with redundancy, of either connection. */
  readonly onFrame?: ((event: FrameEvent) => void) | undefined;
  /** A connection's stream of a symbol is whole (no `loss`), or broke. */
  readonly onLane?: ((event: LaneEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
  /** Nothing more comes for this symbol: refused, given up, or its connections are gone for good. */
  readonly onEnded?: ((event: EndedEvent) => void) | undefined;
}

export interface FrameEvent {
  readonly symbol: string | undefined;
  readonly frame: Frame;
  readonly isSnapshot: boolean;
  /** 0, or 1 for the second connection. */
  readonly lane: number;
}

export interface LaneEvent {
  readonly symbol: string | undefined;
  readonly lane: number;
  readonly loss: { readonly reason: GapReason; readonly detail: string } | undefined;
}

export interface EndedEvent {
  readonly symbol: string | undefined;
  readonly error: WsError | undefined;
}

export interface RenewSymbolOptions {
  /** @default 0 */
  readonly lane?: number | undefined;
  /** @default 'resync' */
  readonly reason?: GapReason | undefined;
  /** Wall clock of the last moment known to be right. */
  readonly fromNs?: bigint | undefined;
  readonly detail?: string | undefined;
}

/** A running subscription with callbacks. */
export interface Listening extends AsyncDisposable {
  readonly results: Promise<SubscribeResult[]>;
  /** Begins a symbol's stream anew with a snapshot; opens a hole unless another lane is whole. */
  renew(symbol: string | undefined, options?: RenewSymbolOptions): void;
  /** Opens a hole that ends with the symbol's next snapshot, without asking for one. */
  distrust(symbol: string, options?: RenewSymbolOptions): void;
  close(): Promise<void>;
}

/** One subscription on the wire, with all who share it. */
export interface ActiveSubscription {
  readonly channel: string;
  readonly symbol: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  /** On each of its connections. */
  readonly lanes: readonly {
    readonly connectionId: number | undefined;
    readonly state: ConnectionState;
    readonly status: SubscriptionStatus;
    /** Why it is not subscribed, when that is known. */
    readonly error: string | undefined;
  }[];
  /** How many share it. */
  readonly references: number;
  /** The hole that is open. */
  readonly gap: GapEvent | undefined;
}

/** One of a client's connections. */
export interface ConnectionView {
  /** Of the present or the last socket; `undefined` before the first. */
  readonly connectionId: number | undefined;
  readonly state: ConnectionState;
  readonly subscriptions: number;
}

export interface ClientStats {
  readonly connections: number;
  readonly subscriptions: number;
  readonly frames: number;
  readonly bytes: number;
  readonly disconnects: number;
  readonly protocolErrors: number;
  readonly malformedFrames: number;
  readonly pauses: number;
  readonly pendingRequests: number;
  /** Bytes that wait to be sent. */
  readonly bufferedBytes: number;
}

/**
 * Subscriptions spread over as many connections as they need, opened when something is subscribed.
 * The same subscription asked for twice is one on the wire.
 */
export interface Client extends AsyncDisposable {
  /** How its sockets speak: `spot-v2`, `unified`, `futures-v1`, `spot-v1`. */
  readonly protocol: string;
  /** Whose orders it tells: `spot` or `futures`. */
  readonly venue: Venue;
  /** As given; what is built on a client keeps the same time. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly redundancy: 1 | 2;
  /** What is subscribed, shared or not. */
  readonly subscriptions: readonly ActiveSubscription[];
  readonly connections: readonly ConnectionView[];
  readonly stats: ClientStats;
  /**
   * Subscribes at once and hands out the messages. Who joins a subscription that runs gets no snapshot
   * of its own.
   *
   * @throws WsError `INVALID_PARAMS`, `INVALID_OPTION`, `CLOSED`. The loop throws `REJECTED` when every
   * symbol was refused, `CONNECT_FAILED`, `CONNECTION_LOST`, `LISTENER_FAILED`, `ABORTED`,
   * `QUEUE_OVERFLOW`.
   */
  subscribe<Channel extends string>(
    params: { readonly channel: Channel } & SubscribeParams<Channel>,
    options?: StreamOptions,
  ): Stream<Message<Channel>>;
  /**
   * The same with callbacks.
   *
   * @throws WsError `INVALID_PARAMS`, `CLOSED`
   */
  listen<Channel extends string>(
    params: { readonly channel: Channel } & SubscribeParams<Channel>,
    listener: Listener<Channel>,
  ): Listening;
  /**
   * The message in a frame of this client's, read once however often it is asked for; `undefined`
   * when it cannot be read, which is told as a problem.
   */
  read(frame: Frame): (DataMessage & Delivery) | undefined;
  /**
   * Sends a request about one's own account, with the token, on the connection that has the private
   * subscriptions. Never sent twice, never queued: without an open connection it fails at once.
   *
   * @throws WsError `NOT_OPEN`, `NO_TOKEN`, `SEND_OVERFLOW`, `INVALID_PARAMS` (not sent); `REJECTED`;
   * `TIMEOUT`, `DISCONNECTED`, `ABORTED` with `sent: true` (the outcome is unknown)
   */
  request(
    method: string,
    params?: Readonly<Record<string, unknown>>,
    options?: RequestOptions,
  ): Promise<Ack>;
  /** Closes every connection; loops end after what they hold. */
  close(): Promise<void>;
}
