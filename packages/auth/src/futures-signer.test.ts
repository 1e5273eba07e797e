import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { CHALLENGE, FUTURES_SECRET, FUTURES_VECTORS, KEY } from '../test/vectors.ts';
import { createCredentials } from './credentials.ts';
import { createFuturesSigner } from './futures-signer.ts';
import { createNonceSource } from './nonce-source.ts';

const credentials = createCredentials({ key: KEY, secret: FUTURES_SECRET, venue: 'futures' });
const clock = new FakeClock(1_415_957_147_987n * 1_000_000n);
const withNonces = () =>
  createFuturesSigner({ credentials, nonces: createNonceSource({ clock, unit: 'ms' }) });
const authentOf = (name: string) => FUTURES_VECTORS.find((vector) => vector.name === name)?.authent;

describe('createFuturesSigner', () => {
  it('signs a query as vector F1 has it, and leaves the body out', async () => {
    const params = { symbol: 'fi_xbtusd_180615' };
    const path = '/derivatives/api/v3/orderbook';
    const signed = await withNonces().sign({ method: 'GET', path, params });
    expect(signed.target).toBe(`${path}?symbol=fi_xbtusd_180615`);
    expect(signed.body).toBeUndefined();
    expect(signed.headers).toEqual({
      APIKey: KEY,
      Authent: authentOf('F1'),
      Nonce: '1415957147987',
    });
  });

  it('signs without a nonce as vector F2 has it', async () => {
    const signer = createFuturesSigner({ credentials });
    const signed = await signer.sign({ method: 'GET', path: '/derivatives/api/v3/accounts' });
    expect(signed.target).toBe('/derivatives/api/v3/accounts');
    expect(signed.nonce).toBeUndefined();
    expect(signed.headers).toEqual({ APIKey: KEY, Authent: authentOf('F2') });
  });

  it('signs a body as vector F4 has it', async () => {
    const params = {
      orderType: 'lmt',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      size: 1,
      limitPrice: '9400',
    };
    const path = '/derivatives/api/v3/sendorder';
    const signed = await withNonces().sign({ method: 'POST', path, params });
    expect(signed.target).toBe(path);
    expect(signed.body).toBe(FUTURES_VECTORS.find(({ name }) => name === 'F4')?.postData);
    expect(signed.headers).toEqual({
      APIKey: KEY,
      Authent: authentOf('F4'),
      Nonce: '1415957147987',
      'Content-Type': 'application/x-www-form-urlencoded',
    });
  });

  it('sends a batch as JSON in a form field, as vector F5 has it', async () => {
    const json = {
      batchOrder: [{ order: 'cancel', order_id: 'e35d61dd-8a30-4d5f-a574-b5593ef0c050' }],
    };
    const path = '/derivatives/api/v3/batchorder';
    const signed = await withNonces().sign({ method: 'POST', path, params: { json } });
    expect(signed.headers['Authent']).toBe(authentOf('F5'));
  });

  it('signs the history as vector F6 has it: nothing is left out of its path', async () => {
    const path = '/api/history/v3/executions';
    const signed = await withNonces().sign({ method: 'GET', path, params: { count: 1 } });
    expect(signed.headers['Authent']).toBe(authentOf('F6'));
  });

  it('signs repeated keys as they are sent, here computed with another implementation', async () => {
    const path = '/derivatives/api/v3/orders/status';
    const params = {
      orderIds: ['e35d61dd-8a30-4d5f-a574-b5593ef0c050', 'b&c'],
      cliOrdIds: ['mine'],
    };
    const signed = await createFuturesSigner({ credentials }).sign({
      method: 'POST',
      path,
      params,
    });
    const body = 'orderIds=e35d61dd-8a30-4d5f-a574-b5593ef0c050&orderIds=b%26c&cliOrdIds=mine';
    expect(signed.body).toBe(body);
    const digest = createHash('sha256').update(`${body}/api/v3/orders/status`).digest();
    const secret = Buffer.from(credentials.secret.expose(), 'base64');
    expect(signed.headers['Authent']).toBe(
      createHmac('sha512', secret).update(digest).digest('base64'),
    );
  });

  it('sends a JSON body as it stands, and covers what it is told of it', async () => {
    const request = {
      method: 'POST',
      path: '/derivatives/api/v3/rfqs/1/place-offer',
      json: '{"bid":100.50}',
    } as const;
    for (const [postDataOfJson, postData] of [
      [undefined, '{"bid":100.50}'],
      [() => '', ''],
      [encodeURIComponent, '%7B%22bid%22%3A100.50%7D'],
    ] as const) {
      const signed = await createFuturesSigner({ credentials, postDataOfJson }).sign(request);
      expect(signed.body).toBe('{"bid":100.50}');
      expect(signed.target).toBe(request.path);
      expect(signed.headers['Content-Type']).toBe('application/json');
      const digest = createHash('sha256')
        .update(`${postData}${request.path.slice('/derivatives'.length)}`)
        .digest();
      const secret = Buffer.from(credentials.secret.expose(), 'base64');
      expect(signed.headers['Authent']).toBe(
        createHmac('sha512', secret).update(digest).digest('base64'),
      );
    }
  });

  it.each([
    ['with a method that has no body', { method: 'DELETE', json: '{}' }],
    ['beside params', { method: 'POST', json: '{}', params: { a: 1 } }],
  ] as const)('refuses a JSON body %s, before a nonce is spent on it', async (_, part) => {
    const signer = withNonces();
    const path = '/derivatives/api/v3/accounts';
    const refused = expect.objectContaining({ code: 'INVALID_PARAMETER' }) as Error;
    await expect(signer.sign({ path, ...part })).rejects.toThrow(refused);
    await expect(signer.withSigned({ path, ...part }, async () => 1)).rejects.toThrow(refused);
    const { nonce } = await signer.sign({ method: 'GET', path });
    expect(nonce).toBe(1_415_957_147_987n);
  });

  it('sends PUT with a body and DELETE with a query', async () => {
    const signer = createFuturesSigner({ credentials });
    const path = '/derivatives/api/v3/leveragepreferences';
    const params = { symbol: 'PF_XBTUSD' };
    const put = await signer.sign({ method: 'PUT', path, params });
    const del = await signer.sign({ method: 'DELETE', path, params });
    expect([put.target, put.body]).toEqual([path, 'symbol=PF_XBTUSD']);
    expect([del.target, del.body]).toEqual([`${path}?symbol=PF_XBTUSD`, undefined]);
    expect(put.headers['Authent']).toBe(del.headers['Authent']);
  });

  it('sends in the order of the nonces where there are some, and at once where not', async () => {
    const request = { method: 'GET', path: '/derivatives/api/v3/accounts' } as const;
    const ordered = withNonces();
    const nonces = await Promise.all(
      [0, 1, 2].map(() => ordered.withSigned(request, async ({ nonce }) => nonce)),
    );
    expect(nonces).toEqual([1_415_957_147_987n, 1_415_957_147_988n, 1_415_957_147_989n]);
    const free = createFuturesSigner({ credentials });
    expect(await free.withSigned(request, async ({ nonce }) => nonce)).toBeUndefined();
  });

  it('signs the challenge of the WebSocket, and knows its key', async () => {
    const signer = createFuturesSigner({ credentials });
    expect(await signer.signChallenge(CHALLENGE.text)).toBe(CHALLENGE.signed);
    expect(signer).toMatchObject({ venue: 'futures', environment: 'live', key: KEY });
  });
});
