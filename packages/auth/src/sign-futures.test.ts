import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHALLENGE, FUTURES_SECRET, FUTURES_VECTORS, secretOf } from '../test/vectors.ts';
import { encodeForm } from './encode-params.ts';
import { Secret } from './secret.ts';
import { signFutures, signFuturesChallenge } from './sign-futures.ts';

const secret = new Secret(FUTURES_SECRET);

describe('signFutures', () => {
  it('has all six vectors to check against', () => {
    expect(FUTURES_VECTORS.map(({ name }) => name).join(' ')).toBe('F1 F2 F3 F4 F5 F6');
  });

  it.each(FUTURES_VECTORS)('signs $name, $path', async (vector) => {
    const { path, postData, nonce } = vector;
    const input = { path, postData, nonce: nonce ?? undefined };
    expect(await signFutures(secretOf(vector), input)).toBe(vector.authent);
  });

  it.each(FUTURES_VECTORS.slice(0, 5))('leaves /derivatives out of $name', async (vector) => {
    const path = `/derivatives${vector.path}`;
    const input = { path, postData: vector.postData, nonce: vector.nonce ?? undefined };
    expect(await signFutures(secretOf(vector), input)).toBe(vector.authent);
  });

  it.each(['/derivativesx/api', '/api/derivatives/v3', '/derivatives'])(
    'signs the whole of %s, which only looks alike',
    async (path) => {
      const digest = createHash('sha256').update(path).digest();
      const key = Buffer.from(FUTURES_SECRET, 'base64');
      const expected = createHmac('sha512', key).update(digest).digest('base64');
      expect(await signFutures(secret, { path })).toBe(expected);
    },
  );

  it('signs the url-encoded text, the only form accepted since 1 October 2025', async () => {
    const batch = {
      batchOrder: [{ order: 'cancel', order_id: 'e35d61dd-8a30-4d5f-a574-b5593ef0c050' }],
    };
    const input = { path: '/api/v3/batchorder', nonce: '1415957147987' };
    const sent = encodeForm({ json: batch }, 'futures');
    const encoded = await signFutures(secret, { ...input, postData: sent });
    const decoded = await signFutures(secret, { ...input, postData: decodeURIComponent(sent) });
    expect(encoded).toBe(FUTURES_VECTORS.find(({ name }) => name === 'F5')?.authent);
    expect(decoded).not.toBe(encoded);
  });

  it('agrees with an implementation on node:crypto', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.string(),
        fc.option(fc.bigInt(0n, 2n ** 63n), { nil: undefined }),
        async (bytes, postData, nonce) => {
          const text = `${postData}${nonce ?? ''}/api/v3/accounts`;
          const digest = createHash('sha256').update(text).digest();
          const expected = createHmac('sha512', bytes).update(digest).digest('base64');
          const key = new Secret(Buffer.from(bytes).toString('base64'));
          const path = '/derivatives/api/v3/accounts';
          expect(await signFutures(key, { path, postData, nonce })).toBe(expected);
        },
      ),
    );
  });

  it('refuses a query in the path: it belongs into postData', async () => {
    await expect(signFutures(secret, { path: '/api/v3/fills?a=1' })).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
  });
});

describe('signFuturesChallenge', () => {
  it('signs the challenge of the documentation', async () => {
    expect(await signFuturesChallenge(secret, CHALLENGE.text)).toBe(CHALLENGE.signed);
  });
});
