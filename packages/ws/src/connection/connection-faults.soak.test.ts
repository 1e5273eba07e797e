import { describe, expect, it } from 'vitest';
import { playFaults } from '../../test/fault-script.ts';
import { createRandom } from './random.ts';

const first = Number(process.env['KR_SOAK_SEED'] ?? 1);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 300);

describe('seeded faults, many', () => {
  it(`leave nothing lost, doubled or forgotten (seeds ${first} to ${first + count - 1})`, async () => {
    const failed: string[] = [];
    let disconnects = 0;
    let frames = 0;
    for (let seed = first; seed < first + count; seed += 1) {
      const outcome = await playFaults(createRandom(BigInt(seed)), 60);
      if (outcome.faults.length > 0) failed.push(`seed ${seed}: ${outcome.faults.join('; ')}`);
      disconnects += outcome.disconnects;
      frames += outcome.frames;
    }
    console.log(`seeds ${first}+${count}: ${frames} frames, ${disconnects} disconnects`);
    expect(failed).toStrictEqual([]);
  });
});
