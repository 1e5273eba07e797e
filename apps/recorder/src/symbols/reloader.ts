import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Timers } from '@kr/schemas/shared';

/** Editors write a file in several steps; this long after the last one it is read. */
const SETTLE_MS = 250;

export interface ReloaderOptions {
  /** Files whose change asks for a reload. */
  readonly files: readonly string[];
  readonly everyMs: number | undefined;
  readonly timers: Timers;
  /** Run one at a time; must not fail. */
  readonly reload: (why: string) => Promise<void>;
  readonly onNotice: (notice: string) => void;
}

export interface Reloader {
  /** Asks for one more; those asked for while one runs are one. */
  request(why: string): void;
  /** Resolves when the one that runs is over. */
  close(): Promise<void>;
}

/**
 * Reads the symbols again when a file changes, now and then, and when asked. Folders are watched, not
 * files: a file that is replaced, as editors and atomic writers do, is another one.
 */
export const createReloader = (options: ReloaderOptions): Reloader => {
  const { files, everyMs, timers, reload, onNotice } = options;
  let running: Promise<void> | undefined;
  let pending: string | undefined;
  let settling: unknown;
  let periodic: unknown;
  let isClosed = false;

  const run = async (): Promise<void> => {
    while (pending !== undefined) {
      const why = pending;
      pending = undefined;
      await reload(why);
    }
    running = undefined;
  };
  const request = (why: string): void => {
    if (isClosed) return;
    pending = why;
    running ??= run();
  };
  const schedule = (): void => {
    if (everyMs === undefined) return;
    periodic = timers.setTimeout(() => {
      request('it is time');
      schedule();
    }, everyMs);
  };
  const watchers = [...new Set(files.map((file) => dirname(file)))].map((folder) => {
    const names = new Set(files.filter((file) => dirname(file) === folder).map((f) => basename(f)));
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== null && !names.has(name)) return;
      timers.clearTimeout(settling);
      settling = timers.setTimeout(() => request(`${name ?? folder} changed`), SETTLE_MS);
    });
    watcher.on('error', (error) => {
      onNotice(`${folder} is not watched any more (${error.message}); SIGHUP still reads it again`);
    });
    return watcher;
  });
  schedule();
  return {
    request,
    close: async () => {
      isClosed = true;
      pending = undefined;
      timers.clearTimeout(settling);
      timers.clearTimeout(periodic);
      for (const watcher of watchers) watcher.close();
      await running;
    },
  };
};
