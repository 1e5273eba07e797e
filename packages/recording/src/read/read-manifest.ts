import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { MANIFEST_NAME, type Manifest, NO_MANIFEST, parseManifest } from '../format/manifest.ts';
import { readError } from './read-file.ts';

/** The manifest of a directory; an empty one where there is none. */
export async function readManifest(directory: string, live: boolean): Promise<Manifest> {
  const path = join(directory, MANIFEST_NAME);
  try {
    return parseManifest(await readFile(path), live);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return NO_MANIFEST;
    throw readError(path, error);
  }
}
