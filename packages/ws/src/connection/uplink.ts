import type { Timers } from '@kr/schemas/shared';
import { openSocket } from '#socket';
import type { Disconnect } from '../socket/disconnect.ts';
import { Link } from '../socket/link.ts';
import * as failures from './failures.ts';

export interface UplinkOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timers: Timers;
  readonly connectTimeoutMs: number;
  readonly maxFrameBytes: number;
  readonly maxBufferedBytes: number;
  readonly onOpened: () => void;
  readonly onMessage: (bytes: Uint8Array, connectionId: number) => void;
  readonly onEnded: (disconnect: Disconnect) => void;
}

/** The present socket of a connection, or the last one; one after another. */
export class Uplink {
  readonly #options: UplinkOptions;
  #link: Link | undefined;

  constructor(options: UplinkOptions) {
    this.#options = options;
  }

  get connectionId(): number | undefined {
    return this.#link?.connectionId;
  }

  /** Bytes that wait to be sent. */
  get bufferedBytes(): number {
    return this.#link?.bufferedBytes ?? 0;
  }

  connect(connectionId: number): void {
    const { url, headers, timers, connectTimeoutMs, maxFrameBytes } = this.#options;
    const { onOpened, onMessage, onEnded } = this.#options;
    const socket = { url, headers, maxFrameBytes };
    try {
      this.#link = new Link(
        { openSocket, socket, timers, connectTimeoutMs, connectionId },
        {
          opened: onOpened,
          message: (bytes) => {
            onMessage(bytes, connectionId);
          },
          ended: onEnded,
        },
      );
    } catch (cause) {
      // What a platform refuses at once: a header that cannot be sent, a port that may not be used.
      const message = cause instanceof Error ? cause.message : 'the socket could not be created';
      onEnded({ kind: 'network', errorCode: undefined, message });
    }
  }

  /** @throws WsError `SEND_OVERFLOW` */
  send(method: string, text: string): void {
    const { maxBufferedBytes } = this.#options;
    const link = this.#link;
    if (link !== undefined && link.bufferedBytes + text.length > maxBufferedBytes) {
      throw failures.sendOverflow(method, maxBufferedBytes);
    }
    link?.send(text);
  }

  pause(): void {
    this.#link?.pause();
  }

  resume(): void {
    this.#link?.resume();
  }

  close(): void {
    this.#link?.close();
  }

  drop(): void {
    this.#link?.drop();
  }
}
