import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { playMarket } from '../../test/market-script.ts';
import { createRandom } from '../connection/random.ts';

const first = Number(process.env['KR_SOAK_SEED'] ?? 1);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 1000);
/** What a run may leave behind beside garbage: code that was optimized, caches that filled. */
const FLAT_BYTES = 64 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a market under seeded faults, many', () => {
  it(`ends well each time, and keeps no memory (seeds ${first} to ${first + count - 1})`, async () => {
    const failed: string[] = [];
    const totals = { faults: 0, states: 0, gaps: 0, ended: 0 };
    let early = 0;
    for (let seed = first; seed < first + count; seed += 1) {
      const outcome = await playMarket(createRandom(BigInt(seed)), 12);
      if (outcome.wrong.length > 0) failed.push(`seed ${seed}: ${outcome.wrong.join('; ')}`);
      totals.faults += outcome.faults;
      totals.states += outcome.states;
      totals.gaps += outcome.gaps;
      if (outcome.ended !== undefined) totals.ended += 1;
      if (seed === first + Math.min(20, count - 1)) early = heapBytes();
    }
    const grownBytes = heapBytes() - early;
    console.log(
      `seeds ${first}+${count}: ${JSON.stringify({ ...totals, grownMiB: grownBytes / 2 ** 20 })}`,
    );
    expect(failed).toStrictEqual([]);
    expect(grownBytes).toBeLessThan(FLAT_BYTES);
  });
});
