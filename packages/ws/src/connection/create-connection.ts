import type { Frame } from '@kr/schemas/shared';
import { CAN_SET_HEADERS } from '#socket';
import { abortError, isWsError } from '../errors.ts';
import type { FramesOptions } from '../frames/frame-fanout.ts';
import type { Ack } from '../protocol/incoming.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { spotV2 } from '../protocol/spot-v2.ts';
import type { RequestOptions } from '../requests/request-table.ts';
import { parseAddress } from '../socket/address.ts';
import {
  parseIntent,
  type SubscribeResult,
  type SubscriptionView,
} from '../subscriptions/subscription.ts';
import type {
  CallOptions,
  Connection,
  ConnectionStats,
  OpenOptions,
  RenewOptions,
} from './connection.ts';
import { type ConnectionOptions, resolveLimits } from './connection-options.ts';
import type { ConnectionInternals } from './connection-parts.ts';
import type { ConnectionState } from './connection-state.ts';
import * as failures from './failures.ts';
import { Lifecycle } from './lifecycle.ts';

type Params = Readonly<Record<string, unknown>>;

/** What callers see of a connection: checks what they ask for and hands it to the part that does it. */
export class LiveConnection implements Connection {
  readonly #life: Lifecycle;
  readonly #protocol: Protocol;

  constructor(options: ConnectionOptions, internals: ConnectionInternals = {}) {
    if (options.headers !== undefined && !CAN_SET_HEADERS) throw failures.noHeaders();
    this.#protocol = options.protocol ?? spotV2;
    this.#life = new Lifecycle(
      options,
      resolveLimits(options),
      parseAddress(options.url),
      internals,
    );
  }

  get state(): ConnectionState {
    return this.#life.state;
  }

  get connectionId(): number | undefined {
    return this.#life.connectionId;
  }

  get subscriptions(): readonly SubscriptionView[] {
    return this.#life.parts.subscriber.views;
  }

  get stats(): ConnectionStats {
    const { bufferedBytes, disconnects, roundTripMs } = this.#life;
    const { attempts, fanout, receiver, requests } = this.#life.parts;
    return {
      frames: receiver.frames,
      bytes: receiver.bytes,
      attempts: attempts.total,
      disconnects,
      malformedFrames: receiver.malformedFrames,
      protocolErrors: receiver.protocolErrors,
      unmatchedAcks: receiver.unmatchedAcks,
      pauses: fanout.pauses,
      pausedMs: fanout.pausedMs,
      droppedFrames: fanout.dropped,
      queuedFrames: fanout.queued,
      pendingRequests: requests.size,
      bufferedBytes,
      roundTripMs,
    };
  }

  async open({ signal, attempts = 1 }: OpenOptions = {}): Promise<void> {
    if (signal?.aborted === true) throw abortError('open', signal);
    this.#assertUsable('open');
    const handleAbort = (): void => {
      if (signal !== undefined) this.#life.giveUpOpening(abortError('open', signal));
    };
    signal?.addEventListener('abort', handleAbort);
    try {
      await this.#life.open(attempts);
    } finally {
      signal?.removeEventListener('abort', handleAbort);
    }
  }

  frames(options: FramesOptions = {}): AsyncIterableIterator<Frame, undefined> {
    return this.#life.parts.fanout.open(options);
  }

  async subscribe(params: Params, { signal }: CallOptions = {}): Promise<SubscribeResult[]> {
    this.#assertUsable('subscribe');
    if (this.state === 'idle') throw failures.notOpen('subscribe', this.state);
    return this.#life.parts.subscriber.subscribe(
      parseIntent(this.#protocol, 'subscribe', params),
      signal,
    );
  }

  async unsubscribe(params: Params, { signal }: CallOptions = {}): Promise<SubscribeResult[]> {
    this.#assertUsable('unsubscribe');
    return this.#life.parts.subscriber.unsubscribe(
      parseIntent(this.#protocol, 'unsubscribe', params),
      signal,
    );
  }

  async renew(params: Params, options: RenewOptions = {}): Promise<SubscribeResult[]> {
    const { signal, reason = 'resync', fromNs, detail = 'renewed on demand' } = options;
    this.#assertUsable('renew');
    const intent = parseIntent(this.#protocol, 'renew', params);
    return this.#life.parts.subscriber.renew(intent, { reason, fromNs, detail }, signal);
  }

  async request(method: string, params?: Params, options: RequestOptions = {}): Promise<Ack> {
    const { signal } = options;
    if (signal?.aborted === true) throw abortError(`The request ${method}`, signal);
    this.#assertUsable(`The request ${method}`);
    if (!this.#life.isUp) throw failures.notOpen(method, this.state);
    return this.#life.parts.requests.call(method, params, options);
  }

  /**
   * The same about what is one's own: with the token of this socket, which is given up when the
   * exchange refuses it.
   *
   * @throws WsError `NO_TOKEN` (not sent), and what `request` does
   */
  async requestOwn(method: string, params: Params, options: RequestOptions): Promise<Ack> {
    const { authorizer } = this.#life.parts;
    // Nothing is asked of anybody for a request that cannot be sent.
    if (!this.#life.isUp) throw failures.notOpen(method, this.state);
    const secret = await authorizer?.params();
    try {
      return await this.request(method, { ...params, ...secret }, options);
    } catch (error) {
      const isRefused =
        isWsError(error, 'REJECTED') && this.#protocol.refusals.isSession(error.context.error);
      if (isRefused && secret !== undefined) authorizer?.handleRefused(secret);
      throw error;
    }
  }

  viewOf(channel: string, symbol: string | undefined): SubscriptionView | undefined {
    return this.#life.parts.subscriber.viewOf(channel, symbol);
  }

  /** See `Subscriber.distrust`. */
  distrust(params: Params, { reason = 'resync', fromNs, detail = '' }: RenewOptions): void {
    const intent = parseIntent(this.#protocol, 'distrust', params);
    this.#life.parts.subscriber.distrust(intent, { reason, fromNs, detail });
  }

  /** A queue that this connection feeds became full, or has room again. */
  setPressure(isFull: boolean): void {
    this.#life.parts.fanout.setFull(isFull);
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #assertUsable(what: string): void {
    if (this.#life.isClosing) throw failures.closed(what);
  }
}

/**
 * A connection that opens nothing yet.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createConnection(options: ConnectionOptions): Connection {
  return new LiveConnection(options);
}
