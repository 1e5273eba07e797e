import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeFileSystem } from './file-system.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-file-system-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('makeDirectory', () => {
  it('creates a directory and those above it, and takes one that is there', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    await nodeFileSystem.makeDirectory(deep);
    await nodeFileSystem.makeDirectory(deep);
    expect((await stat(deep)).isDirectory()).toBe(true);
  });

  it('refuses a file in its place, and a file above it', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(nodeFileSystem.makeDirectory(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(nodeFileSystem.makeDirectory(join(file, 'x'))).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  it.runIf(existsSync('/proc/self'))('ends where new names are refused with ENOENT', async () => {
    const refused = nodeFileSystem.makeDirectory('/proc/kr-recording/a');
    await expect(refused).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
