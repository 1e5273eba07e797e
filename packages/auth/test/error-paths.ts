import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuthErrorCode } from '../src/auth-error.ts';
import { createCredentials } from '../src/credentials.ts';
import { createFileNonceStore } from '../src/file-nonce-store.node.ts';
import { fromEnv } from '../src/from-env.ts';
import { createFuturesSigner } from '../src/futures-signer.ts';
import { readKeyFile } from '../src/key-file.node.ts';
import { createNonceSource } from '../src/nonce-source.ts';
import { createMemoryNonceStore } from '../src/nonce-store.ts';
import { readProfile } from '../src/profiles.node.ts';
import { Secret } from '../src/secret.ts';
import { signFuturesChallenge } from '../src/sign-futures.ts';
import { createSpotSigner } from '../src/spot-signer.ts';
import { createTotp } from '../src/totp.ts';
import { FakeClock } from './fake-clock.ts';
import { writeWithMode } from './scratch.ts';
import { KEY } from './vectors.ts';

/** Recognised wherever it turns up, in whole or in part; 88 characters of base64, as Kraken's. */
export const CANARY = `${'Canary+Secret/0123456789'.repeat(4).slice(0, 86)}==`;
export const CANARY_OTP = 'KRCANARYOTPSECRET234567';
export const CANARY_CODE = 'static-otp-canary';

/** A way to make something go wrong with the canary in hand. */
export interface ErrorPath {
  readonly name: string;
  readonly code: AuthErrorCode;
  /** @param scratch A directory of its own. */
  readonly run: (scratch: string) => unknown;
}

const wrongSecret = (secret: string) => () => createCredentials({ key: KEY, secret });
const good = () => createCredentials({ key: KEY, secret: CANARY });
const clock = new FakeClock();
const timers = globalThis;

const keyFile = (text: string, mode?: number) => async (scratch: string) =>
  readKeyFile(await writeWithMode(join(scratch, 'kraken.key'), text, mode));
const profile = (text: string, name?: string, mode?: number) => async (scratch: string) =>
  readProfile(await writeWithMode(join(scratch, 'profiles.toml'), text, mode), { profile: name });
const signed = (path: string, params: object) => async () => {
  const nonces = createNonceSource({ clock });
  const signer = createSpotSigner({ credentials: good(), nonces, otp: new Secret(CANARY_CODE) });
  return signer.sign({ path, params: params as Record<string, string> });
};
const store = (directory: string) =>
  createNonceSource({ clock, store: createFileNonceStore({ directory, key: CANARY, timers }) });

export const ERROR_PATHS: readonly ErrorPath[] = [
  { name: 'an empty secret', code: 'INVALID_SECRET', run: wrongSecret('') },
  { name: 'a blank secret', code: 'INVALID_SECRET', run: wrongSecret(' \n') },
  { name: 'a secret with a line break', code: 'INVALID_SECRET', run: wrongSecret(`${CANARY}\n`) },
  {
    name: 'a secret in two lines',
    code: 'INVALID_SECRET',
    run: wrongSecret(`${CANARY.slice(0, 40)}\n${CANARY.slice(40)}`),
  },
  {
    name: 'a secret in URL-safe base64',
    code: 'INVALID_SECRET',
    run: wrongSecret(CANARY.replaceAll('+', '-')),
  },
  { name: 'a secret cut short', code: 'INVALID_SECRET', run: wrongSecret(CANARY.slice(0, 87)) },
  { name: 'a secret cut by half', code: 'INVALID_SECRET', run: wrongSecret(CANARY.slice(0, 40)) },
  { name: 'a secret pasted twice', code: 'INVALID_SECRET', run: wrongSecret(CANARY + CANARY) },
  {
    name: 'a secret that is no text',
    code: 'INVALID_SECRET',
    run: wrongSecret([CANARY] as unknown as string),
  },
  {
    name: 'a signature with a malformed secret',
    code: 'INVALID_SECRET',
    run: () => signFuturesChallenge(new Secret(`${CANARY}!`), 'challenge'),
  },
  {
    name: 'a key that is no text',
    code: 'INVALID_KEY',
    run: () => createCredentials({ key: { CANARY } as unknown as string, secret: CANARY }),
  },
  {
    name: 'an empty key',
    code: 'INVALID_KEY',
    run: () => createCredentials({ key: '', secret: CANARY }),
  },
  {
    name: 'a key that would add a header',
    code: 'INVALID_KEY',
    run: () => createCredentials({ key: `${KEY}\r\nX: ${CANARY}`, secret: CANARY }),
  },
  {
    name: 'key and secret swapped',
    code: 'SWAPPED_CREDENTIALS',
    run: () => createCredentials({ key: CANARY, secret: KEY }),
  },
  {
    name: 'key and secret swapped, with a line break',
    code: 'SWAPPED_CREDENTIALS',
    run: () => createCredentials({ key: `${CANARY}\n`, secret: KEY }),
  },
  {
    name: 'the secret in both fields',
    code: 'SWAPPED_CREDENTIALS',
    run: () => createCredentials({ key: CANARY, secret: CANARY }),
  },
  {
    name: 'only the secret in the environment',
    code: 'INCOMPLETE_CREDENTIALS',
    run: () => fromEnv({ KRAKEN_API_SECRET: CANARY }),
  },
  {
    name: 'only the futures key in the environment',
    code: 'INCOMPLETE_CREDENTIALS',
    run: () => fromEnv({ KRAKEN_FUTURES_API_KEY: CANARY }, { venue: 'futures' }),
  },
  {
    name: 'environment variables swapped',
    code: 'SWAPPED_CREDENTIALS',
    run: () => fromEnv({ KRAKEN_API_KEY: CANARY, KRAKEN_API_SECRET: KEY }),
  },
  {
    name: 'a key file that is not there',
    code: 'KEY_FILE_NOT_FOUND',
    run: (scratch) => readKeyFile(join(scratch, 'none.key')),
  },
  {
    name: 'a key file below a file',
    code: 'KEY_FILE_UNREADABLE',
    run: async (scratch) => {
      const file = await writeWithMode(join(scratch, 'kraken.key'), CANARY);
      return readKeyFile(join(file, 'kraken.key'));
    },
  },
  {
    name: 'a directory as key file',
    code: 'KEY_FILE_UNREADABLE',
    run: (scratch) => readKeyFile(scratch),
  },
  {
    name: 'a key file that the group can read',
    code: 'KEY_FILE_EXPOSED',
    run: keyFile(`${KEY}\n${CANARY}\n`, 0o640),
  },
  {
    name: 'a key file with one line',
    code: 'MALFORMED_KEY_FILE',
    run: keyFile(`${KEY}:${CANARY}`),
  },
  {
    name: 'a key file with three lines',
    code: 'MALFORMED_KEY_FILE',
    run: keyFile(`${KEY}\n\n${CANARY}\n`),
  },
  {
    name: 'a key file with a blank second line',
    code: 'INVALID_SECRET',
    run: keyFile(`${CANARY}\n\n`),
  },
  {
    name: 'a key file in the wrong order',
    code: 'SWAPPED_CREDENTIALS',
    run: keyFile(`${CANARY}\n${KEY}\n`),
  },
  {
    name: 'a key file that is huge',
    code: 'MALFORMED_KEY_FILE',
    run: keyFile(`${CANARY}\n`.repeat(1000)),
  },
  {
    name: 'profiles that are not TOML',
    code: 'MALFORMED_KEY_FILE',
    run: profile(`[default]\napi_key = "${KEY}"\napi_secret = ${CANARY}\n`),
  },
  {
    name: 'profiles with a text that does not end',
    code: 'MALFORMED_KEY_FILE',
    run: profile(`[default]\napi_secret = "${CANARY}\n`),
  },
  {
    name: 'profiles that others can read',
    code: 'KEY_FILE_EXPOSED',
    run: profile(`[default]\napi_secret = "${CANARY}"\n`, undefined, 0o604),
  },
  {
    name: 'a profile that is not there',
    code: 'PROFILE_NOT_FOUND',
    run: profile(`[main]\napi_secret = "${CANARY}"\n`, 'other'),
  },
  {
    name: 'a profile without a key',
    code: 'INCOMPLETE_CREDENTIALS',
    run: profile(`[main]\napi_secret = "${CANARY}"\n`, 'main'),
  },
  {
    name: 'a profile whose secret is a list',
    code: 'INVALID_SECRET',
    run: profile(`[main]\napi_key = "${KEY}"\napi_secret = ["${CANARY}"]\n`, 'main'),
  },
  {
    name: 'a profile of an environment nobody knows',
    code: 'MALFORMED_KEY_FILE',
    run: profile(
      `[main]\nenvironment = "${CANARY}"\napi_key = "${KEY}"\napi_secret = "${CANARY}"\n`,
      'main',
    ),
  },
  {
    name: 'spot credentials for Futures',
    code: 'VENUE_MISMATCH',
    run: () => createFuturesSigner({ credentials: good() }),
  },
  {
    name: 'futures credentials for Spot',
    code: 'VENUE_MISMATCH',
    run: () => {
      const credentials = createCredentials({ key: KEY, secret: CANARY, venue: 'futures' });
      return createSpotSigner({ credentials, nonces: createNonceSource({ clock }) });
    },
  },
  {
    name: 'a path with a query',
    code: 'INVALID_PATH',
    run: signed(`/0/private/Balance?otp=${CANARY}`, {}),
  },
  {
    name: 'an otp among the parameters',
    code: 'INVALID_PARAMETER',
    run: signed('/0/private/Balance', { otp: CANARY_CODE }),
  },
  {
    name: 'a parameter that does not print exactly',
    code: 'INVALID_PARAMETER',
    run: signed('/0/private/AddOrder', { volume: 1e-9, token: CANARY }),
  },
  {
    name: 'a list of objects in a form',
    code: 'INVALID_PARAMETER',
    run: signed('/0/private/AddOrderBatch', { orders: [{ token: CANARY }] }),
  },
  {
    name: 'a TOTP secret that is not base32',
    code: 'INVALID_OTP_SECRET',
    run: () => createTotp({ secret: `${CANARY_OTP}189!`, clock }),
  },
  {
    name: 'a key that has seen the highest nonce',
    code: 'NONCE_EXHAUSTED',
    run: () => createNonceSource({ clock, floor: 2n ** 63n - 1n }).next(),
  },
  {
    name: 'more callers than may wait',
    code: 'TOO_MANY_WAITING',
    run: async () => {
      const nonces = createNonceSource({ clock, store: createMemoryNonceStore({ maxWaiting: 0 }) });
      return nonces.withNonce(() => nonces.next());
    },
  },
  {
    name: 'a nonce directory below a file',
    code: 'NONCE_STORE_FAILED',
    run: async (scratch) => {
      const file = await writeWithMode(join(scratch, 'file'), '');
      return store(join(file, 'nonces')).next();
    },
  },
  {
    name: 'a nonce directory whose path is too long for a socket',
    code: 'NONCE_STORE_FAILED',
    run: (scratch) => store(join(scratch, 'x'.repeat(100))).withNonce(async () => 0),
  },
  {
    name: 'a nonce directory that others can write to',
    code: 'KEY_FILE_EXPOSED',
    run: async (scratch) => {
      await store(scratch).next();
      const { chmod, readdir } = await import('node:fs/promises');
      const [id = ''] = await readdir(scratch);
      await mkdir(join(scratch, id), { recursive: true });
      await chmod(join(scratch, id), 0o777);
      return store(scratch).next();
    },
  },
  {
    name: 'a nonce store that is closed',
    code: 'NONCE_STORE_CLOSED',
    run: async (scratch) => {
      const closed = createFileNonceStore({ directory: scratch, key: CANARY, timers });
      await closed.close();
      return createNonceSource({ clock, store: closed }).next();
    },
  },
];
