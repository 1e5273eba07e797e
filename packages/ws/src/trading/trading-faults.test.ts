import { describe, expect, it } from 'vitest';
import { playTrading } from '../../test/trading-script.ts';
import { createRandom } from '../connection/random.ts';

describe('a desk under seeded faults', () => {
  it.each([1, 2])(
    'has no order twice and none lost, and every outcome is so (seed %i)',
    async (seed) => {
      const { wrong, sent } = await playTrading(createRandom(BigInt(seed)), 10);
      expect(wrong).toStrictEqual([]);
      expect(sent).toBeGreaterThan(3);
    },
    // Many small turns of real sockets: a loaded machine takes long for them.
    180_000,
  );
});
