import { describe, expect, it } from 'vitest';
import { runFuzz } from '../test/fuzz-run.ts';
import { runL2Model } from '../test/l2-model-run.ts';
import { runL3Model } from '../test/l3-model-run.ts';

// A sample; model.soak.test.ts runs millions.
const seeds = Array.from({ length: 12 }, (_, i) => 1000 + i);

describe('beside a naive model', () => {
  it.each(seeds)('an L2 book is the same after every message (seed %i)', (seed) => {
    expect(runL2Model(seed, 150)).toBeGreaterThan(100);
  });

  it.each(seeds)('an L3 book is the same after every message (seed %i)', (seed) => {
    expect(runL3Model(seed, 60)).toBeGreaterThan(100);
  });
});

it('says the same of a damaged frame by either way in, and never a wrong "verified"', () => {
  const counts = runFuzz(7, 2000);
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['MALFORMED_FRAME', 'verified']));
});
