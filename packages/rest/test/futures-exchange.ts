import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFuturesClient, type FuturesClient } from '../src/index.ts';
import { FUTURES_SECRET, futuresSigner } from './kraken.ts';
import { ManualTime } from './manual-time.ts';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body, or the query of what has none. */
  readonly text: string;
}

/** What the exchange says to a request; `lost`: it does it, and the connection ends. */
export type Says = (heard: Heard) => object | 'lost' | undefined;

interface Signing {
  /** What of a JSON body `Authent` covers, as this exchange has it. */
  readonly postDataOfJson?: (json: string) => string;
  readonly signer?: ReturnType<typeof futuresSigner>;
}

/**
 * Futures on loopback: it verifies every signature with an implementation of its own, and answers what
 * `says` says, or else that it took it.
 */
export async function withFuturesExchange(
  run: (client: FuturesClient, heard: readonly Heard[]) => Promise<void>,
  says: Says = () => ({}),
  { postDataOfJson = (json) => json, signer = futuresSigner() }: Signing = {},
): Promise<void> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const hasBody = method === 'POST' || method === 'PUT';
      const text = hasBody ? Buffer.concat(chunks).toString() : query;
      const isJson = headers['content-type'] === 'application/json';
      const postData = isJson ? postDataOfJson(text) : text;
      response.setHeader('content-type', 'application/json');
      if (headers['authent'] !== authentOf(path, postData)) {
        response.end(JSON.stringify({ result: 'error', error: 'authenticationError' }));
        return;
      }
      const one = { method, path, headers, text };
      heard.push(one);
      const said = says(one);
      if (said === 'lost') request.socket.resetAndDestroy();
      else response.end(JSON.stringify({ ...SUCCESS, ...said }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = new ManualTime();
  const client = createFuturesClient({ clock: time, timers: time, retry: false, baseUrl, signer });
  try {
    await run(client, heard);
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
}

const SUCCESS = { result: 'success', serverTime: '2026-08-14T09:53:59.050Z' };

/** https://docs.kraken.com/api/docs/guides/futures-rest */
function authentOf(path: string, postData: string): string {
  const signed = `${postData}${path.replace(/^\/derivatives/, '')}`;
  const digest = createHash('sha256').update(signed).digest();
  const secret = Buffer.from(FUTURES_SECRET, 'base64');
  return createHmac('sha512', secret).update(digest).digest('base64');
}
