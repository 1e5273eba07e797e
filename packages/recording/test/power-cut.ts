import { mkdir, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { type JournalFileSystem, nodeFileSystem } from '../src/journal/file-system.ts';
import { verify } from '../src/verify/verify.ts';
import { verdictExitCode } from '../src/verify/verify-report.ts';
import { BookFeed } from './book-feed.ts';
import { feedTexts } from './recorded.ts';
import { createManualTimers, only, openWriter, readAll, START_NS, textFrame } from './support.ts';

interface Kept {
  length: number;
  synced: number;
  /** The name is durable. */
  named: boolean;
}

/** The machine's file system, of which a power cut takes what was not synced. */
class CutFileSystem {
  readonly #files = new Map<string, Kept>();
  readonly #paths = new Map<number, string>();
  #isOff = false;

  readonly fileSystem: JournalFileSystem = {
    ...nodeFileSystem,
    open: (path) => {
      this.#assertOn();
      const fd = nodeFileSystem.open(path);
      this.#paths.set(fd, path);
      if (!this.#files.has(path)) this.#files.set(path, { length: 0, synced: 0, named: false });
      return fd;
    },
    write: async (fd, bytes, position) => {
      this.#assertOn();
      this.#onWrite(fd, position + bytes.length);
      return await nodeFileSystem.write(fd, bytes, position);
    },
    writeSync: (fd, bytes, position) => {
      this.#assertOn();
      this.#onWrite(fd, position + bytes.length);
      return nodeFileSystem.writeSync(fd, bytes, position);
    },
    datasync: async (fd) => {
      this.#assertOn();
      const file = this.#of(fd);
      const { length } = file;
      await nodeFileSystem.datasync(fd);
      this.#assertOn();
      file.synced = Math.max(file.synced, length);
    },
    datasyncSync: (fd) => {
      this.#assertOn();
      nodeFileSystem.datasyncSync(fd);
      const file = this.#of(fd);
      file.synced = file.length;
    },
    syncDirectorySync: (directory) => {
      this.#assertOn();
      nodeFileSystem.syncDirectorySync(directory);
      this.#onDirectory(directory);
    },
    syncDirectory: async (directory) => {
      this.#assertOn();
      await nodeFileSystem.syncDirectory(directory);
      this.#onDirectory(directory);
    },
    truncate: async (path, length) => {
      this.#assertOn();
      await nodeFileSystem.truncate(path, length);
      const file = this.#files.get(path);
      if (file !== undefined) [file.length, file.synced] = [length, length];
    },
    remove: async (path) => {
      this.#assertOn();
      this.#files.delete(path);
      await nodeFileSystem.remove(path);
    },
  };

  /** Nothing works any more; of each file a part of what was not synced is left, or not even its name. */
  async cut(random: () => number): Promise<void> {
    this.#isOff = true;
    for (const [path, { length, synced, named }] of this.#files) {
      if (!named && random() < 0.5) await rm(path, { force: true });
      else if (length > synced) {
        await truncate(path, synced + Math.floor(random() * (length - synced + 1))).catch(
          () => undefined,
        );
      }
    }
  }

  #onDirectory(directory: string): void {
    for (const [path, file] of this.#files) if (dirname(path) === directory) file.named = true;
  }

  #onWrite(fd: number, end: number): void {
    const file = this.#of(fd);
    file.length = Math.max(file.length, end);
  }

  #of(fd: number): Kept {
    const kept = this.#files.get(this.#paths.get(fd) ?? '');
    if (kept === undefined) throw new Error('a file that was never opened');
    return kept;
  }

  #assertOn(): void {
    if (this.#isOff) throw Object.assign(new Error('EIO: the power is off'), { code: 'EIO' });
  }
}

/**
 * Cuts the power again and again while a recorder writes: what was durable must be there after each, in
 * order, and everything must verify at the end. Returns the frames that are there.
 */
export async function cutRepeatedly(
  directory: string,
  count: number,
  random: () => number,
): Promise<number> {
  await mkdir(directory, { recursive: true });
  const durable = new Map<number, number>();
  for (let round = 0; round < count; round += 1) {
    const machine = new CutFileSystem();
    const timers = createManualTimers();
    const writer = await openWriter(directory, {
      ...{ fileSystem: machine.fileSystem, timers, bufferBytes: 8192, onError: () => undefined },
      rotate: { maxBytes: 3000 + Math.floor(random() * 60_000) },
    });
    const connectionId = writer.nextConnectionId;
    const texts = feedTexts(new BookFeed('BTC/USD'), Math.floor(random() * 300));
    for (const [at, text] of texts.entries()) {
      const wallNs = START_NS + BigInt(round) * 1_000_000_000n + BigInt(at) * 1_000_000n;
      writer.append(textFrame(text, at, connectionId, wallNs));
      if (random() < 0.1) timers.advance(25);
      if (random() < 0.02) await writer.flush();
      if (random() < 0.2) await new Promise(setImmediate);
    }
    const { frames } = writer.stats.durable;
    await machine.cut(random);
    durable.set(connectionId, frames);
    await writer.close().catch(() => undefined);
    await rm(join(directory, 'writer.lock'), { force: true });
  }
  await (await openWriter(directory)).close();
  const all = only(await readAll(directory), 'frame').map(({ frame }) => frame);
  for (const [connectionId, frames] of durable) {
    const own = all.filter((frame) => frame.connectionId === connectionId);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, at) => at));
    expect(own.length).toBeGreaterThanOrEqual(frames);
  }
  const report = await verify(directory);
  expect(report).toMatchObject({ damage: [], holes: [], checksums: { mismatched: 0 } });
  expect(new Set(report.segments.map(({ verdict }) => verdict))).toEqual(new Set(['proved']));
  expect(verdictExitCode(report)).toBe(0);
  return all.length;
}
