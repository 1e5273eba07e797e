import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScratch } from '../test/scratch.ts';
import { TurnFiles } from './turn-files.node.ts';

const turn = (generation: number, owner?: string) => ({
  generation,
  nonce: BigInt(generation) * 100n,
  owner,
});

describe('TurnFiles', () => {
  it('has no turn in an empty directory', async () => {
    await using scratch = await createScratch();
    expect(await new TurnFiles(scratch.path, 'a').top()).toBeUndefined();
  });

  it('tells the others who holds the turn, and when it is over', async () => {
    await using scratch = await createScratch();
    const [a, b] = [new TurnFiles(scratch.path, 'a'), new TurnFiles(scratch.path, 'b')];
    expect(await a.claim(turn(1, 'a'))).toBe(true);
    expect(await b.top()).toEqual(turn(1, 'a'));
    await a.release(1);
    expect(await b.top()).toEqual(turn(1));
  });

  it('gives a number to one alone', async () => {
    await using scratch = await createScratch();
    const files = Array.from({ length: 8 }, (_, index) => new TurnFiles(scratch.path, `${index}`));
    const won = await Promise.all(files.map((each, index) => each.claim(turn(1, `${index}`))));
    expect(won.filter(Boolean)).toEqual([true]);
    expect((await files[0]?.top())?.owner).toBe(String(won.indexOf(true)));
  });

  it('refuses a number that an old list suggests, and leaves the highest turn alone', async () => {
    await using scratch = await createScratch();
    const [a, late] = [new TurnFiles(scratch.path, 'a'), new TurnFiles(scratch.path, 'late')];
    for (const generation of [1, 2, 3]) expect(await a.claim(turn(generation))).toBe(true);
    // 1 and 2 are swept away: their names are free again, and still nobody gets them.
    expect(await late.claim(turn(1, 'late'))).toBe(false);
    expect(await late.claim(turn(2, 'late'))).toBe(false);
    expect(await late.claim(turn(3, 'late'))).toBe(false);
    expect(await late.top()).toEqual(turn(3));
    expect(await late.claim(turn(4, 'late'))).toBe(true);
  });

  it('keeps the last turn only, and removes its draft when closed', async () => {
    await using scratch = await createScratch();
    const files = new TurnFiles(scratch.path, 'a');
    for (const generation of [1, 2, 3, 4, 5]) {
      await files.claim(turn(generation, 'a'));
      await files.release(generation);
    }
    await files.close();
    expect((await readdir(scratch.path)).toSorted()).toEqual(['5.over', '5.turn']);
  });

  it.each(['', '{"nonce":', '{}', '{"nonce":"x"}', 'null', '\0\0\0\0'])(
    'takes a turn that a power cut left as %j for one that is over',
    async (text) => {
      await using scratch = await createScratch();
      await writeFile(join(scratch.path, '7.turn'), text);
      const files = new TurnFiles(scratch.path, 'a');
      expect(await files.top()).toEqual({ generation: 7, nonce: undefined, owner: undefined });
      expect(await files.claim(turn(8))).toBe(true);
    },
  );

  it('leaves files of other names alone', async () => {
    await using scratch = await createScratch();
    await writeFile(join(scratch.path, 'x9.turn'), '');
    await writeFile(join(scratch.path, '10.turn.bak'), '');
    const files = new TurnFiles(scratch.path, 'a');
    expect(await files.top()).toBeUndefined();
    expect(await files.claim(turn(1))).toBe(true);
    expect(await readdir(scratch.path)).toHaveLength(4);
  });
});
