import { AuthError } from './auth-error.ts';
import { type Credentials, checkCredentials, type Environment, type Venue } from './credentials.ts';

/** What `process.env` is; hand it in. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface FromEnvOptions {
  /** @defaultValue `'spot'` */
  readonly venue?: Venue | undefined;
  /** @defaultValue `'live'` */
  readonly environment?: Environment | undefined;
}

const VARIABLES: Readonly<Record<Venue, { key: string; secret: string }>> = {
  spot: { key: 'KRAKEN_API_KEY', secret: 'KRAKEN_API_SECRET' },
  futures: { key: 'KRAKEN_FUTURES_API_KEY', secret: 'KRAKEN_FUTURES_API_SECRET' },
};

/**
 * Credentials from `KRAKEN_API_KEY` and `KRAKEN_API_SECRET`, or `KRAKEN_FUTURES_API_KEY` and
 * `KRAKEN_FUTURES_API_SECRET`. `undefined` when neither is set; an empty variable is not set.
 *
 * @throws AuthError `INCOMPLETE_CREDENTIALS` when one of the two is missing, and all that
 * `createCredentials` throws
 */
export function fromEnv(env: Env, options: FromEnvOptions = {}): Credentials | undefined {
  const names = VARIABLES[options.venue ?? 'spot'];
  const key = env[names.key] ?? '';
  const secret = env[names.secret] ?? '';
  if (key === '' && secret === '') return undefined;
  if (key === '' || secret === '') {
    const [missing, present] = key === '' ? [names.key, names.secret] : [names.secret, names.key];
    throw new AuthError(
      'INCOMPLETE_CREDENTIALS',
      `${present} is set and ${missing} is not. Set both, or neither for public data only.`,
      { field: missing },
    );
  }
  return checkCredentials({ ...options, key, secret }, names);
}
