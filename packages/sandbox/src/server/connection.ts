import type { Duplex } from 'node:stream';
import type { Clock, Timers } from '@kr/schemas/shared';
import type { RawData, WebSocket } from 'ws';
import type { MarketSource, Subscriber } from '../market-source.ts';
import {
  type AckEnvelope,
  errorAck,
  pongAck,
  subscribeAck,
  unsubscribeAck,
} from '../protocol/ack.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { HEARTBEAT, statusFrame } from '../protocol/frames.ts';
import { parseRequest, type Request, type Target } from '../protocol/request.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import type { Counters } from './counters.ts';
import type { LedgerSink } from './ledger.ts';
import { type HeartbeatMode, Liveness } from './liveness.ts';
import { Outbox } from './outbox.ts';

export interface ConnectionOptions {
  readonly id: bigint;
  readonly webSocket: WebSocket;
  readonly socket: Duplex;
  readonly source: MarketSource;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ledger: LedgerSink | undefined;
  readonly heartbeats: HeartbeatMode;
  readonly idleTimeoutMs: number;
  readonly maxBufferedBytes: number;
  readonly counters: Counters;
  readonly onClose: (connection: Connection) => void;
}

/** One client: its requests, its subscriptions and what is on its way to it. */
export class Connection implements Subscriber {
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Requests that wait until the client has read: what was received before the pause took hold. */
  #held: Request[] = [];
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { webSocket, socket, clock, timers, counters, ledger } = options;
    this.#outbox = new Outbox({
      connectionId: options.id,
      webSocket,
      socket,
      clock,
      ledger,
      maxBufferedBytes: options.maxBufferedBytes,
      onOverflow: () => {
        counters.slowClients += 1;
        this.terminate();
      },
      onSent: (frames, bytes) => {
        counters.framesSent += frames;
        counters.bytesSent += bytes;
        this.#liveness.noteSent();
      },
      onDrain: () => {
        this.#handleDrain();
      },
      onLedgerError: (error) => {
        counters.ledgerErrors += 1;
        counters.lastLedgerError = error instanceof Error ? error.message : String(error);
        this.terminate();
      },
    });
    this.#liveness = new Liveness({
      clock,
      timers,
      mode: options.heartbeats,
      idleTimeoutMs: options.idleTimeoutMs,
      hasSubscriptions: () => this.#subscriptions.size > 0,
      onHeartbeat: () => {
        // A client that does not read gets no heartbeats on top.
        if (!this.#outbox.isFull) this.push(HEARTBEAT);
      },
      onIdle: () => {
        this.end();
      },
    });
    webSocket.on('message', (data, isBinary) => {
      this.#handleMessage(data, isBinary);
    });
    webSocket.on('ping', () => {
      if (this.#outbox.isFull) webSocket.pause();
    });
    webSocket.on('close', () => {
      this.#handleClose();
    });
    // `ws` closes the connection after a protocol error by itself, with the code that fits.
    webSocket.on('error', () => undefined);
    this.push(statusFrame(options.id));
  }

  get closed(): boolean {
    return this.#closed;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes;
  }

  push(frame: WireFrame): void {
    this.#outbox.push(frame);
  }

  ready(): Promise<void> {
    return this.#outbox.ready();
  }

  end(code = 1000): void {
    this.#outbox.flush();
    this.#options.webSocket.close(code);
  }

  terminate(): void {
    this.#options.webSocket.terminate();
  }

  #handleMessage(data: RawData, isBinary: boolean): void {
    this.#liveness.noteRequest();
    const request: Request = isBinary
      ? { kind: 'refused', error: WIRE_ERRORS.malformed }
      : parseRequest((data as Buffer).toString('utf8'));
    if (this.#held.length > 0 || this.#outbox.isFull) {
      this.#held.push(request);
      this.#options.webSocket.pause();
    } else {
      this.#answer(request);
    }
  }

  /** Nobody can make us answer faster than they read: no more requests are taken until they do. */
  #handleDrain(): void {
    while (!this.#outbox.isFull) {
      const request = this.#held.shift();
      if (request === undefined) {
        if (this.#options.webSocket.isPaused) this.#options.webSocket.resume();
        return;
      }
      this.#answer(request);
    }
  }

  #answer(request: Request): void {
    this.#options.counters.requests += 1;
    const timeIn = formatMicros(this.#options.clock.wallNs());
    const envelope = (method?: string): AckEnvelope => ({
      method,
      reqId: request.reqId,
      timeIn,
      timeOut: formatMicros(this.#options.clock.wallNs()),
    });
    switch (request.kind) {
      case 'refused':
        this.#reply(errorAck(envelope(request.method), request.error));
        break;
      case 'ping':
        this.#reply(pongAck(envelope()));
        break;
      case 'subscribe': {
        const granted: Subscription[] = [];
        for (const target of request.targets) {
          const ack = this.#subscribe(target, granted, envelope(request.kind));
          this.#reply(ack);
        }
        if (granted.length > 0) this.#liveness.noteSubscribed();
        this.#options.source.attach(granted, this);
        break;
      }
      case 'unsubscribe':
        for (const target of request.targets) {
          this.#reply(this.#unsubscribe(target, envelope(request.kind)));
        }
        break;
    }
  }

  #subscribe(target: Target, granted: Subscription[], envelope: AckEnvelope): string {
    if ('error' in target) return errorAck(envelope, target.error, target.symbol);
    const { subscription } = target;
    const symbol = 'symbol' in subscription ? subscription.symbol : undefined;
    const refusal = this.#options.source.refusal(subscription);
    if (refusal !== undefined) return errorAck(envelope, refusal, symbol);
    const key = subscriptionKey(subscription);
    if (this.#subscriptions.has(key)) return errorAck(envelope, WIRE_ERRORS.alreadySubscribed);
    this.#subscriptions.set(key, subscription);
    granted.push(subscription);
    return subscribeAck(envelope, subscription);
  }

  #unsubscribe(target: Target, envelope: AckEnvelope): string {
    if ('error' in target) return errorAck(envelope, target.error, target.symbol);
    const key = subscriptionKey(target.subscription);
    const active = this.#subscriptions.get(key);
    if (active === undefined) {
      const symbol = 'symbol' in target.subscription ? target.subscription.symbol : undefined;
      return errorAck(envelope, WIRE_ERRORS.notSubscribed, symbol);
    }
    this.#subscriptions.delete(key);
    this.#options.source.detach(active, this);
    return unsubscribeAck(envelope, active);
  }

  #reply(text: string): void {
    this.push(new WireFrame(text));
  }

  #handleClose(): void {
    this.#closed = true;
    this.#outbox.close();
    this.#held = [];
    this.#liveness.stop();
    this.#options.source.detachAll(this);
    this.#subscriptions.clear();
    this.#options.onClose(this);
  }
}
