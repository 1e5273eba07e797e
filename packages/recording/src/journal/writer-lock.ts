import { randomUUID } from 'node:crypto';
import { link, lstat, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RecordingError, systemCodeOf } from '../errors.ts';
import { isObject } from '../format/segment-header.ts';
import type { ProcessTable } from './process-table.ts';

/** The lock's name within a recording. */
export const LOCK_NAME = 'writer.lock';

/** A held lock. */
export interface WriterLock {
  release(): Promise<void>;
}

interface Holder {
  readonly id: string;
  readonly pid: number | undefined;
  readonly start: string | undefined;
  readonly host: string;
}

const ATTEMPTS = 20;

/**
 * Takes the directory for this process: `link` either makes the lock's name, complete with its content,
 * or fails. A lock whose process is gone, as after a kill, is taken over.
 *
 * @throws RecordingError `LOCKED` while another writer runs, or may run where nobody can look.
 */
export async function acquireWriterLock(
  directory: string,
  processes: ProcessTable | undefined,
): Promise<WriterLock> {
  const path = join(directory, LOCK_NAME);
  const id = randomUUID();
  const own = `${path}.${id}`;
  const holder: Holder = {
    id,
    pid: processes?.pid,
    start: processes && processes.startOf?.(processes.pid),
    host: hostname(),
  };
  await writeFile(own, `${JSON.stringify(holder)}\n`, { flush: true });
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        await link(own, path);
        return { release: () => releaseLock(path, id) };
      } catch (error) {
        if (systemCodeOf(error) !== 'EEXIST') throw error;
      }
      const text = await readText(path);
      if (text === undefined) continue;
      if (judge(text, processes) !== 'stale') throw lockedError(path, text);
      await clearStale(path, text, own, processes);
    }
    throw lockedError(path, (await readText(path)) ?? '');
  } finally {
    await unlink(own);
  }
}

/**
 * Is a writer known to be at work on this directory? A lock that cannot be judged is none: who waives
 * checks for a writer must know that there is one.
 */
export async function isBeingWritten(
  directory: string,
  processes: ProcessTable | undefined,
): Promise<boolean> {
  let text: string | undefined;
  try {
    text = await readText(join(directory, LOCK_NAME));
  } catch {
    return false;
  }
  return text !== undefined && judge(text, processes) === 'held';
}

/**
 * - `held`: its process runs on this host, and is the one that took it;
 * - `stale`: its process is gone;
 * - `unknown`: broken by something else, of another host, or nobody can look.
 */
type LockState = 'held' | 'stale' | 'unknown';

function judge(text: string, processes: ProcessTable | undefined): LockState {
  const holder = parseHolder(text);
  if (holder === undefined || holder.host !== hostname()) return 'unknown';
  if (holder.pid === undefined || processes === undefined) return 'unknown';
  if (!processes.isRunning(holder.pid)) return 'stale';
  // A system that does not tell starts cannot tell a pid that was given out again either.
  if (processes.startOf === undefined) return 'held';
  const start = processes.startOf(holder.pid);
  if (start === undefined || holder.start === undefined) return 'unknown';
  return start === holder.start ? 'held' : 'stale';
}

/**
 * Removes a stale lock. Of several that want to, one at a time may look again and remove: else the slower
 * one would remove the lock that the faster one has taken meanwhile.
 */
async function clearStale(
  path: string,
  text: string,
  own: string,
  processes: ProcessTable | undefined,
): Promise<void> {
  const turn = `${path}.takeover`;
  try {
    await link(own, turn);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    const other = await readText(turn);
    if (other !== undefined && judge(other, processes) === 'stale') await moveAside(turn, other);
    return;
  }
  try {
    if ((await readText(path)) === text) await unlink(path);
  } finally {
    await unlink(turn);
  }
}

/** For the turn of a process that died within it. */
async function moveAside(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readText(aside)) !== text) await link(aside, path).catch(() => undefined);
  await unlink(aside);
}

async function releaseLock(path: string, id: string): Promise<void> {
  const text = await readText(path);
  if (text !== undefined && parseHolder(text)?.id === id) await unlink(path);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    // Anything but a file was not made by a writer; reading a pipe would wait for ever.
    if (!(await lstat(path)).isFile()) return '';
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { id, pid, start, host } = value;
  if (typeof id !== 'string' || typeof host !== 'string') return undefined;
  return {
    id,
    host,
    // 0 and below would ask for whole groups of processes.
    pid: Number.isSafeInteger(pid) && Number(pid) > 0 ? Number(pid) : undefined,
    start: typeof start === 'string' ? start : undefined,
  };
}

function lockedError(path: string, text: string): RecordingError {
  const holder = parseHolder(text);
  const who =
    holder === undefined ? 'an unknown writer' : `process ${holder.pid ?? '?'} on ${holder.host}`;
  return new RecordingError(
    'LOCKED',
    `The recording is being written by ${who}: ${path} says so. ` +
      'Stop that writer or record into another directory; if it is surely gone, delete the lock file.',
    { path },
  );
}
