import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { RecorderError } from '../errors.ts';
import type { Health } from './health.ts';

export interface OperationServer extends AsyncDisposable {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * `/metrics` and `/health` on loopback. Whoever names another host is refused: a page in a browser
 * can make a name of its own point here.
 *
 * @throws RecorderError `PORT_IN_USE`
 */
export const serveOperation = async (
  port: number,
  registry: Registry,
  health: () => Health,
): Promise<OperationServer> => {
  const server = createServer((request, response) => {
    answer(request, response, registry, health).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `Port ${port} of ${HOST} cannot be used (${error.code}). Choose another one: http.port, or --port.`;
      reject(new RecorderError('PORT_IN_USE', message, error));
    });
    server.listen(port, HOST, resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return {
    port: (server.address() as AddressInfo).port,
    close,
    [Symbol.asyncDispose]: close,
  };
};

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d+)?$/i;

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  registry: Registry,
  health: () => Health,
): Promise<void> => {
  const { method = 'GET', url = '/', headers } = request;
  const [path] = url.split('?');
  if (!LOOPBACK.test(headers.host ?? '') || headers.origin !== undefined) {
    return send(response, 403, 'text/plain', 'for programs on this machine\n');
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'text/plain', 'GET or HEAD\n');
  }
  if (path === '/metrics') {
    return send(response, 200, registry.contentType, await registry.metrics());
  }
  if (path === '/health') {
    const found = health();
    const status = found.status === 'recording' ? 200 : 503;
    return send(response, status, 'application/json', `${JSON.stringify(found)}\n`);
  }
  return send(response, 404, 'text/plain', 'there is /metrics and /health\n');
};

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};
