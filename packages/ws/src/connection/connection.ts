import type { Frame, GapReason } from '@kr/schemas/shared';
import type { FramesOptions } from '../frames/frame-fanout.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { RequestOptions } from '../requests/request-table.ts';
import type {
  SubscribeParams,
  SubscribeResult,
  SubscriptionView,
  UnsubscribeParams,
} from '../subscriptions/subscription.ts';
import type { ConnectionState } from './connection-state.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /** Attempts before `open()` gives up, `Infinity` for never. @default 1 */
  readonly attempts?: number | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Why streams are renewed, for their holes. */
export interface RenewOptions extends CallOptions {
  /** @default 'resync' */
  readonly reason?: GapReason | undefined;
  /** Wall clock of the last moment known to be right. */
  readonly fromNs?: bigint | undefined;
  readonly detail?: string | undefined;
}

/** Counters since the connection was created. */
export interface ConnectionStats {
  readonly frames: number;
  readonly bytes: number;
  /** Sockets that were tried. */
  readonly attempts: number;
  /** Open sockets that were lost. */
  readonly disconnects: number;
  readonly malformedFrames: number;
  readonly protocolErrors: number;
  readonly unmatchedAcks: number;
  /** How often a full queue stopped the socket from being read, and for how long in all. */
  readonly pauses: number;
  readonly pausedMs: number;
  /** Frames that readers with `dropOldest` did not get. */
  readonly droppedFrames: number;
  /** Frames that wait for the reader that is furthest behind. */
  readonly queuedFrames: number;
  readonly pendingRequests: number;
  /** Bytes that wait to be sent: what does not fit `maxBufferedBytes` any more is refused with `SEND_OVERFLOW`. */
  readonly bufferedBytes: number;
  /** Of the last application ping. */
  readonly roundTripMs: number | undefined;
}

/**
 * One lasting connection to a v2 WebSocket. It replaces its socket as often as needed, asks for its
 * subscriptions again, and tells every hole that this left.
 */
export interface Connection extends AsyncDisposable {
  readonly state: ConnectionState;
  /** Of the present or the last socket; `undefined` before the first. */
  readonly connectionId: number | undefined;
  readonly stats: ConnectionStats;
  /** The intent, with what is known of each subscription. */
  readonly subscriptions: readonly SubscriptionView[];

  /**
   * Opens the connection. Fails when the first attempt (or `attempts`) fails; once it was open, it
   * is reconnected without end. Ask again and you get the same promise.
   *
   * @throws WsError `CONNECT_FAILED`, `ABORTED`, `CLOSED`
   */
  open(options?: OpenOptions): Promise<void>;

  /**
   * All frames from now on, heartbeats and acknowledgements included. Each call is a reader of its
   * own. Call it before `open()` and you miss nothing. Ends with the connection: normally after
   * `close()`, by throwing after a terminal failure.
   */
  frames(options?: FramesOptions): AsyncIterableIterator<Frame, undefined>;

  /**
   * Subscribes, and resolves with one result for each symbol once each was acknowledged, refused, or
   * given up. What was acknowledged stays subscribed through reconnects. During a reconnect it waits.
   *
   * @throws WsError `INVALID_PARAMS`, `NOT_OPEN`, `ABORTED` (nothing stays subscribed), `CLOSED`
   */
  subscribe<Channel extends string>(
    params: { readonly channel: Channel } & SubscribeParams<Channel>,
    options?: CallOptions,
  ): Promise<SubscribeResult[]>;

  /**
   * Takes symbols out of the intent at once, and off the wire where they are on it.
   *
   * @throws WsError `INVALID_PARAMS`, `ABORTED`, `CLOSED`
   */
  unsubscribe<Channel extends string>(
    params: { readonly channel: Channel } & UnsubscribeParams<Channel>,
    options?: CallOptions,
  ): Promise<SubscribeResult[]>;

  /**
   * Ends the streams of these symbols and begins them anew with a snapshot: what a book does whose
   * checksum failed. Others are not touched. The hole this makes is told by `onGap`.
   *
   * @throws WsError `INVALID_PARAMS`, `ABORTED`, `CLOSED`
   */
  renew<Channel extends string>(
    params: { readonly channel: Channel } & UnsubscribeParams<Channel>,
    options?: RenewOptions,
  ): Promise<SubscribeResult[]>;

  /**
   * Sends a request that has one answer, and resolves with it. Never sent twice, never queued: when
   * the connection is down it fails at once.
   *
   * @throws WsError `NOT_OPEN`, `SEND_OVERFLOW` (not sent); `REJECTED`; `TIMEOUT`, `DISCONNECTED`,
   * `ABORTED` with `sent: true` (the outcome is unknown)
   */
  request(
    method: string,
    params?: Readonly<Record<string, unknown>>,
    options?: RequestOptions,
  ): Promise<Ack>;

  /** Waits for the answers to what was sent (at most `closeTimeoutMs`), then closes for good. */
  close(): Promise<void>;
}
