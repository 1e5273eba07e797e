import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startModule } from '../test/child.ts';
import { createScratch } from '../test/scratch.ts';
import { Presence, watchOwner } from './presence.node.ts';

const LONG_AGO = new Date(0);

describe('Presence', () => {
  it('is seen while it listens, and not after', async () => {
    await using scratch = await createScratch();
    expect(await watchOwner(scratch.path, 'aa')).toBeUndefined();
    const presence = await Presence.listen(scratch.path, 'aa');
    const watch = await watchOwner(scratch.path, 'aa');
    expect(watch).toBeDefined();
    await presence.close();
    await watch?.ended;
    watch?.close();
    expect(await watchOwner(scratch.path, 'aa')).toBeUndefined();
    expect(await readdir(scratch.path)).toEqual([]);
  });

  it('tells those who wait when the turn is over, and at once when there is none', async () => {
    await using scratch = await createScratch();
    const presence = await Presence.listen(scratch.path, 'aa');
    presence.hold();
    const early = await watchOwner(scratch.path, 'aa');
    while (presence.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    presence.release();
    const late = await watchOwner(scratch.path, 'aa');
    await Promise.all([early?.ended, late?.ended]);
    expect(presence.waiting).toBe(0);
    await presence.close();
  });

  it('is not seen any more once its process is dead, though its socket lies there', async () => {
    await using scratch = await createScratch();
    const path = join(scratch.path, 'dd.sock');
    await using child = startModule(
      `import { createServer } from 'node:net';
       createServer().listen(process.argv[1], () => console.log('listening'));`,
      [path],
    );
    await child.line();
    const watch = await watchOwner(scratch.path, 'dd');
    child.process.kill('SIGKILL');
    await watch?.ended;
    await child.exit;
    expect(existsSync(path)).toBe(true);
    expect(await watchOwner(scratch.path, 'dd')).toBeUndefined();
  });

  it('sweeps what dead processes left, and neither what is young nor what answers', async () => {
    await using scratch = await createScratch();
    const at = (name: string) => join(scratch.path, name);
    const alive = createServer().listen(at('a1.sock'));
    await once(alive, 'listening');
    for (const name of ['b2.sock', 'b2.draft', 'c3.sock', 'other.sock']) {
      await writeFile(at(name), '');
    }
    for (const name of ['a1.sock', 'b2.sock', 'other.sock']) {
      await utimes(at(name), LONG_AGO, LONG_AGO);
    }
    const presence = await Presence.listen(scratch.path, 'ee');
    expect((await readdir(scratch.path)).toSorted()).toEqual([
      'a1.sock',
      'c3.sock',
      'ee.sock',
      'other.sock',
    ]);
    await presence.close();
    alive.close();
  });
});
