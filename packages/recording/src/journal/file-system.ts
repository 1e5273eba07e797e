import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  write,
  writeSync,
} from 'node:fs';
import { mkdir, open, readdir, stat, truncate, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { systemCodeOf } from '../errors.ts';

/**
 * What the writer asks of a file system. {@link nodeFileSystem} is the real one; a test hands in one
 * that is full. The synchronous half is for the moments when a frame must be kept and no buffer is
 * left. Files are never opened with truncation: writing the same bytes at the same place again is
 * harmless, and the writer counts on it.
 */
export interface JournalFileSystem {
  /** Opens for writing and creates the file when it is missing. */
  open(path: string): number;
  /** Returns how many bytes were taken, which may be fewer than were given. */
  write(fd: number, bytes: Uint8Array, position: number): Promise<number>;
  writeSync(fd: number, bytes: Uint8Array, position: number): number;
  datasync(fd: number): Promise<void>;
  datasyncSync(fd: number): void;
  close(fd: number): void;
  /** Makes the names in a directory durable. */
  syncDirectory(directory: string): Promise<void>;
  syncDirectorySync(directory: string): void;
  truncate(path: string, length: number): Promise<void>;
  remove(path: string): Promise<void>;
  /** Creates a directory and those above it, durably. */
  makeDirectory(directory: string): Promise<void>;
  list(directory: string): Promise<string[]>;
  size(path: string): Promise<number>;
  /** Reads up to `into.length` bytes at `position` and returns how many. */
  read(path: string, into: Uint8Array, position: number): Promise<number>;
}

const writeAsync = promisify(write);
const datasyncAsync = promisify(fdatasync);

/** The machine's file system. */
export const nodeFileSystem: JournalFileSystem = {
  open: (path) => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644),
  write: async (fd, bytes, position) =>
    (await writeAsync(fd, bytes, 0, bytes.length, position)).bytesWritten,
  writeSync: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
  datasync: (fd) => datasyncAsync(fd),
  datasyncSync: fdatasyncSync,
  close: closeSync,
  syncDirectory,
  syncDirectorySync: (directory) => {
    try {
      const fd = openSync(directory, constants.O_RDONLY);
      try {
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      ignoreWhereDirectoriesCannotSync(error);
    }
  },
  truncate: async (path, length) => {
    await truncate(path, length);
    const file = await open(path, 'r+');
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  remove: unlink,
  makeDirectory,
  list: (directory) => readdir(directory),
  size: async (path) => (await stat(path)).size,
  read: async (path, into, position) => {
    const file = await open(path, 'r');
    try {
      return (await file.read(into, 0, into.length, position)).bytesRead;
    } finally {
      await file.close();
    }
  },
};

/**
 * Each new name stands, durably, in the directory above it. Not `mkdir` with `recursive`: that one never
 * ends where a file system refuses new names with ENOENT, as `/proc` does (seen on Node 20).
 */
async function makeDirectory(directory: string): Promise<void> {
  const above = dirname(resolve(directory));
  try {
    await mkdir(directory);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EEXIST' && (await isDirectory(directory))) return;
    if (code !== 'ENOENT' || (await isDirectory(above))) throw error;
    await makeDirectory(above);
    await mkdir(directory);
  }
  await syncDirectory(above);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    ignoreWhereDirectoriesCannotSync(error);
  }
}

/** Windows opens no directory and needs no such sync: NTFS journals its names itself. */
function ignoreWhereDirectoriesCannotSync(error: unknown): void {
  if (!['EISDIR', 'EPERM', 'EINVAL'].includes(systemCodeOf(error) ?? '')) throw error;
}
