import { describe, expect, it } from 'vitest';
import { playMarket } from '../../test/market-script.ts';
import { createRandom } from '../connection/random.ts';

describe('a market under seeded faults', () => {
  it.each([3, 4])(
    'ends with verified books and every missing update inside a reported gap (seed %i)',
    async (seed) => {
      const { wrong, states } = await playMarket(createRandom(BigInt(seed)), 5);
      expect(wrong).toStrictEqual([]);
      expect(states).toBeGreaterThan(20);
    },
  );
});
