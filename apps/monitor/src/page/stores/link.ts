import { signal } from '@preact/signals';
import type { Command } from '../../protocol/commands.ts';
import { decodeBatch } from '../../protocol/decode.ts';
import type { Batch } from '../../protocol/records.ts';

/** What of a `WebSocket` is used. */
export interface PageSocket {
  binaryType: string;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

export interface LinkOptions {
  readonly open: () => PageSocket;
  readonly onBatch: (batch: Batch) => void;
  readonly onLost: () => void;
  readonly now: () => number;
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
}

const RETRY_MS = [250, 500, 1000, 2000, 5000];
const PING_MS = 2000;

/** The line to the server: opened anew for ever, everything asked for again. */
export class Link {
  readonly state = signal<'connecting' | 'open' | 'lost'>('connecting');
  /** From here to the server and back. */
  readonly roundTripMs = signal<number | undefined>(undefined);
  /** Of the last message that was no message of ours. */
  readonly problem = signal<string | undefined>(undefined);
  readonly #options: LinkOptions;
  #socket: PageSocket | undefined;
  #attempts = 0;
  #watched: readonly string[] = [];
  #candles: { readonly symbol: string; readonly interval: number } | undefined;
  #pings = new Map<number, number>();
  #pingId = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  start(): void {
    this.#connect();
    this.#ping();
  }

  watch(symbols: readonly string[]): void {
    this.#watched = symbols;
    this.#send({ kind: 'watch', symbols });
  }

  candles(symbol: string, interval: number): void {
    this.#candles = { symbol, interval };
    this.#send({ kind: 'candles', symbol, interval });
  }

  handlePong(id: number): void {
    const sent = this.#pings.get(id);
    if (sent === undefined) return;
    this.#pings.delete(id);
    this.roundTripMs.value = this.#options.now() - sent;
  }

  #connect(): void {
    const socket = this.#options.open();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#attempts = 0;
      this.state.value = 'open';
      if (this.#watched.length > 0) this.watch(this.#watched);
      if (this.#candles !== undefined) this.candles(this.#candles.symbol, this.#candles.interval);
    });
    socket.addEventListener('message', ({ data }) => {
      this.#handle(data);
    });
    socket.addEventListener('close', () => {
      if (this.state.value === 'open') this.#options.onLost();
      this.state.value = 'lost';
      this.#pings.clear();
      const wait = RETRY_MS[Math.min(this.#attempts, RETRY_MS.length - 1)] ?? 0;
      this.#attempts += 1;
      this.#options.setTimeout(() => {
        this.#connect();
      }, wait);
    });
  }

  #handle(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) return;
    try {
      const batch = decodeBatch(new Uint8Array(data));
      this.#options.onBatch(batch);
      this.#send({ kind: 'ack', batch: batch.number });
    } catch (error) {
      // A message that cannot be read leaves books that are not known to be right: begin anew.
      this.problem.value = (error as Error).message;
      this.#socket?.close();
    }
  }

  #ping(): void {
    this.#pingId += 1;
    if (this.state.value === 'open') {
      this.#pings.set(this.#pingId, this.#options.now());
      this.#send({ kind: 'ping', id: this.#pingId });
    }
    this.#options.setTimeout(() => {
      this.#ping();
    }, PING_MS);
  }

  #send(command: Command): void {
    if (this.state.value === 'open') this.#socket?.send(JSON.stringify(command));
  }
}
