import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FUTURES_SECRET, failureOf, futuresSigner } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { createFuturesClient, type FuturesClient } from './index.ts';

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes every batch, and what it heard. */
async function withExchange(
  run: (client: FuturesClient, heard: readonly Heard[]) => Promise<void>,
): Promise<void> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.setHeader('content-type', 'application/json');
      const answer = { result: 'success', serverTime: '2026-08-14T09:53:59.050Z', batchStatus: [] };
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = new ManualTime();
  const common = { clock: time, timers: time, retry: false } as const;
  const client = createFuturesClient({ ...common, baseUrl, signer: futuresSigner() });
  try {
    await run(client, heard);
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
}

const order = { orderType: 'lmt', symbol: 'PF_PEPEUSD', side: 'buy' } as const;

describe('a batch of Futures', () => {
  it('is sent as JSON text whose amounts are raw numbers of every digit, and signed as sent', async () => {
    await withExchange(async (client, heard) => {
      await client.batchOrder({
        json: {
          batchOrder: [
            {
              order: 'send',
              order_tag: '1',
              ...order,
              limitPrice: '0.00000120',
              size: '123456789.12345678',
              cliOrdId: undefined,
            },
            { order: 'edit', order_id: 'e35d61dd', size: '10' },
            { order: 'cancel', cliOrdId: 'mine' },
          ],
        },
      });
      const [{ body, headers } = { body: '', headers: {} }] = heard;
      expect(new URLSearchParams(body).get('json')).toBe(
        '{"batchOrder":[' +
          '{"order":"send","order_tag":"1","orderType":"lmt","symbol":"PF_PEPEUSD","side":"buy",' +
          '"limitPrice":0.00000120,"size":123456789.12345678},' +
          '{"order":"edit","order_id":"e35d61dd","size":10},' +
          '{"order":"cancel","cliOrdId":"mine"}]}',
      );
      const digest = createHash('sha256').update(`${body}/api/v3/batchorder`).digest();
      const secret = Buffer.from(FUTURES_SECRET, 'base64');
      const authent = createHmac('sha512', secret).update(digest).digest('base64');
      expect(headers['authent']).toBe(authent);
    });
  });

  it('is refused with its place before anything is sent', async () => {
    await withExchange(async (client, heard) => {
      const wrong = { order: 'send', order_tag: '1', ...order, size: 'much' } as const;
      expect(await failureOf(client.batchOrder({ json: { batchOrder: [wrong] } }))).toMatchObject({
        code: 'INVALID_PARAMS',
        effect: 'none',
        context: { field: 'json.batchOrder[0].size' },
      });
      expect(heard).toHaveLength(0);
    });
  });
});
