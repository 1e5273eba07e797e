import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratch, writeWithMode } from '../test/scratch.ts';
import { FUTURES_SECRET, KEY, SPOT_SECRET } from '../test/vectors.ts';
import type { AuthError } from './auth-error.ts';
import type { Credentials } from './credentials.ts';
import { type ProfileOptions, readProfile } from './profiles.node.ts';

const FILE = `
title = "keys"

[default]
api_key = "${KEY}"
api_secret = "${SPOT_SECRET}"
futures_api_key = "F${KEY.slice(1)}"
futures_api_secret = "${FUTURES_SECRET}"

[local]
environment = "sandbox"
api_key = "L${KEY.slice(1)}"
api_secret = '${SPOT_SECRET}'

[half]
api_key = "${KEY}"

["__proto__"]
api_key = "${KEY}"
`;

const read = async (text: string, options?: ProfileOptions): Promise<Credentials> => {
  await using scratch = await createScratch();
  return await readProfile(await writeWithMode(join(scratch.path, 'p.toml'), text), options);
};

describe('readProfile', () => {
  it('reads the default profile', async () => {
    const credentials = await read(FILE);
    expect(credentials).toMatchObject({ venue: 'spot', environment: 'live', key: KEY });
    expect(credentials.secret.expose()).toBe(SPOT_SECRET);
  });

  it.each([
    ['from Windows', FILE.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${FILE}`],
    ['without a line break at its end', FILE.trimEnd()],
  ])('reads a file %s', async (_, text) => {
    expect((await read(text)).secret.expose()).toBe(SPOT_SECRET);
  });

  it.each([
    ['an empty value', `[default]\napi_key = ""\napi_secret = "${SPOT_SECRET}"`, /is empty/],
    ['a list', `[default]\napi_key = ["a"]\napi_secret = "b"`, /not a text but object/],
    [
      'a line break in a value',
      `[default]\napi_key = "${KEY}"\napi_secret = """${SPOT_SECRET}\n"""`,
      /begins or ends with whitespace/,
    ],
    ['the same table twice', `${FILE}\n[default]\n`, /is not TOML \(line \d+\)/],
    ['no table around the keys', `api_key = "a"\napi_secret = "b"`, /has no \[default\]/],
    ['nothing in it', '', /has no \[default\]\. It has none\./],
  ])('says what is wrong with %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('reads the Futures fields of a profile', async () => {
    const credentials = await read(FILE, { venue: 'futures' });
    expect(credentials.venue).toBe('futures');
    expect(credentials.secret.expose()).toBe(FUTURES_SECRET);
  });

  it('reads a profile by name, with its environment', async () => {
    expect(await read(FILE, { profile: 'local' })).toMatchObject({ environment: 'sandbox' });
  });

  it('lists the profiles there are when one is not', async () => {
    await expect(read(FILE, { profile: 'main' })).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
      context: { profile: 'main', profiles: ['default', 'local', 'half', '__proto__'] },
    });
    await expect(read('a = 1', { profile: 'toString' })).rejects.toThrow(/It has none/);
  });

  it.each([
    ['half', 'spot', 'api_secret'],
    ['__proto__', 'spot', 'api_secret'],
    ['local', 'futures', 'futures_api_key'],
  ] as const)('names what [%s] lacks for %s', async (profile, venue, field) => {
    await expect(read(FILE, { profile, venue })).rejects.toMatchObject({
      code: 'INCOMPLETE_CREDENTIALS',
      context: { profile, field },
    });
  });

  it('names field, profile and file of a malformed value', async () => {
    await expect(read(FILE.replaceAll(SPOT_SECRET, 'short'))).rejects.toThrow(
      /secret \(api_secret of \[default\] in .*p\.toml\) has 5 characters/,
    );
    await expect(read(FILE.replaceAll(`"${KEY}"`, '7'))).rejects.toThrow(/not a text but number/);
  });

  it('gives the line of a syntax error and nothing of its text', async () => {
    const text = `[default]\napi_key = "${KEY}"\napi_secret = ${SPOT_SECRET}\n`;
    const error = (await read(text).catch((thrown: unknown) => thrown)) as AuthError;
    expect(error).toMatchObject({ code: 'MALFORMED_KEY_FILE', context: { line: 3 } });
    expect(error.cause).toBeUndefined();
  });

  it('says what to write into the file that is not there', async () => {
    await using scratch = await createScratch();
    const path = join(scratch.path, 'none.toml');
    await expect(readProfile(path)).rejects.toThrow(
      `There is no ${path}. Write a table with api_key and api_secret, then: chmod 600 ${path}`,
    );
  });

  it('refuses an environment nobody knows', async () => {
    await expect(read(FILE.replace('"sandbox"', '"demo"'), { profile: 'local' })).rejects.toThrow(
      /neither "live" nor "sandbox"/,
    );
  });
});
