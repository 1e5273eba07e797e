import { createCredentials, createNonceSource, createSpotSigner } from '@kr/auth';
import { createSystemClock } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { failureOf, futuresSigner, SPOT_SECRET, spotSigner, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { createFuturesClient, createSpotClient, type FuturesNotice } from './index.ts';

/** The first call loads all schemas; generous, for machines that are shared. */
const LIMITS = { timeout: 120_000 };

describe('the Spot client', LIMITS, () => {
  it('calls public and signed endpoints, and keeps every digit', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      const pairs = await client.assetPairs({ pair: 'XBTUSD' });
      expect(pairs['XXBTZUSD']).toMatchObject({ tick_size: '0.1', fees: [['0', '0.4']] });
      sandbox.publicTrades.push({
        price: '30000.10000',
        quantity: '0.50000000',
        atNs: 1_700_000_000_123_456_789n,
        id: 9,
      });
      const trades = await client.trades({ pair: 'XBTUSD', since: '1700000000000000000' });
      expect(trades.last).toBe('1700000000123456789');
      const placed = await client.addOrder({
        pair: 'XBTUSD',
        type: 'buy',
        ordertype: 'limit',
        price: '30000.10',
        volume: '0.50000000',
        close: { ordertype: 'stop-loss', price: '-5%' },
      });
      expect(placed.txid).toHaveLength(1);
      const [stored] = sandbox.spot.orders.values();
      expect(stored?.params).toMatchObject({
        price: '30000.10',
        volume: '0.50000000',
        close: { ordertype: 'stop-loss', price: '-5%' },
      });
    });
  });

  it('sends lists of objects as JSON', async () => {
    await withKraken(async ({ spot }) => {
      const row = { type: 'buy', ordertype: 'limit', price: '30000.0', volume: '1' } as const;
      const { orders } = await spot().addOrderBatch({ pair: 'XBTUSD', orders: [row, row] });
      expect(orders).toHaveLength(2);
    });
  });

  it('asks for any path with exact numbers, and checks those that it knows', async () => {
    await withKraken(async ({ spot }) => {
      const client = spot();
      const balance = await client.request('POST', '/0/private/Balance');
      expect(balance).toStrictEqual({ ZUSD: '100000.0000', XXBT: '10.0000000000' });
      expect(await failureOf(client.request('GET', '/0/public/Depth', {}))).toMatchObject({
        code: 'INVALID_PARAMS',
        context: { field: 'pair' },
      });
      expect(await failureOf(client.request('POST', '/0/private/NotThere'))).toMatchObject({
        code: 'REJECTED',
        message: expect.stringContaining('EGeneral:Unknown method') as string,
      });
    });
  });

  it('gives the zip of a report whole or as it arrives, and its errors as errors', async () => {
    await withKraken(async ({ spot }) => {
      const client = spot();
      const whole = await client.retrieveExport({ id: 'TCJA' });
      const parts: Uint8Array[] = [];
      for await (const part of await client.streamExport({ id: 'TCJA' })) parts.push(part);
      expect(whole.subarray(0, 4)).toStrictEqual(new Uint8Array([0x50, 0x4b, 5, 6]));
      expect(Buffer.concat(parts)).toStrictEqual(Buffer.from(whole));
    });
    await withKraken(
      async ({ spot }) => {
        expect(await failureOf(spot().streamExport({ id: 'x' }))).toMatchObject({
          code: 'REJECTED',
        });
      },
      { fault: () => ({ when: 'before', how: 'busy' }) },
    );
  });

  it('refuses parameters before anything is sent', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      const wrong = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: 'much' } as const;
      expect(await failureOf(client.addOrder(wrong))).toMatchObject({
        code: 'INVALID_PARAMS',
        category: 'validation',
        effect: 'none',
        context: { field: 'volume' },
      });
      expect(sandbox.stats.requests).toBe(0);
    });
  });

  it('says which permission or key is missing', async () => {
    await withKraken(async ({ spot }) => {
      expect(await failureOf(spot({ signer: undefined }).balance())).toMatchObject({
        code: 'NO_SIGNER',
        category: 'config',
      });
      expect(await failureOf(spot({ signer: spotSigner('unknown') }).balance())).toMatchObject({
        code: 'REJECTED',
        category: 'auth',
        message: expect.stringContaining('EAPI:Invalid key') as string,
      });
    });
  });

  it('names the permission that a key lacks', async () => {
    // The sandbox refuses a key that sends no password where one is set.
    const keys = [{ key: 'spot-key', secret: SPOT_SECRET, otp: '123456' }];
    await withKraken(
      async ({ spot }) => {
        const client = spot();
        const permission = 'query-open-trades, or query-closed-trades';
        expect(await failureOf(client.queryOrders({ txid: 'O' }))).toMatchObject({
          category: 'auth',
          advice: expect.stringContaining(permission) as string,
        });
      },
      { keys },
    );
  });

  it('shares a key with another client without a nonce error, over one signer', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const signer = spotSigner();
      const clients = [spot({ signer }), spot({ signer })];
      const rounds = Array.from({ length: 30 }, () => clients.map((client) => client.balance()));
      await Promise.all(rounds.flat());
      expect(sandbox.stats).toMatchObject({ requests: 60, nonceErrors: 0 });
    });
  });

  it('says what to do when another program uses its key, and repeats a read once', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const ahead = createNonceSource({ clock: createSystemClock(), floor: 2n ** 62n });
      const credentials = createCredentials({
        key: 'spot-key',
        secret: SPOT_SECRET,
        environment: 'sandbox',
      });
      await spot({ signer: createSpotSigner({ credentials, nonces: ahead }) }).balance();
      expect(await failureOf(spot().balance())).toMatchObject({
        code: 'REJECTED',
        effect: 'none',
        advice: expect.stringContaining('has seen a higher nonce') as string,
      });
      expect(sandbox.stats.nonceErrors).toBe(2);
    });
  });

  it('never mixes environments, venues and plain http', () => {
    const time = new ManualTime();
    const common = { clock: time, timers: time };
    const code = 'INVALID_OPTION';
    const invalid = expect.objectContaining({ code }) as Error;
    expect(() => createSpotClient({ ...common, signer: spotSigner() })).toThrow(invalid);
    const live = { ...spotSigner(), environment: 'live' as const };
    const baseUrl = 'http://127.0.0.1:1';
    expect(() => createSpotClient({ ...common, baseUrl, signer: live })).toThrow(invalid);
    expect(() => createSpotClient({ ...common, baseUrl, signer: futuresSigner() })).toThrow(
      invalid,
    );
    for (const url of ['http://api.example', 'https://a.example/path', 'nothing', 'ftp://x']) {
      expect(() => createSpotClient({ ...common, baseUrl: url })).toThrow(invalid);
    }
    expect(() => createSpotClient({ ...common, userAgent: 'a\nb' })).toThrow(invalid);
  });
});

describe('the sandbox', () => {
  it('says that it is one, and answers no page of the web', async () => {
    await withKraken(async ({ url }) => {
      const own = await fetch(`${url}/0/public/Time`);
      expect([own.status, own.headers.get('x-kr-sandbox')]).toStrictEqual([200, '1']);
      const headers = { Origin: 'https://page.example' };
      expect((await fetch(`${url}/0/public/Time`, { headers })).status).toBe(403);
    });
  });
});

describe('the Futures client', () => {
  it('calls public and signed endpoints, and keeps every digit', async () => {
    await withKraken(async ({ futures, sandbox }) => {
      const client = futures();
      const { ticker } = await client.ticker({ symbol: 'PF_XBTUSD' });
      expect(ticker).toMatchObject({ last: '30000.5', markPrice: '30000.1' });
      expect(await client.accounts()).toMatchObject({ result: 'success' });
      const order = { orderType: 'lmt', symbol: 'PF_XBTUSD', side: 'buy', size: '1' } as const;
      const { sendStatus } = await client.sendOrder({ ...order, limitPrice: '9400' });
      expect(sendStatus.status).toBe('placed');
      expect(sandbox.futures.orders).toHaveLength(1);
    });
  });

  it('asks for any path, with what is in braces filled or not', async () => {
    await withKraken(async ({ futures }) => {
      const client = futures({ signer: undefined });
      const path = '/derivatives/api/v3/tickers';
      for (const [filled, params] of [
        [`${path}/PF_XBTUSD`, {}],
        [`${path}/{symbol}`, { symbol: 'PF_XBTUSD' }],
      ] as const) {
        expect(await client.request('GET', filled, params)).toMatchObject({
          ticker: { last: '30000.5' },
        });
      }
      for (const symbol of ['..', '']) {
        expect(await failureOf(client.ticker({ symbol }))).toMatchObject({
          code: 'INVALID_PARAMS',
          context: { field: 'symbol' },
        });
      }
      const access = { access: 'public' } as const;
      const unknown = client.request('GET', '/api/charts/v9/new', {}, access);
      expect(await failureOf(unknown)).toMatchObject({ code: 'REJECTED' });
    });
  });

  it('reads errors that come with status 200', async () => {
    await withKraken(async ({ futures }) => {
      expect(await failureOf(futures().openPositions())).toMatchObject({
        code: 'REJECTED',
        context: { errors: [{ raw: 'notFound', category: 'Futures' }] },
      });
    });
  });

  it('says once that its API ends on 1 March 2027, and what replaces it', async () => {
    await withKraken(async ({ futures }) => {
      const notices: FuturesNotice[] = [];
      const client = futures({ onNotice: (notice) => notices.push(notice) });
      expect(notices).toHaveLength(0);
      await client.accounts();
      await client.accounts();
      expect(notices).toMatchObject([{ code: 'FUTURES_V3_ENDS', endsOn: '2027-03-01' }]);
      expect(notices[0]?.message).toContain('Unified WebSocket');
    });
  });

  it('opens nothing when it is made', async () => {
    const time = new ManualTime();
    const client = createFuturesClient({ clock: time, timers: time });
    await client.close();
    expect(time.armed).toBe(0);
  });
});
