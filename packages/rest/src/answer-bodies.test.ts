import { createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../test/kraken.ts';
import { order, TIME, withServer } from '../test/own-server.ts';

describe('the body of an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('is read when a gateway compressed it by %s', async (encoding, compress) => {
    await withServer(
      (_, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(compress(TIME)),
      async ({ client }) => {
        expect((await client().time()).unixtime).toBe(1);
      },
    );
  });

  it('that is compressed and cut is a cut body, for an order unknown', async () => {
    await withServer(
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(TIME).subarray(0, 20)),
      async ({ client }) => {
        expect(await failureOf(client().addOrder(order))).toMatchObject({
          code: 'CUT_BODY',
          effect: 'unknown',
        });
      },
    );
  });

  it('that grows large when it is decompressed is given up', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    await withServer(
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      async ({ client }) => {
        const error = await failureOf(client({ maxBodyBytes: 1_000_000 }).time());
        expect(error).toMatchObject({ code: 'BODY_TOO_LARGE' });
      },
    );
  });

  it('may begin with a byte order mark', async () => {
    await withServer(
      (_, response) => response.end(`\uFEFF${TIME}`),
      async ({ client }) => {
        expect((await client().time()).unixtime).toBe(1);
      },
    );
  });

  it('of 50 MB streams through, and as JSON it is bounded', async () => {
    const chunk = Buffer.alloc(1_000_000, 1);
    await withServer(
      (request, response) => {
        const isZip = request.url?.endsWith('RetrieveExport') === true;
        response.setHeader('content-type', isZip ? 'application/zip' : 'application/json');
        let left = 50;
        const write = (): void => {
          while (left > 0) {
            left -= 1;
            if (!response.write(chunk)) return;
          }
          response.end();
        };
        response.on('drain', write);
        write();
      },
      async ({ client }) => {
        let bytes = 0;
        let largest = 0;
        for await (const part of await client().streamExport({ id: 'TCJA' })) {
          bytes += part.length;
          largest = Math.max(largest, part.length);
        }
        expect(bytes).toBe(50_000_000);
        expect(largest).toBeLessThan(5_000_000);
        expect(await failureOf(client({ maxBodyBytes: 10_000_000 }).balance())).toMatchObject({
          code: 'BODY_TOO_LARGE',
          context: { maxBytes: 10_000_000 },
        });
      },
    );
  });

  it('comes over IPv6, too', async ({ skip }) => {
    const probe = createTcpServer();
    const has = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
    });
    probe.close();
    if (!has) skip('this machine has no IPv6 loopback');
    await withServer(
      (_, response) => response.end(TIME),
      async ({ client }) => {
        expect((await client().time()).unixtime).toBe(1);
      },
      '::1',
    );
  });
});
