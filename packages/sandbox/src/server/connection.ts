import type { Socket } from 'node:net';
import type { Clock, Timers } from '@kr/schemas/shared';
import type { RawData, WebSocket } from 'ws';
import type { RequestSubject } from '../faults/arm.ts';
import { LineFaults, type RequestVerdict } from '../faults/line-faults.ts';
import type { MarketSource, Subscriber } from '../market-source.ts';
import {
  type AckEnvelope,
  errorAck,
  pongAck,
  subscribeAck,
  unsubscribeAck,
} from '../protocol/ack.ts';
import { carriesSymbol, WIRE_ERRORS } from '../protocol/errors.ts';
import { HEARTBEAT, type SystemStatus, statusFrame } from '../protocol/frames.ts';
import { parseRequest, type Request, type Target } from '../protocol/request.ts';
import { readRequestSubject } from '../protocol/request-subject.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import type { Counters } from './counters.ts';
import type { LedgerSink } from './ledger.ts';
import { type HeartbeatMode, Liveness } from './liveness.ts';
import { Outbox } from './outbox.ts';

export interface ConnectionOptions {
  readonly id: bigint;
  /** The nth connection of its sandbox, from 1. */
  readonly ordinal: number;
  readonly webSocket: WebSocket;
  readonly socket: Socket;
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

interface Held {
  readonly request: Request;
  readonly text: string;
}

/** An answer on its way: the text, and what a fault makes of it. */
interface Answer {
  readonly text: string;
  readonly verdict: RequestVerdict;
}

/** One client: its requests, its subscriptions and what is on its way to it. */
export class Connection implements Subscriber {
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  /** What goes wrong with it on purpose. */
  readonly faults: LineFaults;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Requests that wait until the client has read: what was received before the pause took hold. */
  #held: Held[] = [];
  #closed = false;
  /** Half open: the client hears nothing more, not even a goodbye. */
  #abandoned = false;

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
    this.faults = new LineFaults({
      ordinal: options.ordinal,
      id: options.id,
      clock,
      timers,
      push: (frame, note) => {
        this.#outbox.push(frame, note);
      },
      lose: (frame, note) => {
        this.#outbox.lose(frame, note);
      },
      note: (note) => {
        this.#outbox.note(note);
      },
      cut: (code, reason) => {
        this.#cut(code, reason);
      },
      reset: () => {
        this.#outbox.flush();
        socket.resetAndDestroy();
      },
      abandon: () => {
        this.#outbox.flush();
        this.#abandoned = true;
        this.#liveness.stop();
        webSocket.pause();
      },
      freeze: () => {
        this.#outbox.freeze();
      },
      thaw: () => {
        this.#outbox.thaw();
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
    if (this.faults.isIdle) this.#outbox.push(frame);
    else this.faults.pass(frame);
  }

  pushStatus(system: SystemStatus): void {
    this.push(statusFrame(this.#options.id, system));
  }

  ready(): Promise<void> {
    return this.#outbox.ready();
  }

  end(code = 1000, reason?: string): void {
    if (this.#abandoned) return;
    this.#outbox.flush();
    this.#options.webSocket.close(code, reason);
  }

  /** The sandbox closes. */
  goAway(): void {
    if (this.#abandoned) this.terminate();
    else this.end(1001);
  }

  terminate(): void {
    this.#options.webSocket.terminate();
  }

  /** Without a code: as when the machine at the other end is gone after its last words. */
  #cut(code: number | undefined, reason: string | undefined): void {
    if (code !== undefined) {
      this.end(code, reason);
      return;
    }
    this.#outbox.flush();
    const { socket } = this.#options;
    socket.end(() => {
      socket.destroy();
    });
  }

  #handleMessage(data: RawData, isBinary: boolean): void {
    this.#liveness.noteRequest();
    const text = isBinary ? '' : (data as Buffer).toString('utf8');
    const request: Request = isBinary
      ? { kind: 'refused', error: WIRE_ERRORS.malformed }
      : parseRequest(text);
    if (this.#held.length > 0 || this.#outbox.isFull) {
      this.#held.push({ request, text });
      this.#options.webSocket.pause();
    } else {
      this.#answer(request, text);
    }
  }

  /** Nobody can make us answer faster than they read: no more requests are taken until they do. */
  #handleDrain(): void {
    while (!this.#outbox.isFull && !this.#abandoned) {
      const held = this.#held.shift();
      if (held === undefined) {
        if (this.#options.webSocket.isPaused) this.#options.webSocket.resume();
        return;
      }
      this.#answer(held.request, held.text);
    }
  }

  #answer(request: Request, text: string): void {
    this.#options.counters.requests += 1;
    const timeIn = formatMicros(this.#options.clock.wallNs());
    const envelope = (method?: string): AckEnvelope => ({
      method,
      reqId: request.reqId,
      timeIn,
      timeOut: formatMicros(this.#options.clock.wallNs()),
    });
    const subject = this.faults.isIdle ? undefined : readRequestSubject(text);
    const judge = (target?: Target): RequestVerdict =>
      subject === undefined ? {} : this.faults.judge({ ...subject, symbol: symbolOf(target) });
    const answers: Answer[] = [];
    const granted: Subscription[] = [];
    /** Answers what a fault says, or else what `act` does. */
    const settle = (
      verdict: RequestVerdict,
      target: Target | undefined,
      act: () => string,
    ): void => {
      if (verdict.ignored === true) return;
      answers.push({
        verdict,
        text:
          verdict.error === undefined ? act() : refusal(verdict, envelope(subject?.method), target),
      });
    };
    switch (request.kind) {
      case 'refused':
        settle(judge(), undefined, () => errorAck(envelope(request.method), request.error));
        break;
      case 'ping':
        settle(judge(), undefined, () => pongAck(envelope()));
        break;
      case 'subscribe':
        for (const target of request.targets) {
          settle(judge(target), target, () =>
            this.#subscribe(target, granted, envelope(request.kind)),
          );
        }
        break;
      case 'unsubscribe':
        for (const target of request.targets) {
          settle(judge(target), target, () => this.#unsubscribe(target, envelope(request.kind)));
        }
        break;
    }
    this.#reply(answers, subject);
    if (granted.length > 0) {
      this.#liveness.noteSubscribed();
      this.#options.source.attach(granted, this);
    }
  }

  #subscribe(target: Target, granted: Subscription[], envelope: AckEnvelope): string {
    if ('error' in target) return errorAck(envelope, target.error, target.symbol);
    const { subscription } = target;
    const refused = this.#options.source.refusal(subscription);
    if (refused !== undefined) return errorAck(envelope, refused, symbolOf(target));
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
      return errorAck(envelope, WIRE_ERRORS.notSubscribed, symbolOf(target));
    }
    this.#subscriptions.delete(key);
    this.#options.source.detach(active, this);
    return unsubscribeAck(envelope, active);
  }

  #reply(answers: Answer[], subject: RequestSubject | undefined): void {
    const turned = subject === undefined ? undefined : this.faults.turnsAround(subject);
    for (const { text, verdict } of turned === undefined ? answers : answers.toReversed()) {
      const frame = new WireFrame(text);
      const note = verdict.note ?? turned;
      if (verdict.delayMs === undefined) this.#outbox.push(frame, note);
      else this.faults.pushLater(frame, verdict.delayMs, note);
    }
  }

  #handleClose(): void {
    this.#closed = true;
    this.#outbox.close();
    this.#held = [];
    this.#liveness.stop();
    this.faults.stop();
    this.#options.source.detachAll(this);
    this.#subscriptions.clear();
    this.#options.onClose(this);
  }
}

function symbolOf(target: Target | undefined): string | undefined {
  if (target === undefined) return undefined;
  if ('error' in target) return target.symbol;
  return 'symbol' in target.subscription ? target.subscription.symbol : undefined;
}

/** The answer of a fault that refuses. */
function refusal(
  { error = '', bare }: RequestVerdict,
  ack: AckEnvelope,
  target: Target | undefined,
): string {
  if (bare === true) return JSON.stringify({ Error: error });
  return errorAck(ack, error, carriesSymbol(error) ? symbolOf(target) : undefined);
}
