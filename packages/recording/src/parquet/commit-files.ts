import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { nodeFileSystem } from '../journal/file-system.ts';
import type { DerivedSegment } from './derived-ledger.ts';

/** Makes everything below `staging` durable, and moves it to the same place below `to`. */
export async function commitFiles(staging: string, to: string): Promise<DerivedSegment['files']> {
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const files: { path: string; bytes: number; sha256: string }[] = [];
  const directories = new Set<string>();
  for (const entry of entries.filter((item) => item.isFile())) {
    const from = join(entry.parentPath, entry.name);
    const path = relative(staging, from);
    await syncFile(from);
    const { size: bytes } = await stat(from);
    files.push({ path, bytes, sha256: await sha256Of(from) });
    const target = join(to, path);
    await nodeFileSystem.makeDirectory(dirname(target));
    await rename(from, target);
    directories.add(dirname(target));
  }
  for (const directory of directories) await nodeFileSystem.syncDirectory(directory);
  await rm(staging, { recursive: true, force: true });
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
