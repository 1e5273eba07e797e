import type { Duplex } from 'node:stream';
import type { Clock } from '@kr/schemas/shared';
import type { WebSocket } from 'ws';
import type { WireFrame } from '../protocol/wire-frame.ts';
import { type LedgerSink, ledgerLine } from './ledger.ts';

export interface OutboxOptions {
  readonly connectionId: bigint;
  readonly webSocket: WebSocket;
  /** The socket under it: its fill is the back-pressure. */
  readonly socket: Duplex;
  readonly clock: Clock;
  readonly ledger: LedgerSink | undefined;
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
  #queuedBytes = 0;
  /** Sources that wait for the client; one listener for all of them. */
  readonly #waiting: (() => void)[] = [];
  #sequence = 0;
  #scheduled = false;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    options.socket.on('drain', () => {
      this.#release();
      options.onDrain();
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

  push(frame: WireFrame): void {
    if (this.#closed) return;
    this.#queue.push(frame);
    this.#queuedBytes += frame.bytes.length;
    if (this.bufferedBytes > this.#options.maxBufferedBytes) {
      this.close();
      this.#options.onOverflow();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.flush();
      });
    }
  }

  /** Writes what is queued: the ledger first, then the socket. */
  flush(): void {
    this.#scheduled = false;
    const { webSocket, socket, clock, ledger, connectionId } = this.#options;
    const batch = this.#queue;
    const bytes = this.#queuedBytes;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#closed || batch.length === 0 || webSocket.readyState !== webSocket.OPEN) return;
    if (ledger !== undefined) {
      const sentNs = clock.wallNs();
      const lines = batch.map((frame, at) =>
        ledgerLine(connectionId, this.#sequence + at, sentNs, frame),
      );
      try {
        ledger(lines.join(''));
      } catch (error) {
        this.close();
        this.#options.onLedgerError(error);
        return;
      }
    }
    socket.cork();
    for (const frame of batch) webSocket.send(frame.bytes, { binary: false });
    socket.uncork();
    this.#sequence += batch.length;
    this.#options.onSent(batch.length, bytes);
  }

  /** Resolves when no more than the high-water mark waits, or when the socket is gone. */
  async ready(): Promise<void> {
    this.flush();
    if (this.#closed || !this.isFull || this.#options.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Nothing more is taken or sent. */
  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#queuedBytes = 0;
  }
}
