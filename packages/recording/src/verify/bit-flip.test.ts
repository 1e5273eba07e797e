import { expect, it } from 'vitest';
import { flipBits } from '../../test/flip.ts';
import { createRandom } from '../../test/kill.ts';

it('finds each of 60 random flipped bits of a recording, and reads what is after it', async () => {
  await expect(flipBits(60, createRandom(3))).resolves.toBeUndefined();
});
