import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nodeFileSystem } from '../journal/file-system.ts';
import { writing } from '../writing.ts';

/**
 * Replaces a file as a whole: a reader, and a crash, find the old one or the new one.
 *
 * @throws RecordingError `WRITE_FAILED`
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  return writing(path, () => replaceFile(path, data));
}

async function replaceFile(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await nodeFileSystem.syncDirectory(dirname(path));
}
