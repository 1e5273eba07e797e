import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openWriter, temporaryDirectory } from '../../test/support.ts';
import { linuxProcessTable, type ProcessTable, signalProcessTable } from './process-table.ts';
import { acquireWriterLock, isBeingWritten, LOCK_NAME } from './writer-lock.ts';

const running: ProcessTable = { pid: 100, isRunning: () => true, startOf: () => 'boot/1' };
const others: ProcessTable = { pid: 200, isRunning: (pid) => pid === 200 };

describe('acquireWriterLock', () => {
  it('keeps a second writer out until the first releases', async () => {
    await using directory = await temporaryDirectory();
    const lock = await acquireWriterLock(directory.path, running);
    expect(await isBeingWritten(directory.path, running)).toBe(true);
    await expect(acquireWriterLock(directory.path, running)).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining('process 100'),
    });
    await lock.release();
    expect(await isBeingWritten(directory.path, running)).toBe(false);
    await (await acquireWriterLock(directory.path, running)).release();
    expect(await readdir(directory.path)).toEqual([]);
  });

  it('takes over from a process that is gone', async () => {
    await using directory = await temporaryDirectory();
    const dead = await acquireWriterLock(directory.path, running);
    const lock = await acquireWriterLock(directory.path, others);
    await dead.release();
    expect(await isBeingWritten(directory.path, others)).toBe(true);
    await lock.release();
  });

  it('takes over where the pid now belongs to another process', async () => {
    await using directory = await temporaryDirectory();
    await acquireWriterLock(directory.path, running);
    const later: ProcessTable = { ...running, startOf: () => 'boot/2' };
    const lock = await acquireWriterLock(directory.path, later);
    expect(await isBeingWritten(directory.path, later)).toBe(true);
    await lock.release();
  });

  it('goes on where a process died while it was taking over', async () => {
    await using directory = await temporaryDirectory();
    const dead = JSON.stringify({ id: 'x', pid: 1, host: hostname() });
    await writeFile(directory.join(LOCK_NAME), dead);
    await writeFile(directory.join(`${LOCK_NAME}.takeover`), dead);
    await (await acquireWriterLock(directory.path, others)).release();
    expect(await readdir(directory.path)).toEqual([]);
  });

  it('leaves a lock alone that it cannot judge', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.join(LOCK_NAME);
    const holders = [
      'not JSON',
      JSON.stringify({ id: 'x', pid: 1, host: `${hostname()}-not` }),
      JSON.stringify({ id: 'x', host: hostname() }),
      JSON.stringify({ id: 'x', pid: -200, host: hostname() }),
    ];
    for (const text of holders) {
      await writeFile(path, text);
      await expect(acquireWriterLock(directory.path, others)).rejects.toMatchObject({
        code: 'LOCKED',
      });
      expect(await readFile(path, 'utf8')).toBe(text);
    }
    await writeFile(path, JSON.stringify({ id: 'x', pid: 1, host: hostname() }));
    await expect(acquireWriterLock(directory.path, undefined)).rejects.toMatchObject({
      code: 'LOCKED',
    });
  });

  it('lets one in of many that come at once, over a stale lock too', async () => {
    await using directory = await temporaryDirectory();
    for (let round = 0; round < 10; round += 1) {
      await writeFile(
        directory.join(LOCK_NAME),
        JSON.stringify({ id: 'x', pid: 1, host: hostname() }),
      );
      const tries = Array.from({ length: 8 }, () => acquireWriterLock(directory.path, others));
      const results = await Promise.allSettled(tries);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('isBeingWritten', () => {
  it('is true only for a process of this host that runs and is the one that took the lock', async () => {
    await using directory = await temporaryDirectory();
    const host = hostname();
    const cases: [unknown, ProcessTable | undefined, boolean][] = [
      [{ id: 'x', pid: 100, start: 'boot/1', host }, running, true],
      [{ id: 'x', pid: 200, host }, others, true],
      [{ id: 'x', pid: 100, start: 'boot/0', host }, running, false],
      [{ id: 'x', pid: 100, host }, running, false],
      [
        { id: 'x', pid: 100, start: 'boot/1', host },
        { ...running, startOf: () => undefined },
        false,
      ],
      [{ id: 'x', pid: 201, host }, others, false],
      [{ id: 'x', pid: 100, start: 'boot/1', host: `${host}-not` }, running, false],
      [{ id: 'x', pid: 100, start: 'boot/1', host }, undefined, false],
      [{ id: 'x', pid: 0, host }, { ...others, isRunning: () => true }, false],
      ['garbage', running, false],
    ];
    for (const [holder, processes, expected] of cases) {
      await writeFile(directory.join(LOCK_NAME), JSON.stringify(holder));
      expect([holder, await isBeingWritten(directory.path, processes)]).toEqual([holder, expected]);
    }
  });

  it('is false where the lock is no file', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join(LOCK_NAME));
    expect(await isBeingWritten(directory.path, running)).toBe(false);
    await expect(acquireWriterLock(directory.path, running)).rejects.toMatchObject({
      code: 'LOCKED',
    });
  });
});

describe('a directory that is being recorded into', () => {
  it('refuses a second writer and is free again after close', async () => {
    await using directory = await temporaryDirectory();
    const writer = await openWriter(directory.path);
    await expect(openWriter(directory.path)).rejects.toMatchObject({ code: 'LOCKED' });
    await writer.close();
    await (await openWriter(directory.path)).close();
  });
});

const answering = (code: string | undefined) =>
  signalProcessTable({
    pid: 7,
    kill: () => {
      if (code !== undefined) throw Object.assign(new Error(code), { code });
    },
  });

describe('signalProcessTable', () => {
  it('takes a process for running that a signal reaches, or would with more rights', () => {
    expect(answering(undefined).isRunning(1)).toBe(true);
    expect(answering('EPERM').isRunning(1)).toBe(true);
    expect(answering('ESRCH').isRunning(1)).toBe(false);
    expect(signalProcessTable(process).isRunning(process.pid)).toBe(true);
  });
});

describe('linuxProcessTable', () => {
  it('reads what /proc shows', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('42'));
    await mkdir(directory.join('sys/kernel/random'), { recursive: true });
    await symlink('42', directory.join('self'));
    await writeFile(directory.join('sys/kernel/random/boot_id'), 'b-o-o-t\n');
    const fields = Array.from({ length: 40 }, (_, at) => String(at + 3)).join(' ');
    await writeFile(directory.join('42/stat'), `42 (a) b (c)) ${fields}`);
    const table = linuxProcessTable(directory.path);
    expect(table?.pid).toBe(42);
    expect(table?.isRunning(42)).toBe(true);
    expect(table?.isRunning(43)).toBe(false);
    expect(table?.startOf?.(42)).toBe('b-o-o-t/22');
    expect(table?.startOf?.(43)).toBeUndefined();
    expect(linuxProcessTable(directory.join('nowhere'))).toBeUndefined();
  });

  it.skipIf(linuxProcessTable() === undefined)('knows this process', () => {
    expect(linuxProcessTable()).toMatchObject({ pid: process.pid });
    expect(linuxProcessTable()?.startOf?.(process.pid)).toMatch(/^[0-9a-f-]{36}\/\d+$/);
  });
});
