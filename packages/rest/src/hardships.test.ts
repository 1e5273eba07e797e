import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { failureOf, spotSigner, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { order, TIME, time, withServer } from '../test/own-server.ts';
import { createHttpTransport, createSpotClient } from './index.ts';

/** Accepts connections and says nothing. */
async function withSilence(run: (port: number, sockets: Socket[]) => Promise<void>): Promise<void> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run((server.address() as AddressInfo).port, sockets);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

describe('before anything is sent', () => {
  it('a name that does not resolve: nothing was sent', async () => {
    await using client = createSpotClient({
      ...time,
      baseUrl: 'https://kraken.invalid',
      signer: { ...spotSigner(), environment: 'live' },
    });
    const error = await failureOf(client.addOrder(order));
    const context = { address: 'kraken.invalid:443' };
    expect(error).toMatchObject({ code: 'CONNECT_FAILED', effect: 'none', context });
    expect(error.message).toMatch(/no connection to kraken\.invalid:443 \((ENOTFOUND|EAI_AGAIN)\)/);
    expect(error.message).toContain('nothing was sent');
  });

  it('a TLS handshake that fails: nothing was sent', async () => {
    await withServer(
      (_, response) => response.end(TIME),
      async ({ url, seen }) => {
        await using client = createSpotClient({
          ...time,
          baseUrl: url.replace('http:', 'https:'),
          signer: spotSigner(),
        });
        const error = await failureOf(client.addOrder(order));
        expect(error).toMatchObject({ code: 'CONNECT_FAILED', effect: 'none' });
        expect(seen).toStrictEqual([]);
      },
    );
  });

  it('a connection that never stands: an abort or a deadline ends it at once, with nothing sent', async () => {
    // TLS to a peer that says nothing: the handshake hangs.
    await withSilence(async (port, sockets) => {
      const timers = new ManualTime();
      await using client = createSpotClient({
        clock: timers,
        timers,
        baseUrl: `https://127.0.0.1:${port}`,
        signer: spotSigner(),
        transport: createHttpTransport({ connectTimeoutMs: 100_000 }),
      });
      const controller = new AbortController();
      const aborted = failureOf(client.addOrder(order, { signal: controller.signal }));
      await until(() => sockets.length === 1);
      controller.abort(new Error('enough'));
      expect(await aborted).toMatchObject({ code: 'ABORTED', effect: 'none' });
      const late = failureOf(client.addOrder(order, { timeoutMs: 5000 }));
      // The deadline begins when the key's turn has come.
      await until(() => timers.armed === 1 && timers.nextInMs === 5000);
      await timers.advance(5000);
      expect(await late).toMatchObject({ code: 'TIMEOUT', effect: 'none' });
    });
  });

  it('a proxy that wants a password: nothing was sent, and it says so', async () => {
    let answered = 0;
    const proxy = createServer().on('connect', (_, socket) => {
      answered += 1;
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    await withServer(
      (_, response) => response.end(TIME),
      async ({ client, seen }) => {
        await using transport = createHttpTransport({
          proxy: `http://somebody:pass-word-of-the-proxy@127.0.0.1:${port}`,
        });
        const error = await failureOf(client({ transport }).addOrder(order));
        expect(error).toMatchObject({ code: 'CONNECT_FAILED', effect: 'none' });
        expect(error.message).toContain('the proxy answered 407');
        expect(error.message).not.toContain('pass-word');
        expect(seen).toStrictEqual([]);
        expect(answered).toBe(1);
      },
    );
    proxy.closeAllConnections();
    proxy.close();
  });

  it('a signer that fails: nothing was sent', async () => {
    await withServer(
      (_, response) => response.end(TIME),
      async ({ client, seen }) => {
        const failing = new Error('no nonce');
        const signer = { withSigned: () => Promise.reject(failing) };
        expect(await failureOf(client({ signer }).addOrder(order))).toBe(failing);
        expect(seen).toStrictEqual([]);
      },
    );
  });
});

describe('once it is sent', () => {
  it('a kept connection that the server closes as an order is written: unknown, sent once', async () => {
    let orders = 0;
    await withServer(
      (request, response) => {
        if (request.method === 'GET') response.end(TIME);
        else {
          orders += 1;
          request.socket.destroy();
        }
      },
      async ({ client }) => {
        const kept = client();
        await kept.time();
        expect(await failureOf(kept.addOrder(order))).toMatchObject({
          code: 'CONNECTION_LOST',
          effect: 'unknown',
        });
        expect(orders).toBe(1);
      },
    );
  });

  it('a dispatcher of the caller that is destroyed meanwhile: unknown, not "not sent"', async () => {
    const dispatcher = new Agent();
    await withServer(
      () => void dispatcher.destroy(),
      async ({ client }) => {
        const transport = createHttpTransport({ dispatcher });
        expect(await failureOf(client({ transport }).addOrder(order))).toMatchObject({
          code: 'CONNECTION_LOST',
          effect: 'unknown',
        });
        expect(await failureOf(client({ transport }).addOrder(order))).toMatchObject({
          code: 'CONNECT_FAILED',
          effect: 'none',
        });
      },
    );
  });

  it("what a signer does after the answer changes nothing: the key's turn could not be given back", async () => {
    const body = '{"error":[],"result":{"descr":{"order":"x"},"txid":["OABC"]}}';
    await withServer(
      (_, response) => response.end(body),
      async ({ client, seen }) => {
        const real = spotSigner();
        const signer: typeof real = {
          ...real,
          withSigned: async (request, send, options) => {
            await real.withSigned(request, send, options);
            throw new Error('the disk is full');
          },
        };
        const { txid } = await client({ signer }).addOrder(order);
        expect(txid).toStrictEqual(['OABC']);
        const twice: typeof real = {
          ...real,
          withSigned: (request, send, options) =>
            real.withSigned(request, async (signed) => (await send(signed), send(signed)), options),
        };
        expect((await client({ signer: twice }).addOrder(order)).txid).toStrictEqual(['OABC']);
        expect(seen).toHaveLength(2);
      },
    );
  });

  it('is followed to no other place: a redirect is an error, and the signature stays here', async () => {
    let elsewhere = 0;
    await withServer(
      () => {
        elsewhere += 1;
      },
      async ({ url: other }) => {
        for (const status of [301, 302, 307, 308]) {
          await withServer(
            (_, response) => response.writeHead(status, { location: `${other}/0/x` }).end(),
            async ({ client, seen }) => {
              expect(await failureOf(client().addOrder(order))).toMatchObject({
                code: 'HTTP_STATUS',
                effect: 'none',
                context: { status },
              });
              expect(await failureOf(client().time())).toMatchObject({ code: 'HTTP_STATUS' });
              expect(seen).toStrictEqual(['POST /0/private/AddOrder', 'GET /0/public/Time']);
            },
          );
        }
      },
    );
    expect(elsewhere).toBe(0);
  });
});

describe('a path of the caller', () => {
  it.each([
    '0/public/Time',
    '@evil.example/0',
    '/0/private/../x',
    '//evil',
    '/0/x?y=1',
    '/a b',
    '/..',
    '/0/public/%2e%2e/private/Balance',
    '/0/public/.%2E/x',
    '/0/é',
    '\\evil',
  ])('%j is refused before anything is sent', async (path) => {
    await withServer(
      (_, response) => response.end(TIME),
      async ({ client, seen }) => {
        const error = await failureOf(client().request('GET', path));
        expect(error).toMatchObject({ code: 'INVALID_PARAMS', context: { field: 'path' } });
        expect(seen).toStrictEqual([]);
      },
    );
  });

  it('is no way around what is never repeated: a signed GET of Spot, which would leave as a POST', async () => {
    await withServer(
      (_, response) => response.writeHead(502).end(),
      async ({ client, seen }) => {
        const asked = client();
        for (const method of ['GET', 'post' as 'POST', 'PUT' as 'POST']) {
          for (const path of ['/0/private/AddOrder', '/0/private/addorder']) {
            const error = await failureOf(asked.request(method as 'GET', path, order));
            expect(error).toMatchObject({ code: 'INVALID_PARAMS', context: { field: 'method' } });
          }
        }
        expect(seen).toStrictEqual([]);
        await failureOf(asked.request('POST', '/0/private/AddOrder', order));
        await failureOf(asked.request('POST', '/0/private/New', order));
        expect(seen).toStrictEqual(['POST /0/private/AddOrder', 'POST /0/private/New']);
      },
    );
  });

  it('of Futures that is known by another method is not repeated, even as a GET', async () => {
    await withKraken(
      async ({ futures, sandbox }) => {
        const before = sandbox.stats.requests;
        const path = '/derivatives/api/v3/sendorder';
        expect(await failureOf(futures().request('GET', path))).toMatchObject({
          effect: 'unknown',
        });
        expect(sandbox.stats.requests).toBe(before + 1);
      },
      { fault: () => ({ when: 'before', how: 'badGateway' }) },
    );
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
