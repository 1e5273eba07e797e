import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { type ClientOptions, createSpotClient, type SpotClient } from '../src/index.ts';
import { spotSigner } from './kraken.ts';

/** An order of Spot. */
export const order = {
  pair: 'XBTUSD',
  type: 'buy',
  ordertype: 'limit',
  price: '30000.1',
  volume: '0.5',
} as const;
/** The answer of `time()`. */
export const TIME = '{"error":[],"result":{"unixtime":1,"rfc1123":"x"}}';
/** Real time. */
export const time = { clock: createSystemClock(), timers: createSystemTimers() };

export interface Running {
  readonly url: string;
  readonly client: (options?: Partial<ClientOptions>) => SpotClient;
  /** Requests that arrived whole: `POST /0/private/AddOrder`. */
  readonly seen: string[];
}

/** A server of one's own behaviour, for what the sandbox does not play. */
export async function withServer(
  listener: RequestListener,
  run: (running: Running, server: Server) => Promise<void>,
  host = '127.0.0.1',
): Promise<void> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      seen.push(`${request.method} ${request.url}`);
      listener(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const open: SpotClient[] = [];
  const client = (options: Partial<ClientOptions> = {}): SpotClient => {
    const made = createSpotClient({
      ...time,
      baseUrl: url,
      signer: spotSigner(),
      retry: { initialMs: 1, maxMs: 2 },
      ...options,
    });
    open.push(made);
    return made;
  };
  try {
    await run({ url, client, seen }, server);
  } finally {
    server.closeAllConnections();
    server.close();
    for (const each of open) await each.close();
  }
}
