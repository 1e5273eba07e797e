import { describe, expect, it } from 'vitest';
import { playFaults } from '../../test/fault-script.ts';
import { createRandom } from './random.ts';

describe('seeded faults', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'leave nothing lost, doubled or forgotten (seed %i)',
    async (seed) => {
      const { faults, frames } = await playFaults(createRandom(BigInt(seed)), 40);
      expect(faults).toStrictEqual([]);
      expect(frames).toBeGreaterThan(10);
    },
  );
});
