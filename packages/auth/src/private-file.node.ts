import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { AuthError } from './auth-error.ts';

const OTHERS_MAY_ANYTHING = 0o077;
const OTHERS_MAY_WRITE = 0o022;
/** A key file has some 150 bytes, a file of profiles a few thousand. */
const MAX_BYTES = 64 * 1024;
const TILDE = 'A shell alone knows what ~ is: write the home directory out. ';

/**
 * The text of a file that only its owner may read.
 *
 * @param hint What to write into one that is not there: `Put … on its first line`
 * @throws AuthError `KEY_FILE_NOT_FOUND`, `KEY_FILE_UNREADABLE`, `KEY_FILE_EXPOSED` (with the
 * `chmod` that mends it), `MALFORMED_KEY_FILE`
 */
export async function readPrivateFile(path: string, hint: string): Promise<string> {
  const file = await openFile(path, hint);
  try {
    // Of the open file, not of the path: nobody can exchange it in between.
    const stats = await file.stat();
    if (!stats.isFile()) {
      throw new AuthError('KEY_FILE_UNREADABLE', `${path} is not a file.`, { path });
    }
    assertMode(path, stats, OTHERS_MAY_ANYTHING, 'read or change');
    if (stats.size > MAX_BYTES) {
      const size = `${stats.size} bytes, and none has more than ${MAX_BYTES}`;
      throw new AuthError('MALFORMED_KEY_FILE', `${path} is no key file: it has ${size}.`, {
        path,
      });
    }
    const text = await file.readFile('utf8');
    // Two bytes a letter, every other of them nothing.
    if (text.includes('\0')) {
      const why = `${path} is no plain text: was it saved as UTF-16? Save it as UTF-8.`;
      throw new AuthError('MALFORMED_KEY_FILE', why, { path });
    }
    return text.replace(/^\uFEFF/, '');
  } finally {
    await file.close();
  }
}

/** @throws AuthError `KEY_FILE_EXPOSED` when others may put files into it */
export function assertPrivateDirectory(path: string, stats: Stats): void {
  assertMode(path, stats, OTHERS_MAY_WRITE, 'change');
}

function assertMode(path: string, stats: Stats, forbidden: number, verb: string): void {
  // Windows has no such bits: Node makes them up.
  if (platform() === 'win32' || (stats.mode & forbidden) === 0) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(3, '0');
  const command = `chmod ${stats.isDirectory() ? '700' : '600'} ${quote(path)}`;
  throw new AuthError(
    'KEY_FILE_EXPOSED',
    `Others than you may ${verb} ${path} (mode ${mode}). Run: ${command}`,
    { path },
  );
}

async function openFile(path: string, hint: string): Promise<FileHandle> {
  try {
    // A named pipe would otherwise wait for its writer.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new AuthError(
        'KEY_FILE_NOT_FOUND',
        `There is no ${path}. ${path.startsWith('~') ? TILDE : ''}${hint}, then: chmod 600 ${quote(path)}`,
        { path },
        { cause },
      );
    }
    throw new AuthError(
      'KEY_FILE_UNREADABLE',
      `${path} cannot be opened (${code ?? 'unknown'}).`,
      { path },
      { cause },
    );
  }
}

/** For a shell, whatever stands in the path. */
function quote(path: string): string {
  return /^[\w./@%+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
