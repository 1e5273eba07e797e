import { describe, expect, it } from 'vitest';
import { playKills } from '../../test/kill-script.ts';
import { createRandom } from '../connection/random.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);
const kills = Number(process.env['KR_SOAK_COUNT'] ?? 100);

describe('two connections, of which either is killed at random', () => {
  it(`lose no trade and no book state in ${kills} kills (seed ${seed})`, async () => {
    const outcome = await playKills(createRandom(BigInt(seed)), kills);
    console.log(JSON.stringify(outcome));
    expect(outcome.wrong).toStrictEqual([]);
  });
});
