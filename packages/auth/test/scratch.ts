import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is gone when the block ends. */
export async function createScratch(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'kr-auth-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Writes a file with exactly these rights, whatever the umask. */
export async function writeWithMode(path: string, text: string, mode = 0o600): Promise<string> {
  const { chmod } = await import('node:fs/promises');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}
