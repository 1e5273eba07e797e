import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY, SPOT_SECRET, SPOT_VECTORS } from '../test/vectors.ts';
import { AuthError, isAuthError } from './auth-error.ts';
import { createCredentials } from './credentials.ts';
import { Secret } from './secret.ts';

const messageOf = (input: { key: string; secret: string }): string => {
  try {
    createCredentials(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('createCredentials', () => {
  it('takes a key and a secret, for Spot and live by default', () => {
    const credentials = createCredentials({ key: KEY, secret: SPOT_SECRET });
    expect(credentials).toMatchObject({ venue: 'spot', environment: 'live', key: KEY });
    expect(credentials.secret.expose()).toBe(SPOT_SECRET);
    expect(Object.isFrozen(credentials)).toBe(true);
  });

  it('takes a secret that is wrapped already, and the secrets of every vector', () => {
    for (const { secret } of SPOT_VECTORS) {
      const credentials = createCredentials({ key: KEY, secret: new Secret(secret) });
      expect(credentials.secret.expose()).toBe(secret);
    }
  });

  it('keeps the venue and the environment it was given', () => {
    const given = { venue: 'futures', environment: 'sandbox' } as const;
    expect(createCredentials({ key: KEY, secret: SPOT_SECRET, ...given })).toMatchObject(given);
  });

  it('prints without the secret', () => {
    const printed = inspect(createCredentials({ key: KEY, secret: SPOT_SECRET }));
    expect(printed).toContain('secret: Secret [redacted]');
    expect(printed).not.toContain(SPOT_SECRET);
  });

  it.each<[string, string, RegExp]>([
    ['empty', '', /is empty/],
    ['blank', '  ', /is only whitespace/],
    ['followed by a line break', `${SPOT_SECRET}\n`, /begins or ends with whitespace/],
    ['preceded by a space', ` ${SPOT_SECRET}`, /begins or ends with whitespace/],
    ['wrapped', SPOT_SECRET.replace(/.{44}/, '$&\n'), /has whitespace after character 44/],
    ['quoted', `"${SPOT_SECRET}"`, /not base64: character 1 does not belong/],
    ['URL-safe', SPOT_SECRET.replace('/', '_'), /not base64: character 7 does not belong/],
    ['one short', SPOT_SECRET.slice(0, -1), /has 87 characters, and base64 comes in fours/],
    ['padded in the middle', `AAA=${SPOT_SECRET}`, /padding at character 4 is not at its end/],
    ['padded thrice', 'A===', /padding at character 2 is not at its end/],
    ['cut', SPOT_SECRET.slice(0, 20), /holds 15 bytes, and Kraken's hold 64/],
    ['a placeholder', 'password', /holds 6 bytes/],
  ])('says what is wrong with a secret that is %s', (_, secret, message) => {
    expect(messageOf({ key: KEY, secret })).toMatch(message);
    expect(messageOf({ key: KEY, secret })).toContain('the "secret" field');
  });

  it.each([
    ['', /is empty/],
    [' ', /is empty/],
    [`${KEY}\n`, /has whitespace/],
    ['ключ', /no header can carry/],
  ])('says what is wrong with the key %j', (key, message) => {
    expect(messageOf({ key, secret: SPOT_SECRET })).toMatch(message);
  });

  it('recognises key and secret that are swapped', () => {
    expect(messageOf({ key: SPOT_SECRET, secret: KEY })).toMatch(/the two are swapped/);
    expect(messageOf({ key: ` ${SPOT_SECRET}`, secret: `${KEY}\n` })).toMatch(/swapped/);
    expect(messageOf({ key: SPOT_SECRET, secret: SPOT_SECRET })).toMatch(/same text/);
    expect(messageOf({ key: SPOT_SECRET, secret: '' })).toMatch(/secret.*is empty/);
  });

  it('takes every secret of 32 bytes or more, and shows none of what it refuses', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 96 }), (bytes) => {
        const secret = Buffer.from(bytes).toString('base64');
        expect(createCredentials({ key: KEY, secret }).secret.expose()).toBe(secret);
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string({ minLength: 6 }), (key, secret) => {
        const message = messageOf({ key, secret: `${secret}~` });
        expect([key, secret].filter((value) => message.includes(value))).toEqual([]);
      }),
    );
  });
});

describe('isAuthError', () => {
  it('goes by name and code, so that two copies of the package know each other', () => {
    const error = new AuthError('INVALID_KEY', 'x');
    const foreign = Object.assign(new Error('x'), { name: 'AuthError', code: 'INVALID_KEY' });
    expect([error, foreign].map((value) => isAuthError(value))).toEqual([true, true]);
    expect(isAuthError(foreign, 'INVALID_KEY')).toBe(true);
    expect(isAuthError(error, 'INVALID_SECRET')).toBe(false);
    expect([new Error('x'), 'AuthError', undefined].map((value) => isAuthError(value))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['venue', 'margin'],
    ['venue', ''],
    ['environment', 'prod'],
    ['environment', null],
  ])('refuses the %s %j: no client could tell where the key may go', (field, value) => {
    expect(() => createCredentials({ key: KEY, secret: SPOT_SECRET, [field]: value })).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAMETER', context: { field } }),
    );
  });
});
