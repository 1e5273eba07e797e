import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { SandboxError } from '../errors.ts';
import type { FaultBox } from '../faults/faults.ts';
import type { ConnectLimiter } from './connect-limiter.ts';
import type { Counters } from './counters.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { refusalStatus, SANDBOX_HEADER, WS_PATH } from './upgrade-check.ts';

/** Answers the HTTP requests below one path. */
export interface Wing {
  readonly path: RegExp;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface FrontDoorOptions {
  readonly faults: FaultBox;
  readonly connects: ConnectLimiter | undefined;
  readonly counters: Counters;
  readonly wings: readonly Wing[];
  readonly onWebSocket: (webSocket: WebSocket, socket: Socket) => void;
}

const HOST = '127.0.0.1';
/** The longest message a client may send; `ws` closes with 1009 above it. */
const MAX_REQUEST_BYTES = 128 * 1024;

/** The port: who may come in, and where each request goes. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #server: Server;
  readonly #webSocketServer: WebSocketServer;
  /** Upgrades that a fault never answers. */
  readonly #hanging = new Set<Socket>();
  #isOpen = false;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
    this.#webSocketServer = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: MAX_REQUEST_BYTES,
    });
    this.#webSocketServer.on('headers', (headers) => {
      headers.push(`${SANDBOX_HEADER}: 1`);
    });
    this.#server = createServer((request, response) => {
      this.#handleRequest(request, response);
    });
    this.#server.on('upgrade', (request, socket, head) => {
      this.#handleUpgrade(request, socket as Socket, head);
    });
  }

  /** Rejects with `PORT_IN_USE` or `LISTEN_FAILED`. */
  async listen(port: number): Promise<{ readonly host: string; readonly port: number }> {
    const opened = await listenOn(this.#server, port);
    this.#isOpen = true;
    return { host: HOST, port: opened };
  }

  /** From now on nobody comes in. */
  lock(): void {
    this.#isOpen = false;
    for (const socket of this.#hanging) socket.destroy();
  }

  async close(): Promise<void> {
    this.lock();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    const wing = this.#options.wings.find(({ path }) => path.test(url));
    if (wing !== undefined) {
      wing.handle(request, response);
      return;
    }
    const status = refusalStatus(request) ?? 426;
    response.writeHead(status, { [SANDBOX_HEADER]: '1', 'content-type': 'text/plain' });
    response.end(`sandbox: a WebSocket is served at ${WS_PATH}\n`);
  }

  #handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Without a listener a reset by the client would be an uncaught exception.
    socket.on('error', () => undefined);
    const { counters, faults, connects, onWebSocket } = this.#options;
    const status = this.#isOpen ? refusalStatus(request) : 503;
    if (status !== undefined) {
      counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, { status });
      return;
    }
    const retryAfter = connects?.refuse(socket.remoteAddress ?? '');
    if (retryAfter !== undefined) {
      counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, { status: 429, retryAfter, page: 'html' });
      return;
    }
    const fault = faults.judgeUpgrade(counters.connections + 1);
    if (fault?.kind === 'refuseUpgrade') {
      counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, fault);
    } else if (fault?.kind === 'hangUpgrade') {
      this.#hanging.add(socket);
      socket.once('close', () => this.#hanging.delete(socket));
    } else {
      this.#webSocketServer.handleUpgrade(request, socket, head, (webSocket) => {
        onWebSocket(webSocket, socket);
      });
    }
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const handleError = (error: NodeJS.ErrnoException): void => {
      const inUse = error.code === 'EADDRINUSE';
      const message = inUse
        ? `port ${port} of ${HOST} is in use: choose another, or 0 for a free one`
        : `cannot listen on port ${port} of ${HOST}: ${error.message}`;
      reject(
        new SandboxError(
          inUse ? 'PORT_IN_USE' : 'LISTEN_FAILED',
          message,
          { port },
          { cause: error },
        ),
      );
    };
    server.once('error', handleError);
    server.listen(port, HOST, () => {
      server.off('error', handleError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
