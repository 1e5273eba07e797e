import { parse, TomlError } from 'smol-toml';
import { AuthError } from './auth-error.ts';
import { type Credentials, checkCredentials, type Environment, type Venue } from './credentials.ts';
import { readPrivateFile } from './private-file.node.ts';

export interface ProfileOptions {
  /** The table's name. @defaultValue `'default'` */
  readonly profile?: string | undefined;
  /** @defaultValue `'spot'` */
  readonly venue?: Venue | undefined;
}

type Table = Readonly<Record<string, unknown>>;

const FIELDS: Readonly<Record<Venue, { key: string; secret: string }>> = {
  spot: { key: 'api_key', secret: 'api_secret' },
  futures: { key: 'futures_api_key', secret: 'futures_api_secret' },
};

const HINT = 'Write a table with api_key and api_secret';

/**
 * Credentials from a table of a TOML file: `api_key` and `api_secret`, or `futures_api_key` and
 * `futures_api_secret`, and `environment = "sandbox"` for keys of a local exchange. Only its owner
 * may be able to read the file. The `[auth]` table of Kraken's own CLI has the same fields.
 *
 * @throws AuthError as `readKeyFile`, and `PROFILE_NOT_FOUND`, `INCOMPLETE_CREDENTIALS`
 */
export async function readProfile(
  path: string,
  options: ProfileOptions = {},
): Promise<Credentials> {
  const { profile = 'default', venue = 'spot' } = options;
  const tables = parseTables(await readPrivateFile(path, HINT), path);
  const table = tables.get(profile);
  if (table === undefined) {
    const profiles = [...tables.keys()];
    const known = profiles.length === 0 ? 'It has none.' : `It has ${profiles.join(', ')}.`;
    throw new AuthError('PROFILE_NOT_FOUND', `${path} has no [${profile}]. ${known}`, {
      path,
      profile,
      profiles,
    });
  }
  const fields = FIELDS[venue];
  const missing = [fields.key, fields.secret].find((name) => table[name] === undefined);
  if (missing !== undefined) {
    throw new AuthError('INCOMPLETE_CREDENTIALS', `[${profile}] in ${path} has no ${missing}.`, {
      path,
      profile,
      field: missing,
    });
  }
  return checkCredentials(
    {
      venue,
      environment: readEnvironment(table, path, profile),
      key: table[fields.key] as string,
      secret: table[fields.secret] as string,
    },
    {
      key: `${fields.key} of [${profile}] in ${path}`,
      secret: `${fields.secret} of [${profile}] in ${path}`,
    },
  );
}

function parseTables(text: string, path: string): Map<string, Table> {
  try {
    return new Map(
      Object.entries(parse(text)).flatMap(([name, value]) =>
        isTable(value) ? [[name, value]] : [],
      ),
    );
  } catch (error) {
    // Its message quotes the lines around the mistake, secrets and all: it must not be the cause.
    const line = error instanceof TomlError ? error.line : undefined;
    throw new AuthError('MALFORMED_KEY_FILE', `${path} is not TOML (line ${line ?? 'unknown'}).`, {
      path,
      line,
    });
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEnvironment(table: Table, path: string, profile: string): Environment {
  const { environment = 'live' } = table;
  if (environment === 'live' || environment === 'sandbox') return environment;
  throw new AuthError(
    'MALFORMED_KEY_FILE',
    `environment of [${profile}] in ${path} is neither "live" nor "sandbox".`,
    { path, profile, field: 'environment' },
  );
}
