import { resolve } from 'node:path';
import {
  type Credentials,
  createCredentials,
  type Environment,
  fromEnv,
  isAuthError,
} from '@kr/auth';
import { CliError } from './errors.ts';
import { NO_KEY_HINT } from './explain-error.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import type { Settings } from './settings.ts';

export interface CredentialsRequest {
  readonly venue: 'spot' | 'futures';
  readonly environment: Environment;
  readonly options: GlobalOptions;
  readonly settings: Settings;
  readonly io: Io;
}

/**
 * The key to sign with: the first of flags, environment, settings file and `~/.kraken/kraken.key`
 * that has one. In the sandbox, only what names a key of the sandbox: flags, KR_SANDBOX_API_KEY.
 */
export const findCredentials = async (request: CredentialsRequest): Promise<Credentials> => {
  const found =
    (await fromFlags(request)) ?? fromEnvironment(request) ?? (await fromFiles(request));
  if (found === undefined) {
    throw new CliError('config', 'This needs a key, and none was given.', {
      code: 'NO_CREDENTIALS',
      hint: NO_KEY_HINT,
    });
  }
  if (found.environment === request.environment) return found;
  throw new CliError(
    'config',
    `The key is of the ${found.environment === 'live' ? 'real Kraken' : 'sandbox'}, and this command is not.`,
    { hint: 'Keys of the one are never sent to the other.' },
  );
};

const fromFlags = async (request: CredentialsRequest): Promise<Credentials | undefined> => {
  const { venue, environment, options, settings, io } = request;
  const { apiKey: key, apiSecret: secret, keyFile, profile } = options;
  if (key !== undefined || secret !== undefined) {
    if (key === undefined || secret === undefined) {
      const missing = key === undefined ? '--api-key' : '--api-secret';
      throw new CliError('config', `${missing} is missing: a key and its secret go together.`);
    }
    await io.stderr.write(
      'kr: a secret on the command line can be seen by other programs and stays in the history; use --key-file or the environment\n',
    );
    return createCredentials({ key, secret, venue, environment });
  }
  if (keyFile === '-') return fromStdin(request);
  if (keyFile !== undefined) {
    const { readKeyFile } = await import('@kr/auth/node');
    return readKeyFile(resolve(io.workingDirectory, keyFile), { venue, environment });
  }
  if (profile === undefined) return undefined;
  const { readProfile } = await import('@kr/auth/profiles');
  return readProfile(settings.profilesFile, { profile, venue });
};

const fromStdin = async ({ venue, environment, io }: CredentialsRequest): Promise<Credentials> => {
  const [key = '', secret = ''] = (await io.readStdin()).split(/\r?\n/);
  return createCredentials({ key, secret, venue, environment });
};

const fromEnvironment = ({
  venue,
  environment,
  io,
}: CredentialsRequest): Credentials | undefined => {
  if (environment === 'live') return fromEnv(io.env, { venue });
  const name = venue === 'spot' ? 'KR_SANDBOX_API' : 'KR_SANDBOX_FUTURES_API';
  const key = io.env[`${name}_KEY`] ?? '';
  const secret = io.env[`${name}_SECRET`] ?? '';
  return key === '' && secret === ''
    ? undefined
    : createCredentials({ key, secret, venue, environment });
};

const fromFiles = async (request: CredentialsRequest): Promise<Credentials | undefined> => {
  const { venue, environment, settings, io } = request;
  if (environment === 'sandbox') return undefined;
  if (settings.profile !== undefined) {
    const { readProfile } = await import('@kr/auth/profiles');
    return readProfile(settings.profilesFile, { profile: settings.profile, venue });
  }
  const { keyFilePath, readKeyFile } = await import('@kr/auth/node');
  if (settings.keyFile !== undefined) return readKeyFile(settings.keyFile, { venue });
  // A key by custom is one of Spot.
  if (venue === 'futures') return undefined;
  return readKeyFile(keyFilePath(io.home)).catch((error: unknown) => {
    if (isAuthError(error, 'KEY_FILE_NOT_FOUND')) return undefined;
    throw error;
  });
};
