import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDeferred } from '../test/deferred.ts';
import { FakeClock } from '../test/fake-clock.ts';
import { createScratch } from '../test/scratch.ts';
import { KEY } from '../test/vectors.ts';
import { createFileNonceStore, type FileNonceStore } from './file-nonce-store.node.ts';
import { createNonceSource } from './nonce-source.ts';

const NOW = 1_700_000_000_000_000_000n;
const open = (directory: string, key = KEY): FileNonceStore =>
  createFileNonceStore({ directory, key, timers: globalThis });
const sourceOf = (store: FileNonceStore, nowNs = NOW) =>
  createNonceSource({ clock: new FakeClock(nowNs), store });

/** Until another store waits for the turn that this one holds. */
const untilWaitedFor = async (store: FileNonceStore): Promise<void> => {
  while (store.waitingElsewhere === 0) await new Promise((resolve) => setImmediate(resolve));
};

describe('createFileNonceStore', () => {
  it('opens nothing until the first nonce is taken', async () => {
    await using scratch = await createScratch();
    await using store = open(join(scratch.path, 'nonces'));
    expect(await readdir(scratch.path)).toEqual([]);
    await sourceOf(store).next();
    expect(await readdir(scratch.path)).toEqual(['nonces']);
  });

  it('goes on above the last run, though the clock was set back meanwhile', async () => {
    await using scratch = await createScratch();
    const first = open(scratch.path);
    expect(await sourceOf(first).next()).toBe(NOW);
    await first.close();
    await using second = open(scratch.path);
    const nonces = sourceOf(second, NOW - 10n ** 15n);
    expect(await nonces.next()).toBe(NOW + 1n);
    expect(await nonces.withNonce(async (nonce) => nonce)).toBe(NOW + 2n);
  });

  it('goes on above a run that never closed its store', async () => {
    await using scratch = await createScratch();
    await sourceOf(open(scratch.path)).next();
    await using second = open(scratch.path);
    expect(await sourceOf(second, 5n).next()).toBe(NOW + 1n);
  });

  it('remembers what a source was raised to', async () => {
    await using scratch = await createScratch();
    await using store = open(scratch.path);
    const nonces = sourceOf(store);
    nonces.raiseTo(NOW + 1000n);
    expect(await nonces.next()).toBe(NOW + 1001n);
    await using other = open(scratch.path);
    expect(await sourceOf(other).next()).toBe(NOW + 1002n);
  });

  it('keeps keys apart, and writes none of them down', async () => {
    await using scratch = await createScratch();
    await using a = open(scratch.path, KEY);
    await using b = open(scratch.path, `B${KEY}`);
    expect([await sourceOf(a).next(), await sourceOf(b).next()]).toEqual([NOW, NOW]);
    const names = await readdir(scratch.path, { recursive: true });
    for (const name of names) expect(name).not.toContain(KEY.slice(0, 8));
    const turns = names.filter((name) => name.endsWith('.turn'));
    expect(turns).toHaveLength(2);
    for (const name of turns) {
      expect(await readFile(join(scratch.path, name), 'utf8')).toBe(`{"nonce":"${NOW}"}`);
    }
  });

  it('lets one holder in at a time among eight stores, and its nonces strictly increase', async () => {
    await using scratch = await createScratch();
    const stores = Array.from({ length: 8 }, () => open(scratch.path));
    const given: bigint[] = [];
    let inside = 0;
    await Promise.all(
      stores.flatMap((store, index) => {
        // Each has a clock of its own, and they disagree.
        const nonces = sourceOf(store, NOW - BigInt(index) * 10n ** 12n);
        return Array.from({ length: 10 }, () =>
          nonces.withNonce(async (nonce) => {
            inside += 1;
            expect(inside).toBe(1);
            await readdir(scratch.path);
            given.push(nonce);
            inside -= 1;
          }),
        );
      }),
    );
    expect(given).toHaveLength(80);
    // Not one by one: a store whose clock is ahead of all nonces so far jumps to it.
    const sorted = [...new Set(given)].toSorted((one, other) => (one < other ? -1 : 1));
    expect(given).toEqual(sorted);
    await Promise.all(stores.map((store) => store.close()));
    const [id = ''] = await readdir(scratch.path);
    expect((await readdir(join(scratch.path, id))).filter((name) => !/^\d+\./.test(name))).toEqual(
      [],
    );
  });

  it('lets another store have its turn between two of a busy one', async () => {
    await using scratch = await createScratch();
    // Time never runs out: the busy one waits until the other has had its try.
    const timers = { setTimeout: () => 0, clearTimeout: () => undefined };
    await using busy = createFileNonceStore({ directory: scratch.path, key: KEY, timers });
    await using other = open(scratch.path);
    const order: string[] = [];
    const [busyNonces, otherNonces] = [sourceOf(busy), sourceOf(other)];
    const [inside, released] = [createDeferred(), createDeferred()];
    const first = busyNonces.withNonce(async () => {
      inside.resolve();
      await released.promise;
    });
    await inside.promise;
    const rest = Array.from({ length: 5 }, () =>
      busyNonces.withNonce(async () => {
        order.push('busy');
      }),
    );
    const waiting = otherNonces.withNonce(async () => {
      order.push('other');
    });
    await untilWaitedFor(busy);
    released.resolve();
    await Promise.all([first, waiting, ...rest]);
    expect(order).toEqual(['other', 'busy', 'busy', 'busy', 'busy', 'busy']);
  });

  it('gives up waiting for another store when the signal aborts, and takes part again later', async () => {
    await using scratch = await createScratch();
    await using holder = open(scratch.path);
    await using waiter = open(scratch.path);
    const controller = new AbortController();
    const reason = new Error('enough');
    const [inside, finished] = [createDeferred(), createDeferred()];
    const held = sourceOf(holder).withNonce(() => {
      inside.resolve();
      return finished.promise;
    });
    await inside.promise;
    const nonces = sourceOf(waiter);
    const waiting = nonces.next({ signal: controller.signal });
    const queued = nonces.next({ signal: controller.signal });
    const patient = nonces.next();
    expect(waiter.waiting).toBe(2);
    const outcomes = Promise.allSettled([waiting, queued]);
    await untilWaitedFor(holder);
    controller.abort(reason);
    expect(await outcomes).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    finished.resolve();
    await held;
    expect(await patient).toBe(NOW + 1n);
  });

  it('passes on a turn whose end its holder could not write down', async () => {
    await using scratch = await createScratch();
    await using holder = open(scratch.path);
    await using other = open(scratch.path);
    const nonces = sourceOf(holder);
    const [id = ''] = await nonces.next().then(() => readdir(scratch.path));
    await using gone = await createScratch();
    const { rename } = await import('node:fs/promises');
    const broken = nonces.withNonce(() => rename(join(scratch.path, id), join(gone.path, id)));
    await expect(broken).rejects.toMatchObject({ code: 'NONCE_STORE_FAILED' });
    await rename(join(gone.path, id), join(scratch.path, id));
    expect(await sourceOf(other).next()).toBe(NOW + 2n);
    expect(await nonces.next()).toBe(NOW + 3n);
  });

  it('says what failed when the directory is gone', async () => {
    await using scratch = await createScratch();
    await using store = open(scratch.path);
    const nonces = sourceOf(store);
    await nonces.next();
    const [id = ''] = await readdir(scratch.path);
    await rm(join(scratch.path, id), { recursive: true });
    await expect(nonces.next()).rejects.toThrow(/cannot be used \(ENOENT\)/);
    await expect(nonces.next()).rejects.toMatchObject({
      code: 'NONCE_STORE_FAILED',
      context: { path: join(scratch.path, id) },
    });
  });

  it('closes once, after the turn that runs, and refuses those who still wait', async () => {
    await using scratch = await createScratch();
    const store = open(scratch.path);
    const nonces = sourceOf(store);
    const [inside, finished] = [createDeferred(), createDeferred()];
    const held = nonces.withNonce(async () => {
      inside.resolve();
      await finished.promise;
    });
    await inside.promise;
    const waiting = Promise.allSettled([nonces.next()]);
    const closed = Promise.all([store.close(), store.close()]);
    finished.resolve();
    await Promise.all([held, closed]);
    expect(await waiting).toMatchObject([{ reason: { code: 'NONCE_STORE_CLOSED' } }]);
    await expect(nonces.next()).rejects.toMatchObject({ code: 'NONCE_STORE_CLOSED' });
  });
});
