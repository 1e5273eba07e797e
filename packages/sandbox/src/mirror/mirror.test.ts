import { describe, expect, it } from 'vitest';
import { runMirror } from '../../test/mirror-run.ts';

describe.each(['book', 'level3'] as const)('a market mirrored from its %s', (channel) => {
  it('is the recorded one while nobody else trades in it', async () => {
    const { faults, frames } = await runMirror({ seed: 'still', channel, steps: 500, traders: 0 });
    expect(faults).toEqual([]);
    expect(frames).toBeGreaterThan(400);
  });

  it.each(['a', 'b', 'c'])(
    'adds up to the last digit while five accounts place orders of every type (seed %s)',
    async (seed) => {
      const { faults, fills } = await runMirror({ seed, channel, steps: 600, traders: 5 });
      expect(faults).toEqual([]);
      expect(fills).toBeGreaterThan(20);
    },
  );
});
