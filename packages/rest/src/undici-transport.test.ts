import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { createSystemClock } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { createHttpTransport, createSpotClient, isRestError } from './index.ts';

describe('the transport', () => {
  it('keeps connections for the calls that follow', async () => {
    let connections = 0;
    const agents = new Set<string | undefined>();
    const server = createServer((request, response) => {
      agents.add(request.headers['user-agent']);
      response.end('{"error":[],"result":{"unixtime":1,"rfc1123":"x"}}');
    }).on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const time = new ManualTime();
    await using client = createSpotClient({
      clock: time,
      timers: time,
      baseUrl: `http://127.0.0.1:${port}`,
      userAgent: 'my-app/1.0',
    });
    for (let call = 0; call < 20; call += 1) await client.time();
    // Two at most: the second is opened when a call begins in the very turn in which one ended.
    expect(connections).toBeLessThanOrEqual(2);
    expect([...agents]).toStrictEqual(['my-app/1.0']);
    expect(time.armed).toBe(0);
    server.closeAllConnections();
    server.close();
  });

  it('says that nothing was sent when nobody listens', async () => {
    const time = new ManualTime();
    const unused = createTcpServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    await using client = createSpotClient({
      clock: time,
      timers: time,
      baseUrl: `http://127.0.0.1:${port}`,
      retry: false,
    });
    const error = await failureOf(client.trades({ pair: 'XBTUSD' }));
    expect(error.message).toContain(`no connection to 127.0.0.1:${port} (ECONNREFUSED)`);
    expect(error.message).not.toContain('XBTUSD');
    expect(error).toMatchObject({
      code: 'CONNECT_FAILED',
      category: 'network',
      retryable: true,
      effect: 'none',
      context: { address: `127.0.0.1:${port}`, reason: 'ECONNREFUSED' },
    });
  });

  it('tunnels through a proxy', async () => {
    await withKraken(async ({ spot, url }) => {
      const targets: string[] = [];
      const proxy = createServer().on('connect', (request, socket) => {
        targets.push(request.url ?? '');
        const { hostname, port } = new URL(url);
        const upstream = connect(Number(port), hostname, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const { port } = proxy.address() as AddressInfo;
      const transport = createHttpTransport({ proxy: `http://127.0.0.1:${port}` });
      const client = spot({ transport });
      expect((await client.time()).unixtime).toBeGreaterThan(1_700_000_000);
      expect(targets).toStrictEqual([new URL(url).host]);
      await transport.close();
      proxy.closeAllConnections();
      proxy.close();
    });
  });

  it('takes a transport of the caller', async () => {
    const time = new ManualTime();
    const targets: string[] = [];
    const client = createSpotClient({
      clock: createSystemClock(),
      timers: time,
      transport: {
        request: async ({ target }) => {
          targets.push(target);
          const body =
            '{"error":[],"result":{"status":"online","timestamp":"2026-01-01T00:00:00Z"}}';
          return {
            status: 200,
            contentType: 'application/json',
            body: (async function* () {
              yield new TextEncoder().encode(body);
            })(),
          };
        },
        close: async () => {},
        [Symbol.asyncDispose]: async () => {},
      },
    });
    expect((await client.systemStatus()).status).toBe('online');
    expect(targets).toStrictEqual(['/0/public/SystemStatus']);
    await client.close();
    expect(isRestError(await failureOf(client.time()), 'CLOSED')).toBe(true);
  });
});
