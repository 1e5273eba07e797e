import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { KEY, SPOT_SECRET, SPOT_VECTORS } from '../test/vectors.ts';
import { createCredentials } from './credentials.ts';
import { createNonceSource } from './nonce-source.ts';
import { Secret } from './secret.ts';
import { signSpot } from './sign-spot.ts';
import { createSpotSigner } from './spot-signer.ts';
import { createTotp, type OtpSource } from './totp.ts';

const credentials = createCredentials({ key: KEY, secret: SPOT_SECRET });
const clock = new FakeClock(1_616_492_376_594n * 1_000_000n);
const create = (otp?: Secret | OtpSource) =>
  createSpotSigner({ credentials, nonces: createNonceSource({ clock, unit: 'ms' }), otp });
const signatureOf = (name: string) =>
  SPOT_VECTORS.find((vector) => vector.name === name)?.signature;

const ORDER = { ordertype: 'limit', pair: 'XBTUSD', price: 37500, type: 'buy', volume: '1.25' };

describe('createSpotSigner', () => {
  it('signs a form as vector S1 has it', async () => {
    const signed = await create().sign({ path: '/0/private/AddOrder', params: ORDER });
    expect(signed).toMatchObject({
      method: 'POST',
      path: '/0/private/AddOrder',
      target: '/0/private/AddOrder',
      nonce: 1_616_492_376_594n,
      body: 'nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25',
    });
    expect(signed.headers).toEqual({
      'API-Key': KEY,
      'API-Sign': signatureOf('S1'),
      'Content-Type': 'application/x-www-form-urlencoded',
    });
  });

  it('signs JSON as vector S2 has it', async () => {
    const params = { ...ORDER, volume: 1.25 };
    const request = { path: '/0/private/AddOrder', params, encoding: 'json' } as const;
    const signed = await create().sign(request);
    expect(signed.body).toBe(SPOT_VECTORS[1]?.body);
    expect(signed.headers).toMatchObject({
      'API-Sign': signatureOf('S2'),
      'Content-Type': 'application/json',
    });
  });

  it('signs a request without parameters as vector S4 has it', async () => {
    const signed = await create().sign({ path: '/0/private/Balance' });
    expect(signed.headers['API-Sign']).toBe(signatureOf('S4'));
  });

  it('signs a relative time as vector S6 has it, encoded', async () => {
    const params = {
      ordertype: 'limit',
      pair: 'XBTUSD',
      type: 'buy',
      volume: '1.25',
      price: '37500',
      expiretm: '+60',
    };
    const signed = await create().sign({ path: '/0/private/AddOrder', params });
    expect(signed.headers['API-Sign']).toBe(signatureOf('S6'));
  });

  it.each([
    ['form', 'nonce=1616492376594&asset=ZUSD&otp=p%26ss+word'],
    ['json', '{"nonce":"1616492376594","asset":"ZUSD","otp":"p&ss word"}'],
  ] as const)('puts a static password into the signed %s', async (encoding, body) => {
    const request = { path: '/0/private/Balance', params: { asset: 'ZUSD' }, encoding };
    const signed = await create(new Secret('p&ss word')).sign(request);
    expect(signed.body).toBe(body);
    const expected = { path: request.path, nonce: 1_616_492_376_594n, body };
    expect(signed.headers['API-Sign']).toBe(await signSpot(credentials.secret, expected));
  });

  it('asks for a new code for each request', async () => {
    const codes = ['111111', '222222'];
    const signer = create({ code: () => codes.shift() ?? '' });
    const bodies = [];
    for (const path of ['/0/private/Balance', '/0/private/OpenOrders']) {
      bodies.push((await signer.sign({ path })).body);
    }
    expect(bodies).toEqual(['nonce=1616492376594&otp=111111', 'nonce=1616492376595&otp=222222']);
  });

  it('takes a TOTP source', async () => {
    const totp = createTotp({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', clock });
    const signed = await create(totp).sign({ path: '/0/private/Balance' });
    expect(signed.body).toBe(`nonce=1616492376594&otp=${await totp.code()}`);
  });

  it('sends in the order of the nonces, and gives back what send gave', async () => {
    const signer = create();
    const sent: (bigint | undefined)[] = [];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        signer.withSigned({ path: '/0/private/Balance' }, async ({ nonce }) => {
          sent.push(nonce);
          return index;
        }),
      ),
    );
    expect(sent).toEqual(
      Array.from({ length: 20 }, (_, index) => 1_616_492_376_594n + BigInt(index)),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('goes on after a request that could not be signed', async () => {
    const signer = create();
    const path = '/0/private/AddOrder';
    await expect(signer.sign({ path, params: { volume: 1e-9 } })).rejects.toThrow('volume');
    await expect(
      signer.withSigned({ path, params: { orders: [{}] } }, async () => 0),
    ).rejects.toThrow('orders');
    expect(await signer.withSigned({ path }, async ({ nonce }) => nonce)).toBe(1_616_492_376_596n);
  });

  it('signs its own nonce and password where the parameters have them as undefined', async () => {
    const request = { path: '/0/private/Balance', params: { nonce: undefined, otp: undefined } };
    const { body } = await create(new Secret('pass')).sign(request);
    expect(body).toBe('nonce=1616492376594&otp=pass');
  });

  it.each(['nonce', 'otp'])(
    'refuses %s among the parameters, and spends no nonce',
    async (name) => {
      const signer = create();
      const path = '/0/private/Balance';
      await expect(signer.sign({ path, params: { [name]: '1' } })).rejects.toMatchObject({
        code: 'INVALID_PARAMETER',
        context: { field: name },
      });
      expect((await signer.sign({ path })).nonce).toBe(1_616_492_376_594n);
    },
  );

  it('says where its key belongs', () => {
    const local = createCredentials({ key: KEY, secret: SPOT_SECRET, environment: 'sandbox' });
    const nonces = createNonceSource({ clock });
    expect(createSpotSigner({ credentials: local, nonces }).environment).toBe('sandbox');
    expect(create()).toMatchObject({ venue: 'spot', environment: 'live' });
  });

  it('refuses at once an otp that is neither a Secret nor a source', () => {
    for (const otp of ['123456', 123456, {}, null]) {
      expect(() => create(otp as never)).toThrow(
        expect.objectContaining({ code: 'INVALID_PARAMETER', context: { field: 'otp' } }),
      );
    }
  });

  it('sends nothing with an empty one-time password', async () => {
    for (const otp of [
      new Secret(''),
      { code: () => '' },
      { code: async () => undefined as never },
    ]) {
      let sent = 0;
      const signing = create(otp).withSigned(
        { path: '/0/private/Balance' },
        async () => (sent += 1),
      );
      await expect(signing).rejects.toThrow(/one-time password is empty/);
      expect(sent).toBe(0);
    }
  });
});
