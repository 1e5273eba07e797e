import { join } from 'node:path';
import { AuthError } from './auth-error.ts';
import { type Credentials, checkCredentials, type Environment, type Venue } from './credentials.ts';
import { readPrivateFile } from './private-file.node.ts';

export interface KeyFileOptions {
  /** @defaultValue `'spot'` */
  readonly venue?: Venue | undefined;
  /** @defaultValue `'live'` */
  readonly environment?: Environment | undefined;
}

const HINT = 'Put the API key on its first line and the private key on its second';

/** Where a key file is looked for by custom: `.kraken/kraken.key` in the home directory given. */
export function keyFilePath(home: string): string {
  return join(home, '.kraken', 'kraken.key');
}

/**
 * Credentials from a file with the API key on line 1 and the secret on line 2; what follows is
 * blank. Only its owner may be able to read it.
 *
 * @throws AuthError `KEY_FILE_NOT_FOUND`, `KEY_FILE_UNREADABLE`, `KEY_FILE_EXPOSED` (with the
 * `chmod` that mends it), `MALFORMED_KEY_FILE`, and all that `createCredentials` throws
 */
export async function readKeyFile(
  path: string,
  options: KeyFileOptions = {},
): Promise<Credentials> {
  const lines = (await readPrivateFile(path, HINT)).split(/\r?\n/);
  const surplus = lines.findIndex((line, index) => index >= 2 && line.trim() !== '');
  if (lines.length < 2 || surplus >= 0) {
    const what = lines.length < 2 ? 'has one line' : `has something on line ${surplus + 1}`;
    throw new AuthError(
      'MALFORMED_KEY_FILE',
      `${path} ${what}. It has two: the API key, then the private key. Profiles go into a .toml file.`,
      { path, line: surplus < 0 ? undefined : surplus + 1 },
    );
  }
  const [key = '', secret = ''] = lines;
  const names = { key: `line 1 of ${path}`, secret: `line 2 of ${path}` };
  return checkCredentials({ ...options, key, secret }, names);
}
