import { describe, expect, it } from 'vitest';
import { runMarket } from '../../test/hour.ts';

const seed = process.env['KR_SOAK_SEED'] ?? String(Date.now());
/** Seconds of the market. */
const seconds = Number(process.env['KR_SOAK_COUNT'] ?? 3_600);

describe(`an hour of 30 symbols, KR_SOAK_SEED=${seed}, KR_SOAK_COUNT=${seconds}`, () => {
  it('verifies at every depth, of levels and of orders, and is the same bytes twice', async () => {
    const options = { seed, symbols: 30, seconds, rate: 50, withReference: true } as const;
    const first = await runMarket(options);
    console.log(JSON.stringify(first));
    expect(first.mismatches).toEqual([]);
    expect((await runMarket({ ...options, withReference: false })).digest).toBe(first.digest);
  });
});
