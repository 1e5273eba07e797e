import type { Clock, Timers } from '@kr/schemas/shared';
import type { RawData, WebSocket } from 'ws';
import { LineFaults } from '../faults/line-faults.ts';
import type { MarketSource } from '../market-source.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { SystemStatus } from '../protocol/frames.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import type { ChunkMaker } from './chunk-maker.ts';
import { ClientLimits } from './client-limits.ts';
import type { Counters } from './counters.ts';
import type { LineSockets } from './front-door.ts';
import type { FaultNote, LedgerSink } from './ledger.ts';
import type { LedgerTail } from './ledger-tail.ts';
import type { Limits } from './limits.ts';
import { type HeartbeatMode, Liveness } from './liveness.ts';
import { Outbox } from './outbox.ts';
import type { OpenSession } from './protocols.ts';
import type { Session, SessionHost } from './session.ts';
import { StallWatch } from './stall-watch.ts';

export interface ConnectionOptions {
  /** Opens the protocol that it speaks. */
  readonly open: OpenSession;
  readonly id: bigint;
  /** The nth connection of its sandbox, from 1. */
  readonly ordinal: number;
  /** How many updates of a market are put into one message for it. */
  readonly batch: number;
  readonly webSocket: WebSocket;
  readonly sockets: LineSockets;
  readonly source: MarketSource;
  readonly desk: PaperDesk | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Of the machine, for what is about sockets. */
  readonly realTimers: Timers;
  readonly ledger: LedgerSink | undefined;
  readonly tail: LedgerTail;
  readonly chunks: ChunkMaker;
  readonly heartbeats: HeartbeatMode;
  readonly idleTimeoutMs: number;
  readonly maxBufferedBytes: number;
  readonly limits: Limits;
  readonly counters: Counters;
  readonly onClose: (connection: Connection) => void;
}

/** One client: what it says, what is on its way to it, and what goes wrong with it. */
export class Connection implements SessionHost {
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  readonly #stall: StallWatch;
  readonly #session: Session;
  readonly limits: ClientLimits;
  /** What goes wrong with it on purpose. */
  readonly faults: LineFaults;
  /** Messages that wait until the client has read: what was received before the pause took hold. */
  #held: (string | undefined)[] = [];
  #closed = false;
  /** Half open: the client hears nothing more, not even a goodbye. */
  #abandoned = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { webSocket, sockets, clock, timers, counters, ledger, tail, chunks } = options;
    this.#outbox = new Outbox({
      connectionId: options.id,
      webSocket,
      socket: sockets.socket,
      clock,
      ledger,
      tail,
      chunks,
      maxBufferedBytes: options.maxBufferedBytes,
      onOverflow: () => {
        counters.slowClients += 1;
        this.terminate();
      },
      onSent: (frames, bytes) => {
        counters.framesSent += frames;
        counters.bytesSent += bytes;
        this.#liveness.noteSent();
        if (sockets.tcp.writableNeedDrain || sockets.socket.writableNeedDrain) this.#stall.note();
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
      hasSubscriptions: () => this.#session.isKeptAlive ?? this.#session.subscriptionCount > 0,
      onHeartbeat: () => {
        // A client that does not read gets no heartbeats on top.
        const isWanted = this.#session.isKeptAlive !== false;
        if (isWanted && !this.#outbox.isFull) this.push(this.#session.heartbeatFrame());
      },
      onIdle: () => {
        this.end();
      },
    });
    // Not the market's time: sockets are real, and the market may stand still.
    this.#stall = new StallWatch({
      timers: options.realTimers,
      ms: options.idleTimeoutMs,
      waiting: () => sockets.socket.writableLength + sockets.tcp.writableLength,
      taken: () => sockets.tcp.bytesWritten - sockets.tcp.writableLength,
      onStall: () => {
        if (this.#abandoned) return;
        counters.slowClients += 1;
        this.terminate();
      },
    });
    this.limits = new ClientLimits(options.limits, clock);
    this.faults = new LineFaults({
      ordinal: options.ordinal,
      id: options.id,
      clock,
      timers,
      heartbeat: () => this.#session.heartbeatFrame(),
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
        sockets.tcp.resetAndDestroy();
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
    this.#session = options.open(this);
    webSocket.on('message', (data, isBinary) => {
      this.#handleMessage(data, isBinary);
    });
    webSocket.on('ping', () => {
      if (this.#session.countsPings === true) this.#liveness.noteRequest();
      if (this.#outbox.isFull) webSocket.pause();
    });
    webSocket.on('close', () => {
      this.#handleClose();
    });
    // `ws` closes the connection after a protocol error by itself, with the code that fits.
    webSocket.on('error', () => undefined);
  }

  get batch(): number {
    return this.#options.batch;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get id(): bigint {
    return this.#options.id;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get desk(): PaperDesk | undefined {
    return this.#options.desk;
  }

  get source(): MarketSource {
    return this.#options.source;
  }

  get subscriptionCount(): number {
    return this.#session.subscriptionCount;
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes;
  }

  push(frame: WireFrame): void {
    if (this.faults.isIdle) this.#outbox.push(frame);
    else this.faults.pass(frame);
  }

  reply(frame: WireFrame, note?: FaultNote): void {
    this.#outbox.push(frame, note);
  }

  pushStatus(system: SystemStatus): void {
    const frame = this.#session.status(system);
    if (frame !== undefined) this.push(frame);
  }

  noteSubscribed(): void {
    this.#liveness.noteSubscribed();
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
    const { socket } = this.#options.sockets;
    socket.end(() => {
      socket.destroy();
    });
  }

  #handleMessage(data: RawData, isBinary: boolean): void {
    this.#liveness.noteRequest();
    const text = isBinary ? undefined : (data as Buffer).toString('utf8');
    if (this.#held.length > 0 || this.#outbox.isFull) {
      this.#held.push(text);
      this.#options.webSocket.pause();
    } else {
      this.#answer(text);
    }
  }

  /** Nobody can make us answer faster than they read: no more requests are taken until they do. */
  #handleDrain(): void {
    while (!this.#outbox.isFull && !this.#abandoned) {
      if (this.#held.length === 0) {
        if (this.#options.webSocket.isPaused) this.#options.webSocket.resume();
        return;
      }
      this.#answer(this.#held.shift());
    }
  }

  #answer(text: string | undefined): void {
    this.#options.counters.requests += 1;
    this.#session.handle(text);
  }

  #handleClose(): void {
    this.#closed = true;
    this.#outbox.close();
    this.#held = [];
    this.#liveness.stop();
    this.#stall.stop();
    this.faults.stop();
    this.#session.close();
    this.#options.onClose(this);
  }
}
