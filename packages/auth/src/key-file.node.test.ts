import { execFile } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createScratch, writeWithMode } from '../test/scratch.ts';
import { KEY, SPOT_SECRET } from '../test/vectors.ts';
import { isAuthError } from './auth-error.ts';
import { keyFilePath, readKeyFile } from './key-file.node.ts';

const exec = promisify(execFile);
const GOOD = `${KEY}\n${SPOT_SECRET}\n`;

const messageOf = (path: string): Promise<string> =>
  readKeyFile(path).then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('readKeyFile', () => {
  it.each([
    ['with a line break at its end', GOOD],
    ['without', GOOD.trimEnd()],
    ['with blank lines at its end', `${GOOD}\n  \n`],
    ['from Windows', GOOD.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${GOOD}`],
  ])('reads a file %s', async (_, text) => {
    await using scratch = await createScratch();
    const path = await writeWithMode(join(scratch.path, 'kraken.key'), text);
    const credentials = await readKeyFile(path);
    expect(credentials).toMatchObject({ venue: 'spot', environment: 'live', key: KEY });
    expect(credentials.secret.expose()).toBe(SPOT_SECRET);
  });

  it('follows a link to the file that counts, and takes venue and environment', async () => {
    await using scratch = await createScratch();
    const path = join(scratch.path, 'link');
    await symlink(await writeWithMode(join(scratch.path, 'kraken.key'), GOOD, 0o400), path);
    const options = { venue: 'futures', environment: 'sandbox' } as const;
    expect(await readKeyFile(path, options)).toMatchObject(options);
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777])(
    'refuses a file of mode %o, with the command that mends it',
    async (mode) => {
      await using scratch = await createScratch();
      const path = await writeWithMode(join(scratch.path, 'kraken.key'), GOOD, mode);
      expect(await messageOf(path)).toBe(
        `Others than you may read or change ${path} (mode ${mode.toString(8)}). Run: chmod 600 ${path}`,
      );
    },
  );

  it('gives a command that a shell understands, whatever the path has in it', async () => {
    await using scratch = await createScratch();
    const path = await writeWithMode(join(scratch.path, "my key's $HOME;.key"), GOOD, 0o644);
    const command = (await messageOf(path)).split('Run: ')[1] ?? '';
    await exec('sh', ['-c', command]);
    expect((await readKeyFile(path)).key).toBe(KEY);
  });

  it.each([
    ['with one line', KEY, 'has one line'],
    ['with nothing in it', '', 'has one line'],
    ['with a third line', `${GOOD}third`, 'has something on line 3'],
  ])('refuses a file %s', async (_, text, message) => {
    await using scratch = await createScratch();
    const path = await writeWithMode(join(scratch.path, 'kraken.key'), text);
    expect(await messageOf(path)).toContain(message);
  });

  it.each([
    ['whose second line is empty', `${KEY}\n`, 'secret (line 2 of {path}) is empty'],
    ['whose second line is blank', `${KEY}\n \t\n`, 'secret (line 2 of {path}) is only whitespace'],
    ['that begins with an empty line', `\n${KEY}\n${SPOT_SECRET}`, 'has something on line 3'],
    [
      'with a space after the key',
      `${KEY} \n${SPOT_SECRET}`,
      'API key (line 1 of {path}) has white',
    ],
    ['with a space before the secret', `${KEY}\n ${SPOT_SECRET}`, 'begins or ends with whitespace'],
    ['with the two swapped', `${SPOT_SECRET}\n${KEY}`, 'the two are swapped'],
    ['with names before the values', `key=${KEY}\nsecret=${SPOT_SECRET}`, 'is not base64'],
    ['with line ends of an old Mac', GOOD.replaceAll('\n', '\r'), 'has one line'],
  ])('says what is wrong with a file %s', async (_, text, message) => {
    await using scratch = await createScratch();
    const path = await writeWithMode(join(scratch.path, 'kraken.key'), text);
    expect(await messageOf(path)).toContain(message.replace('{path}', path));
  });

  it('refuses a file of two bytes a letter, as an editor of Windows may save it', async () => {
    await using scratch = await createScratch();
    const text = Buffer.from(`\uFEFF${GOOD}`, 'utf16le').toString('latin1');
    const path = join(scratch.path, 'kraken.key');
    await writeFile(path, text, { encoding: 'latin1', mode: 0o600 });
    expect(await messageOf(path)).toContain('Save it as UTF-8');
  });

  it('does not look for a folder named ~, and says so', async () => {
    expect(await messageOf('~/.kraken/kraken.key')).toContain('write the home directory out');
  });

  it('names the line that is malformed', async () => {
    await using scratch = await createScratch();
    const path = await writeWithMode(join(scratch.path, 'kraken.key'), `${KEY}\n${SPOT_SECRET} `);
    expect(await messageOf(path)).toContain(`line 2 of ${path}`);
  });

  it('says how to make the file that is not there', async () => {
    await using scratch = await createScratch();
    const path = keyFilePath(scratch.path);
    expect(path).toBe(join(scratch.path, '.kraken', 'kraken.key'));
    expect(await messageOf(path)).toContain(`There is no ${path}.`);
    expect(await messageOf(path)).toContain(`chmod 600 ${path}`);
  });

  it('does not wait for the writer of a named pipe', async () => {
    await using scratch = await createScratch();
    const path = join(scratch.path, 'pipe');
    await exec('mkfifo', ['-m', '600', path]);
    expect(await messageOf(path)).toBe(`${path} is not a file.`);
  });

  it('says why the system refused', async () => {
    await using scratch = await createScratch();
    const file = await writeWithMode(join(scratch.path, 'kraken.key'), GOOD, 0o600);
    await chmod(file, 0o600);
    const error: unknown = await readKeyFile(join(file, 'below')).catch((e: unknown) => e);
    expect(isAuthError(error, 'KEY_FILE_UNREADABLE')).toBe(true);
    expect((error as Error).message).toContain('ENOTDIR');
  });
});
