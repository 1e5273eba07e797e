import type { OpenSocket } from './socket.ts';

/** A browser reads its socket whether anybody listens or not. */
export const CAN_PAUSE = false;

/** A browser sends its own headers with the upgrade request and takes none. */
export const CAN_SET_HEADERS = false;

interface MessageEvent {
  readonly data: unknown;
}

interface CloseEvent {
  readonly code: number;
  readonly reason: string;
}

/** The part of the standard WebSocket that is used here (https://websockets.spec.whatwg.org). */
interface StandardWebSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'close', listener: (event: CloseEvent) => void): void;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

type StandardWebSocketConstructor = new (url: string) => StandardWebSocket;

/** A WebSocket of the platform: browsers, workers, Deno, Bun. */
export const openSocket: OpenSocket = ({ url }, events) => {
  const { WebSocket } = globalThis as unknown as { WebSocket: StandardWebSocketConstructor };
  const socket = new WebSocket(url);
  const encoder = new TextEncoder();
  let wasOpen = false;
  socket.binaryType = 'arraybuffer';

  socket.addEventListener('open', () => {
    wasOpen = true;
    events.opened();
  });
  socket.addEventListener('message', ({ data }) => {
    events.message(
      typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data as ArrayBuffer),
    );
  });
  // Tells nothing by design, but some platforms throw an 'error' that nobody listens to. 'close' follows.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', ({ code, reason }) => {
    if (wasOpen) events.ended({ kind: 'close', code, reason });
    else {
      const message = 'the connection could not be opened (a browser does not say why)';
      events.ended({ kind: 'network', errorCode: undefined, message });
    }
  });

  return {
    send: (text) => {
      socket.send(text);
    },
    close: (code, reason) => {
      socket.close(code, reason);
    },
    terminate: () => {
      // The standard has no way to cut: a handshake that nobody waits for is the nearest.
      socket.close();
    },
    pause: () => undefined,
    resume: () => undefined,
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
};
