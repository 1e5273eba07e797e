import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Clock, Timers } from '@kr/schemas/shared';
import { WebSocketServer } from 'ws';
import { MonitorError } from './errors.ts';
import { Market } from './feed/market.ts';
import type { MarketSource } from './feed/source.ts';
import type { RecordingInfo } from './protocol/control.ts';
import { refusalOf } from './server/guard.ts';
import { createRequestHandler } from './server/http.ts';
import { Hub } from './server/hub.ts';
import { PageFiles } from './server/page-files.ts';
import { Sessions } from './server/session.ts';

/** Pages that may be open at once. */
const MAX_PAGES = 32;
const MAX_COMMAND_BYTES = 16 * 1024;
const COLUMN_MS = 500;

export interface MonitorOptions {
  /** Where the market comes from: `createLiveSource`. */
  readonly source: MarketSource;
  /** @default 0: a free one */
  readonly port?: number | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What is being recorded beside the page, asked for some times a second. */
  readonly recording?: (() => RecordingInfo | undefined) | undefined;
  /** Where the built page is. @default the one of this package */
  readonly pageDirectory?: string | undefined;
}

export interface MonitorStats {
  readonly pages: number;
  /** Times that a page was behind and was passed over. */
  readonly skipped: number;
}

/** A running monitor. `await using` closes it. */
export interface Monitor extends AsyncDisposable {
  /** For anybody of this machine: what is private is not shown there. */
  readonly url: string;
  /** With the one-time code in its fragment, as long as it was not used. */
  readonly privateUrl: string;
  readonly stats: MonitorStats;
  close(): Promise<void>;
}

/**
 * Opens the source and serves the page on 127.0.0.1.
 *
 * @throws MonitorError `SOURCE_FAILED`, `UNKNOWN_SYMBOL`, `PORT_IN_USE`, `LISTEN_FAILED`
 */
export const createMonitor = async (options: MonitorOptions): Promise<Monitor> => {
  const { source, clock, timers } = options;
  const market = new Market({ source, clock, timers, columnMs: COLUMN_MS });
  const hub = new Hub({ market, timers, recording: options.recording ?? (() => undefined) });
  const sessions = new Sessions({ createSecret: () => randomBytes(32).toString('base64url') });
  const directory = options.pageDirectory ?? fileURLToPath(new URL('page', import.meta.url));
  let port = options.port ?? 0;
  const handle = createRequestHandler({
    files: new PageFiles(directory),
    sessions,
    port: () => port,
  });
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      response.destroy();
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_COMMAND_BYTES,
  });
  server.on('upgrade', (request, socket, head) => {
    const isStream = request.url === '/stream';
    const refusal = refusalOf(request, port);
    if (!isStream || refusal !== undefined || hub.size >= MAX_PAGES) {
      const status =
        refusal === undefined ? (isStream ? '503 Busy' : '404 Not Found') : '403 Forbidden';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      hub.add(webSocket, sessions.isPrivate(request, port));
    });
  });
  try {
    await market.start();
    port = await listen(server, port);
  } catch (error) {
    await market.close();
    throw error;
  }
  const url = `http://127.0.0.1:${port}/`;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      hub.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await Promise.all([closed, market.close()]);
    })();
    return closing;
  };
  return {
    url,
    get privateUrl() {
      return sessions.code === undefined ? url : `${url}#${sessions.code}`;
    },
    get stats() {
      return { pages: hub.size, skipped: hub.skipped };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};

/** The port that it listens on. */
const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} of 127.0.0.1 is in use: choose another one, or 0 for a free one.`
          : `Port ${port} of 127.0.0.1 cannot be opened: ${cause.message}`;
      const code = cause.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'LISTEN_FAILED';
      reject(new MonitorError(code, message, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
