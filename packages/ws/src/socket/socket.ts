import type { Disconnect } from './disconnect.ts';

/** What a platform's WebSocket is reduced to. The platform's own lives behind `#socket`. */
export interface Socket {
  send(text: string): void;
  /** Starts the closing handshake; what was sent before goes out first. */
  close(code: number, reason: string): void;
  /** Cuts the connection now. */
  terminate(): void;
  /** Stops reading, so that the sender feels it. Does nothing where the platform cannot. */
  pause(): void;
  resume(): void;
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedBytes: number;
}

export interface SocketEvents {
  opened(): void;
  /** The bytes of one message. They are the caller's to keep: nothing writes to them again. */
  message(bytes: Uint8Array): void;
  /** Comes once, last, also when the socket never opened. */
  ended(disconnect: Disconnect): void;
}

export interface SocketOptions {
  readonly url: string;
  /** Sent with the upgrade request; browsers do not allow any. */
  readonly headers: Readonly<Record<string, string>>;
  readonly maxFrameBytes: number;
}

export type OpenSocket = (options: SocketOptions, events: SocketEvents) => Socket;
