import type { Duplex } from 'node:stream';
import type { Clock } from '@kr/schemas/shared';
import type { WebSocket } from 'ws';
import type { WireFrame } from '../protocol/wire-frame.ts';
import type { ChunkMaker } from './chunk-maker.ts';
import { type FaultNote, type LedgerMark, type LedgerSink, ledgerLines } from './ledger.ts';
import type { LedgerTail } from './ledger-tail.ts';

export interface OutboxOptions {
  readonly connectionId: bigint;
  readonly webSocket: WebSocket;
  /** The socket under it: its fill is the back-pressure. */
  readonly socket: Duplex;
  readonly clock: Clock;
  readonly ledger: LedgerSink | undefined;
  readonly tail: LedgerTail;
  readonly chunks: ChunkMaker;
  /** Bytes waiting, ours and the socket's, above which the client counts as lost. */
  readonly maxBufferedBytes: number;
  /** Called once, when the bound is passed. */
  readonly onOverflow: () => void;
  /** Called after each write with what it held. */
  readonly onSent: (frames: number, bytes: number) => void;
  /** Called when everything that waited was sent. */
  readonly onDrain: () => void;
  /** Called when the ledger throws; nothing of the batch was sent. */
  readonly onLedgerError: (error: unknown) => void;
}

/** Sources that wait go on when less than this waits to be sent. */
const HIGH_WATER_BYTES = 1_048_576;

/** The frames of one connection on their way out: what one turn of the event loop queues leaves in one write. */
export class Outbox {
  readonly #options: OutboxOptions;
  #queue: WireFrame[] = [];
  #marks: LedgerMark[] = [];
  #queuedBytes = 0;
  /** Sources that wait for the client; one listener for all of them. */
  readonly #waiting: (() => void)[] = [];
  #sequence = 0;
  #scheduled = false;
  #closed = false;
  #frozen = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    options.socket.on('drain', () => {
      this.#goOn();
    });
    options.socket.on('close', () => {
      this.#release();
    });
  }

  get bufferedBytes(): number {
    return this.#queuedBytes + this.#options.socket.writableLength;
  }

  get isFull(): boolean {
    return this.bufferedBytes > HIGH_WATER_BYTES;
  }

  push(frame: WireFrame, note?: FaultNote): void {
    if (this.#closed) return;
    if (note !== undefined) this.#mark({ note, sent: true });
    this.#queue.push(frame);
    this.#queuedBytes += frame.bytes.length;
    if (this.bufferedBytes > this.#options.maxBufferedBytes) {
      this.close();
      this.#options.onOverflow();
    } else {
      this.#schedule();
    }
  }

  /** Tells the ledger of a frame that was made and is not sent. */
  lose(frame: WireFrame, note: FaultNote): void {
    this.#mark({ note, lost: frame });
    this.#schedule();
  }

  /** Tells the ledger of a fault between two frames. */
  note(note: FaultNote): void {
    this.#mark({ note });
    this.#schedule();
  }

  /** Nothing leaves until {@link thaw}; what is pushed meanwhile waits. */
  freeze(): void {
    this.flush();
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    this.flush();
  }

  /** Writes what is queued: the ledger first, then the socket. */
  flush(): void {
    this.#scheduled = false;
    if (this.#frozen && !this.#closed) return;
    const { webSocket, socket } = this.#options;
    const batch = this.#queue;
    const marks = this.#marks;
    const bytes = this.#queuedBytes;
    this.#queue = [];
    this.#marks = [];
    this.#queuedBytes = 0;
    if (this.#closed || webSocket.readyState !== webSocket.OPEN) return;
    if (batch.length === 0 && marks.length === 0) return;
    if (!this.#tellLedger(batch, marks) || batch.length === 0) return;
    // Past `ws`, whose own frames (close, pong) are written whole too, so none lands inside another.
    socket.write(this.#options.chunks.make(batch));
    this.#sequence += batch.length;
    this.#options.onSent(batch.length, bytes);
    // What the machine takes at once is followed by no `drain`.
    if (!socket.writableNeedDrain) this.#goOn();
  }

  /** Resolves when no more than the high-water mark waits, or when the socket is gone. */
  async ready(): Promise<void> {
    this.flush();
    if (this.#closed || !this.isFull || this.#options.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Nothing more is taken or sent. */
  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#marks = [];
    this.#queuedBytes = 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.flush();
    });
  }

  #mark({ note, sent = false, lost }: { note: FaultNote; sent?: boolean; lost?: WireFrame }): void {
    if (!this.#closed) this.#marks.push({ at: this.#queue.length, note, sent, lost });
  }

  /** False when the ledger could not be written: nothing may be sent then. */
  #tellLedger(frames: readonly WireFrame[], marks: readonly LedgerMark[]): boolean {
    const { connectionId, clock, ledger, tail } = this.#options;
    const batch = { connectionId, sequence: this.#sequence, atNs: clock.wallNs(), frames, marks };
    try {
      ledger?.(ledgerLines(batch).join(''));
      tail.add(batch);
      return true;
    } catch (error) {
      this.close();
      this.#options.onLedgerError(error);
      return false;
    }
  }

  /** There is room again. */
  #goOn(): void {
    this.#release();
    this.#options.onDrain();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
