import type { Timers } from '@kr/schemas/shared';
import type { Disconnect } from './disconnect.ts';
import type { OpenSocket, Socket, SocketEvents, SocketOptions } from './socket.ts';

export interface LinkOptions {
  readonly openSocket: OpenSocket;
  readonly socket: SocketOptions;
  readonly timers: Timers;
  readonly connectTimeoutMs: number;
  /** Our number of this socket. */
  readonly connectionId: number;
}

/**
 * One socket's life: gives up on a connect that takes too long, and goes silent once it ended or was
 * dropped, so that a late event of an old socket never reaches the state machine.
 */
export class Link {
  readonly connectionId: number;
  readonly #timers: Timers;
  readonly #events: SocketEvents;
  readonly #socket: Socket;
  #connectTimer: unknown;
  #over = false;

  constructor(options: LinkOptions, events: SocketEvents) {
    const { timers, connectTimeoutMs } = options;
    this.connectionId = options.connectionId;
    this.#timers = timers;
    this.#events = events;
    this.#socket = options.openSocket(options.socket, {
      opened: () => {
        if (this.#over) return;
        this.#clearConnectTimer();
        events.opened();
      },
      message: (bytes) => {
        if (!this.#over) events.message(bytes);
      },
      ended: (disconnect) => {
        this.#end(disconnect);
      },
    });
    this.#connectTimer = timers.setTimeout(() => {
      this.#connectTimer = undefined;
      this.#socket.terminate();
      this.#end({ kind: 'connectTimeout', timeoutMs: connectTimeoutMs });
    }, connectTimeoutMs);
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedBytes;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Starts the closing handshake; `ended` follows. */
  close(): void {
    this.#socket.close(1000, '');
  }

  /** Cuts the socket; no event follows. */
  drop(): void {
    this.#over = true;
    this.#clearConnectTimer();
    this.#socket.terminate();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #end(disconnect: Disconnect): void {
    if (this.#over) return;
    this.#over = true;
    this.#clearConnectTimer();
    this.#events.ended(disconnect);
  }

  #clearConnectTimer(): void {
    if (this.#connectTimer !== undefined) this.#timers.clearTimeout(this.#connectTimer);
    this.#connectTimer = undefined;
  }
}
