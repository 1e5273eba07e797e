import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPOT_VECTORS, secretOf } from '../test/vectors.ts';
import { Secret } from './secret.ts';
import { signSpot } from './sign-spot.ts';

describe('signSpot', () => {
  it('has all seven vectors to check against', () => {
    expect(SPOT_VECTORS.map(({ name }) => name).join(' ')).toBe('S1 S2 S3 S4 S5 S6 S7');
  });

  it.each(SPOT_VECTORS)('signs $name, $path', async (vector) => {
    expect(await signSpot(secretOf(vector), vector)).toBe(vector.signature);
  });

  it('takes the nonce as a bigint or as its text', async () => {
    const [vector] = SPOT_VECTORS.slice(6);
    if (vector === undefined) throw new Error('S7 is missing');
    const nonce = BigInt(vector.nonce);
    expect(await signSpot(secretOf(vector), { ...vector, nonce })).toBe(vector.signature);
  });

  it('agrees with an implementation on node:crypto for any secret, path, nonce and body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.stringMatching(/^\/[A-Za-z0-9/_.-]{0,30}$/).filter((path) => !path.startsWith('//')),
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.string({ unit: 'grapheme' }),
        async (bytes, path, nonce, body) => {
          const digest = createHash('sha256').update(`${nonce}${body}`).digest();
          const expected = createHmac('sha512', bytes).update(path).update(digest).digest('base64');
          const secret = new Secret(Buffer.from(bytes).toString('base64'));
          expect(await signSpot(secret, { path, nonce, body })).toBe(expected);
        },
      ),
    );
  });

  it.each([
    'https://api.kraken.com/0/private/Balance',
    '//api.kraken.com/0/private/Balance',
    '0/private/Balance',
    '/0/private/Balance?nonce=1',
    '/0/private/Balance#top',
    '/0/private/Bal ance',
    '',
  ])('refuses to sign the path %j', async (path) => {
    const [vector] = SPOT_VECTORS;
    if (vector === undefined) throw new Error('S1 is missing');
    await expect(signSpot(secretOf(vector), { ...vector, path })).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
  });

  it.each(['', '#?#?#?#?#?', 'AAA'])('refuses to sign with the secret %j', async (value) => {
    const input = { path: '/0/private/Balance', nonce: 1n, body: 'nonce=1' };
    await expect(signSpot(new Secret(value), input)).rejects.toMatchObject({
      code: 'INVALID_SECRET',
    });
  });
});
