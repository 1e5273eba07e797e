import { describe, expect, it } from 'vitest';
import { runMarket } from '../../test/hour.ts';

const SHORT = { symbols: 6, seconds: 6, rate: 50, referenceDepth: 100 } as const;

describe('a market on a stepped clock', () => {
  it('sends the same bytes for the same seed, all of which verify, and others for another', async () => {
    const first = await runMarket({ seed: 'hour', ...SHORT });
    expect(first.mismatches).toEqual([]);
    expect(first.byEngine).toBeGreaterThan(1_000);
    expect(first.byReference).toBeGreaterThan(500);
    expect(await runMarket({ seed: 'hour', ...SHORT })).toEqual(first);
    expect((await runMarket({ seed: 'other', ...SHORT })).digest).not.toBe(first.digest);
  });
});
