import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { SandboxError } from '../errors.ts';
import type { FaultBox } from '../faults/faults.ts';
import type { TlsIdentity } from '../tls/certificate.ts';
import type { ConnectLimiter } from './connect-limiter.ts';
import type { Counters } from './counters.ts';
import { isLoopback } from './loopback.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { type HostCheck, hostsOf, isForeign, SANDBOX_HEADER } from './upgrade-check.ts';

/** After so long without a word the other machine's kernel is asked whether it is there. */
const PROBE_MS = 30_000;

/** Answers the HTTP requests below one path. */
export interface Wing {
  readonly path: RegExp;
  /** Called only for those who may come in; `tcp` is what carries the request, below TLS. */
  handle(request: IncomingMessage, response: ServerResponse, tcp: Socket): void;
}

export interface FrontDoorOptions {
  readonly faults: FaultBox;
  readonly connects: ConnectLimiter | undefined;
  readonly counters: Counters;
  readonly wings: readonly Wing[];
  /** Where sockets are opened. */
  readonly paths: ReadonlySet<string>;
  readonly onWebSocket: (webSocket: WebSocket, line: LineSockets, path: string) => void;
}

/** What lies under a WebSocket. */
export interface LineSockets {
  /** What is written to. */
  readonly socket: Socket;
  /** The TCP connection: the same one, or what TLS runs on. */
  readonly tcp: Socket;
}

export interface Address {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly allowRemote?: boolean | undefined;
  readonly tls?: Pick<TlsIdentity, 'cert' | 'key'> | undefined;
}

const DEFAULT_HOST = '127.0.0.1';
/** The longest message a client may send; `ws` closes with 1009 above it. */
const MAX_REQUEST_BYTES = 128 * 1024;

/**
 * How long a connection without a request stays open. As long as the exchange's: with Node's 5 s a
 * client on a busy machine sends its next request into a connection that is just being closed.
 */
const KEEP_ALIVE_MS = 75_000;

/** The port: who may come in, and where each request goes. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #webSocketServer: WebSocketServer;
  /** TCP connections that carry TLS, by the port at their other end. */
  readonly #tcp = new Map<string, Socket>();
  /** Upgrades that a fault never answers. */
  readonly #hanging = new Set<Socket>();
  #server: Server | undefined;
  #isOurs: HostCheck = isLoopback;
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
  }

  /** Rejects with `NOT_LOOPBACK`, `PORT_IN_USE` or `LISTEN_FAILED`. */
  async listen(address: Address): Promise<{ readonly host: string; readonly port: number }> {
    const { host = DEFAULT_HOST, port = 0, allowRemote = false, tls } = address;
    if (!isLoopback(host)) {
      if (!allowRemote) throw notLoopback(host);
      this.#isOurs = hostsOf(host);
    }
    const server: Server =
      tls === undefined ? createServer() : createTlsServer({ cert: tls.cert, key: tls.key });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('request', (request, response) => {
      this.#handleRequest(request, response);
    });
    server.on('upgrade', (request, socket, head) => {
      this.#handleUpgrade(request, socket as Socket, head);
    });
    if (tls !== undefined) {
      server.on('connection', (tcp: Socket) => {
        const end = endOf(tcp);
        this.#tcp.set(end, tcp);
        // A machine that is gone without a word is noticed though nothing is sent to it.
        tcp.setKeepAlive(true, PROBE_MS);
        tcp.once('close', () => this.#tcp.delete(end));
      });
    }
    const opened = await listenOn(server, port, host);
    this.#server = server;
    this.#isOpen = true;
    return { host, port: opened };
  }

  /** From now on nobody comes in. */
  lock(): void {
    this.#isOpen = false;
    for (const socket of this.#hanging) socket.destroy();
  }

  async close(): Promise<void> {
    this.lock();
    const server = this.#server;
    if (server?.listening !== true) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    const refused = this.#refusal(request);
    const wing = this.#options.wings.find(({ path }) => path.test(url));
    if (wing !== undefined && refused !== 403) {
      wing.handle(request, response, this.#tcpOf(request.socket));
      return;
    }
    const status = refused ?? 426;
    const paths = [...this.#options.paths].join(', ');
    response.writeHead(status, { [SANDBOX_HEADER]: '1', 'content-type': 'text/plain' });
    response.end(
      status === 403
        ? 'sandbox: only for this machine: the Host must be this address, and the Origin none but its own\n'
        : `sandbox: WebSockets are served at ${paths}\n`,
    );
  }

  #handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Without a listener a reset by the client would be an uncaught exception.
    socket.on('error', () => undefined);
    const { counters, faults, connects, onWebSocket } = this.#options;
    const status = this.#isOpen ? this.#refusal(request) : 503;
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
        onWebSocket(webSocket, { socket, tcp: this.#tcpOf(socket) }, pathOf(request));
      });
    }
  }

  /** What a socket runs on: itself, or the connection below its TLS. */
  #tcpOf(socket: Socket): Socket {
    return this.#tcp.get(endOf(socket)) ?? socket;
  }

  /** Who may not come in at all, and then what is not there. */
  #refusal(request: IncomingMessage): 403 | 404 | undefined {
    if (isForeign(request, this.#isOurs)) return 403;
    return this.#options.paths.has(pathOf(request)) ? undefined : 404;
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/** The other end of a connection: what TLS and the TCP under it have in common. */
function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function notLoopback(host: string): SandboxError {
  return new SandboxError(
    'NOT_LOOPBACK',
    `${host} is not of loopback, so other machines could trade here: allow it too (allowRemote, --allow-remote), or leave the host out`,
    { host },
  );
}

function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const handleError = (error: NodeJS.ErrnoException): void => {
      const inUse = error.code === 'EADDRINUSE';
      const message = inUse
        ? `port ${port} of ${host} is in use: choose another, or 0 for a free one`
        : `cannot listen on port ${port} of ${host}: ${error.message}`;
      const code = inUse ? 'PORT_IN_USE' : 'LISTEN_FAILED';
      reject(new SandboxError(code, message, { port, host }, { cause: error }));
    };
    server.once('error', handleError);
    server.listen(port, host, () => {
      server.off('error', handleError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
