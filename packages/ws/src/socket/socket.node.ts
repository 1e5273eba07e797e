import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Disconnect } from './disconnect.ts';
import type { OpenSocket } from './socket.ts';

/** Node can stop reading a socket, so back-pressure reaches the sender. */
export const CAN_PAUSE = true;

/** Headers may not be sent by every platform; Node can. */
export const CAN_SET_HEADERS = true;

/** A WebSocket over the `ws` package. */
export const openSocket: OpenSocket = ({ url, headers, maxFrameBytes }, events) => {
  const socket = new WebSocket(url, {
    headers,
    maxPayload: maxFrameBytes,
    // Kraken asks for no compression, and inflating would cost more than the bytes saved.
    perMessageDeflate: false,
    followRedirects: false,
  });
  let refusal: Disconnect | undefined;
  let failure: Error | undefined;
  let wasOpen = false;

  const handleUnexpectedResponse = (_request: unknown, response: IncomingMessage): void => {
    refusal = {
      kind: 'upgrade',
      status: response.statusCode ?? 0,
      retryAfterMs: retryAfterMs(response.headers['retry-after']),
    };
    socket.terminate();
  };

  const handleClose = (code: number, reason: Buffer): void => {
    if (refusal !== undefined) events.ended(refusal);
    else if (!wasOpen && failure !== undefined) events.ended(networkFailure(failure));
    else
      events.ended({ kind: 'close', code, reason: reason.toString() || (failure?.message ?? '') });
  };

  socket.on('open', () => {
    wasOpen = true;
    events.opened();
  });
  // With the default `nodebuffer` a message of one fragment is a view of what the network read: no copy.
  socket.on('message', (data: Buffer) => {
    events.message(data);
  });
  socket.on('unexpected-response', handleUnexpectedResponse);
  // An 'error' is always followed by 'close'.
  socket.on('error', (error) => {
    failure ??= error;
  });
  socket.on('close', handleClose);

  return {
    send: (text) => {
      socket.send(text);
    },
    close: (code, reason) => {
      socket.close(code, reason);
    },
    terminate: () => {
      socket.terminate();
    },
    pause: () => {
      socket.pause();
    },
    resume: () => {
      socket.resume();
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
};

/** `localhost` is tried on both address families: their failures come as one AggregateError with an empty message. */
function networkFailure(error: Error): Disconnect {
  const { code } = error as Error & { code?: unknown };
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message === '' && first instanceof Error ? first.message : error.message;
  return { kind: 'network', errorCode: typeof code === 'string' ? code : undefined, message };
}

/** Seconds only: the other form, a date, would need a clock that agrees with the server's. */
function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}
