import { describe, expect, it } from 'vitest';
import { playKills } from '../../test/kill-script.ts';
import { createRandom } from '../connection/random.ts';

describe('two connections, of which either is killed at random', () => {
  it('show verified books and every trade once, in order, batched alike or not, and tell no gap', async () => {
    const { wrong, states, switches } = await playKills(createRandom(1n), 5);
    expect(wrong).toStrictEqual([]);
    expect(states).toBeGreaterThan(100);
    expect(switches).toBeGreaterThan(0);
  });
});
