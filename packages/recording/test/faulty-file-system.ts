import { type JournalFileSystem, nodeFileSystem } from '../src/journal/file-system.ts';

/** The real file system, with calls written down and one that fails. */
export interface FaultyFileSystem extends JournalFileSystem {
  readonly calls: string[];
  /** Every `operation` fails from now on, after as many more bytes as `room` allows to be written. */
  fail(operation: 'write' | 'datasync' | 'open', code: string, room?: number): void;
  /** Holds asynchronous writes until the returned function is called. */
  holdWrites(): () => void;
}

export function createFaultyFileSystem(): FaultyFileSystem {
  const calls: string[] = [];
  const failing = new Map<string, string>();
  let room = Infinity;
  let held: Promise<void> | undefined;

  const check = (operation: string): void => {
    const code = failing.get(operation);
    if (code !== undefined) throw Object.assign(new Error(`${code}: injected`), { code });
  };
  /** How much of a write fits; a full disk takes a part and fails the next time. */
  const take = (bytes: Uint8Array): Uint8Array => {
    if (!failing.has('write')) return bytes;
    if (room === 0) check('write');
    const part = bytes.subarray(0, Math.min(room, bytes.length));
    room -= part.length;
    return part;
  };
  return {
    ...nodeFileSystem,
    calls,
    fail: (operation, code, newRoom = 0) => {
      failing.set(operation, code);
      room = newRoom;
    },
    holdWrites: () => {
      const releases: (() => void)[] = [];
      held = new Promise((resolve) => {
        releases.push(resolve);
      });
      return () => {
        held = undefined;
        for (const release of releases) release();
      };
    },
    open: (path) => {
      calls.push('open');
      check('open');
      return nodeFileSystem.open(path);
    },
    write: async (fd, bytes, position) => {
      calls.push('write');
      if (held !== undefined) await held;
      return nodeFileSystem.write(fd, take(bytes), position);
    },
    writeSync: (fd, bytes, position) => {
      calls.push('writeSync');
      return nodeFileSystem.writeSync(fd, take(bytes), position);
    },
    datasync: async (fd) => {
      calls.push('datasync');
      check('datasync');
      await nodeFileSystem.datasync(fd);
    },
    datasyncSync: (fd) => {
      calls.push('datasyncSync');
      check('datasync');
      nodeFileSystem.datasyncSync(fd);
    },
    syncDirectory: async (directory) => {
      calls.push('syncDirectory');
      await nodeFileSystem.syncDirectory(directory);
    },
  };
}
