import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock, Timers } from '@kr/schemas/shared';
import { type WebSocket, WebSocketServer } from 'ws';
import { SandboxError } from './errors.ts';
import type { Fault } from './faults/fault.ts';
import { FaultBox, type Faults } from './faults/faults.ts';
import type { MarketSource, SourceStats } from './market-source.ts';
import type { SystemStatus } from './protocol/frames.ts';
import { ReplaySource, type ReplaySourceOptions } from './replay/replay-source.ts';
import type { RestSandbox } from './rest/rest-sandbox.ts';
import { ConnectLimiter } from './server/connect-limiter.ts';
import { Connection } from './server/connection.ts';
import { type Counters, createCounters } from './server/counters.ts';
import { type FaultNote, faultLine, type LedgerSink } from './server/ledger.ts';
import { type Limits, type LimitsName, resolveLimits } from './server/limits.ts';
import type { HeartbeatMode } from './server/liveness.ts';
import { refuseUpgrade } from './server/refuse-upgrade.ts';
import { refusalStatus, SANDBOX_HEADER, WS_PATH } from './server/upgrade-check.ts';
import { SyntheticSource, type SyntheticSourceOptions } from './synthetic/synthetic-source.ts';

export interface SandboxOptions {
  readonly source: SyntheticSourceOptions | ReplaySourceOptions;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Default 0: a free port. The address is always 127.0.0.1. */
  readonly port?: number | undefined;
  /** What goes wrong from the beginning; `faults.inject` does it later. */
  readonly faults?: readonly Fault[] | undefined;
  /** Is told of every frame before it is written, and of every fault. */
  readonly ledger?: LedgerSink | undefined;
  /** Default `steady`, as the exchange was captured. */
  readonly heartbeats?: HeartbeatMode | undefined;
  /** Without a request and without a subscription for this long a connection is closed; default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** A client with more than this waiting for it is cut off; default 16 MiB. A replay waits for its client instead. */
  readonly maxBufferedBytes?: number | undefined;
  /** What a client may ask for, and how fast; default `local`. */
  readonly limits?: Limits | LimitsName | undefined;
  /** `createRestSandbox` of `@kr/sandbox/rest`, unlistened: answers REST on the same port. */
  readonly rest?: Pick<RestSandbox, 'handle'> | undefined;
}

/** What a sandbox did since it was made. `simulated` is always true: nothing of it is an exchange's. */
export interface SandboxStats {
  readonly simulated: true;
  readonly url: string | undefined;
  readonly connections: { readonly open: number; readonly total: number };
  readonly subscriptions: number;
  readonly requests: number;
  readonly framesSent: number;
  readonly bytesSent: number;
  /** Bytes waiting for clients now. */
  readonly bufferedBytes: number;
  /** Clients cut off because they did not read. */
  readonly slowClients: number;
  readonly rejectedUpgrades: number;
  /** How often faults happened. */
  readonly faults: number;
  /** What status frames say of the trading engine. */
  readonly system: SystemStatus;
  readonly ledgerErrors: number;
  readonly lastLedgerError: string | undefined;
  readonly source: SourceStats;
}

/** A local Kraken. Made closed; `listen` opens it, once. */
export interface Sandbox extends AsyncDisposable {
  /** Opens the market and the port; the url is `ws://127.0.0.1:<port>/v2`. Rejects with a `SandboxError`. */
  listen(): Promise<{ url: string; port: number }>;
  /** Closes every connection (code 1001) and the port. */
  close(): Promise<void>;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Changes the state of the trading engine: every connection is told, and those that open later. */
  setStatus(system: SystemStatus): void;
  readonly stats: SandboxStats;
}

const HOST = '127.0.0.1';
const REST_PATH = /^\/(?:0|derivatives|api)\//;
const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
/** The longest message a client may send; `ws` closes with 1009 above it. */
const MAX_REQUEST_BYTES = 128 * 1024;
/** A client that does not answer the close within this is cut off. */
const CLOSE_GRACE_MS = 1_000;

/** Makes a sandbox of a synthetic market or of a capture; it opens nothing before `listen`. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { source, clock, timers } = options;
  return new LocalSandbox(
    options,
    source.kind === 'synthetic'
      ? new SyntheticSource(source, clock, timers)
      : new ReplaySource(source, clock, timers),
  );
}

class LocalSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #source: MarketSource;
  readonly #counters: Counters = createCounters();
  readonly #connections = new Set<Connection>();
  readonly #server: Server;
  readonly #webSocketServer: WebSocketServer;
  /** Upgrades that a fault never answers. */
  readonly #hanging = new Set<Socket>();
  readonly faults: FaultBox;
  readonly #limits: Limits;
  readonly #connects: ConnectLimiter | undefined;
  #system: SystemStatus = 'online';
  #state: 'new' | 'open' | 'closed' = 'new';
  #url: string | undefined;
  #lastConnectionId = 0n;
  #onLastClose: (() => void) | undefined;

  constructor(options: SandboxOptions, source: MarketSource) {
    this.#options = options;
    this.#source = source;
    const { clock, timers } = options;
    this.#limits = resolveLimits(options.limits);
    const { connects } = this.#limits;
    this.#connects = connects && new ConnectLimiter(connects, clock);
    this.faults = new FaultBox({
      clock,
      timers,
      setStatus: (system) => {
        this.setStatus(system);
      },
      note: (note) => {
        this.#noteFault(note);
      },
    });
    for (const fault of options.faults ?? []) this.faults.inject(fault);
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

  get stats(): SandboxStats {
    const { connections, ...counters } = this.#counters;
    let subscriptions = 0;
    let bufferedBytes = 0;
    for (const connection of this.#connections) {
      subscriptions += connection.subscriptionCount;
      bufferedBytes += connection.bufferedBytes;
    }
    return {
      simulated: true,
      url: this.#url,
      connections: { open: this.#connections.size, total: connections },
      subscriptions,
      bufferedBytes,
      ...counters,
      faults: this.faults.fired,
      system: this.#system,
      source: this.#source.stats,
    };
  }

  async listen(): Promise<{ url: string; port: number }> {
    if (this.#state === 'closed') {
      throw new SandboxError('CLOSED', 'this sandbox was closed: make another one');
    }
    if (this.#state === 'open') {
      throw new SandboxError('ALREADY_LISTENING', 'this sandbox listens already');
    }
    this.#state = 'open';
    try {
      await this.#source.open();
      const port = await listenOn(this.#server, this.#options.port ?? 0);
      this.#url = `ws://${HOST}:${port}${WS_PATH}`;
      if (this.#isClosed()) throw new SandboxError('CLOSED', 'closed while it was opening');
      return { url: this.#url, port };
    } catch (error) {
      this.#server.close();
      await this.#source.close();
      this.#state = 'closed';
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    const wasOpen = this.#url !== undefined;
    this.#state = 'closed';
    this.faults.stop();
    await this.#source.close();
    for (const socket of this.#hanging) socket.destroy();
    for (const connection of this.#connections) connection.goAway();
    const { timers } = this.#options;
    const grace = timers.setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
    }, CLOSE_GRACE_MS);
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onLastClose = resolve;
      });
    }
    if (wasOpen) {
      await new Promise<void>((resolve) => {
        this.#server.close(() => {
          resolve();
        });
        this.#server.closeAllConnections();
      });
    }
    timers.clearTimeout(grace);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Asked anew: `close` may have been called during any `await`. */
  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const { rest } = this.#options;
    if (rest !== undefined && REST_PATH.test(request.url ?? '')) {
      rest.handle(request, response);
      return;
    }
    const status = refusalStatus(request) ?? 426;
    response.writeHead(status, { [SANDBOX_HEADER]: '1', 'content-type': 'text/plain' });
    response.end(`sandbox: a WebSocket is served at ${WS_PATH}\n`);
  }

  setStatus(system: SystemStatus): void {
    this.#system = system;
    for (const connection of this.#connections) connection.pushStatus(system);
  }

  #handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Without a listener a reset by the client would be an uncaught exception.
    socket.on('error', () => undefined);
    const status = this.#state === 'open' ? refusalStatus(request) : 503;
    if (status !== undefined) {
      this.#counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, { status });
      return;
    }
    const retryAfter = this.#connects?.refuse(socket.remoteAddress ?? '');
    if (retryAfter !== undefined) {
      this.#counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, { status: 429, retryAfter, page: 'html' });
      return;
    }
    const ordinal = this.#counters.connections + 1;
    const fault = this.faults.judgeUpgrade(ordinal);
    if (fault?.kind === 'refuseUpgrade') {
      this.#counters.rejectedUpgrades += 1;
      refuseUpgrade(socket, fault);
    } else if (fault?.kind === 'hangUpgrade') {
      this.#hanging.add(socket);
      socket.once('close', () => this.#hanging.delete(socket));
    } else {
      this.#webSocketServer.handleUpgrade(request, socket, head, (webSocket) => {
        this.#open(webSocket, socket);
      });
    }
  }

  #open(webSocket: WebSocket, socket: Socket): void {
    this.#counters.connections += 1;
    const { clock, timers, ledger } = this.#options;
    const connection = new Connection({
      id: this.#nextConnectionId(),
      ordinal: this.#counters.connections,
      webSocket,
      socket,
      source: this.#source,
      clock,
      timers,
      ledger,
      heartbeats: this.#options.heartbeats ?? 'steady',
      idleTimeoutMs: this.#options.idleTimeoutMs ?? DEFAULT_IDLE_MS,
      maxBufferedBytes: this.#options.maxBufferedBytes ?? DEFAULT_MAX_BUFFERED_BYTES,
      limits: this.#limits,
      counters: this.#counters,
      onClose: (closed) => {
        this.faults.leave(closed.faults);
        this.#connections.delete(closed);
        if (this.#connections.size === 0) this.#onLastClose?.();
      },
    });
    this.#connections.add(connection);
    this.faults.join(connection.faults);
    connection.pushStatus(this.#system);
  }

  #noteFault(note: FaultNote): void {
    const { ledger, clock } = this.#options;
    try {
      ledger?.(faultLine(undefined, undefined, clock.wallNs(), note));
    } catch (error) {
      this.#counters.ledgerErrors += 1;
      this.#counters.lastLedgerError = error instanceof Error ? error.message : String(error);
    }
  }

  /** Past 2^63, as the exchange's are, and never the same twice; the clock keeps two sandboxes apart. */
  #nextConnectionId(): bigint {
    const fromClock = 2n ** 63n + this.#options.clock.wallNs();
    const after = this.#lastConnectionId + 1n;
    this.#lastConnectionId = fromClock > after ? fromClock : after;
    return this.#lastConnectionId;
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
