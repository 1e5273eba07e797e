import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { isAuthError } from '../src/auth-error.ts';
import { createCredentials } from '../src/credentials.ts';
import { createFuturesSigner } from '../src/futures-signer.ts';
import { createNonceSource } from '../src/nonce-source.ts';
import { Secret } from '../src/secret.ts';
import { createSpotSigner } from '../src/spot-signer.ts';
import { createTotp } from '../src/totp.ts';
import { CANARY, CANARY_CODE, CANARY_OTP, ERROR_PATHS } from './error-paths.ts';
import { FakeClock } from './fake-clock.ts';
import { createScratch } from './scratch.ts';
import { KEY } from './vectors.ts';

/** Any eight characters of a secret in a row are a leak, and so are its bytes in hexadecimal. */
const PIECE = 8;
const piecesOf = (text: string): string[] =>
  Array.from({ length: text.length - PIECE + 1 }, (_, at) => text.slice(at, at + PIECE));
const PIECES = [...new Set([CANARY, CANARY_OTP, CANARY_CODE].flatMap(piecesOf))];
const HEX = Buffer.from(CANARY, 'base64').toString('hex');

const findLeak = (text: string): string | undefined =>
  [...PIECES, HEX.slice(0, 16)].find((piece) => text.includes(piece));

/** Everything that somebody might print of a value. */
const printsOf = (value: unknown): string[] => [
  inspect(value, { depth: 20, showHidden: true, getters: true }),
  inspect(value, { depth: 20, customInspect: false }),
  String(value),
  JSON.stringify(value) ?? '',
  value instanceof Error
    ? `${value.message}\n${value.stack}\n${JSON.stringify(Object.entries(value))}`
    : '',
];

/** What was written to the terminal while `run` ran, by whatever way. */
const recordOutput = async (run: () => Promise<unknown>): Promise<string> => {
  let output = '';
  const record = (chunk: unknown) => {
    output += String(chunk);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(record),
    vi.spyOn(process.stderr, 'write').mockImplementation(record),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(record),
    ),
  ];
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return output;
};

const catchError = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the search for leaks', () => {
  it('finds a leak when there is one', () => {
    expect(findLeak(`the secret ${CANARY.slice(30, 40)} is`)).toBeDefined();
    expect(findLeak(inspect(new Error('x', { cause: { otp: CANARY_CODE } })))).toBeDefined();
    expect(findLeak('nothing here')).toBeUndefined();
  });
});

describe('an error', () => {
  it.each(ERROR_PATHS)('of $name is $code and shows no secret', async ({ code, run }) => {
    await using scratch = await createScratch();
    let thrown: unknown;
    const output = await recordOutput(async () => {
      thrown = await catchError(() => run(scratch.path));
    });
    expect(isAuthError(thrown, code)).toBe(true);
    expect(printsOf(thrown).map(findLeak)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(output).toBe('');
  });

  it('has a path in this table for every code but the one for want of WebCrypto', async () => {
    const { readFileSync } = await import('node:fs');
    const source = readFileSync(new URL('../src/auth-error.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map((match) => match[1]);
    const covered = new Set<string>(ERROR_PATHS.map(({ code }) => code));
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !covered.has(code ?? ''))).toEqual(['CRYPTO_UNAVAILABLE']);
  });
});

describe('what this package makes', () => {
  const clock = new FakeClock();
  const nonces = createNonceSource({ clock });
  const spot = createCredentials({ key: KEY, secret: CANARY });
  const futures = createCredentials({ key: KEY, secret: CANARY, venue: 'futures' });
  const otp = createTotp({ secret: CANARY_OTP, clock });

  it.each<[string, () => unknown]>([
    ['credentials', () => spot],
    ['a spot signer', () => createSpotSigner({ credentials: spot, nonces, otp })],
    ['a futures signer', () => createFuturesSigner({ credentials: futures })],
    ['a TOTP source', () => otp],
    ['a nonce source', () => nonces],
  ])('shows no secret when printed: %s', (_, make) => {
    expect(printsOf(make()).map(findLeak)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('a signed request shows neither password nor signature nor body', async () => {
    const signer = createSpotSigner({ credentials: spot, nonces, otp: new Secret(CANARY_CODE) });
    const signed = await signer.sign({ path: '/0/private/Balance', params: { asset: 'ZUSD' } });
    expect(signed.body).toContain(CANARY_CODE);
    const signature = signed.headers['API-Sign'] ?? '';
    for (const print of [inspect(signed), String(signed), JSON.stringify(signed)]) {
      expect(print).toContain('POST /0/private/Balance [signed]');
      expect(print).not.toContain(signature.slice(0, 8));
      expect(print).not.toContain('asset');
      expect(findLeak(print)).toBeUndefined();
    }
    expect(Object.keys(signed)).toEqual([]);
  });

  it('an error of the caller passes through untouched, with nothing added', async () => {
    const signer = createSpotSigner({ credentials: spot, nonces, otp: new Secret(CANARY_CODE) });
    const failure = new Error('502');
    const thrown = await catchError(() =>
      signer.withSigned({ path: '/0/private/Balance' }, () => Promise.reject(failure)),
    );
    expect(thrown).toBe(failure);
    expect(printsOf(thrown).map(findLeak)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
