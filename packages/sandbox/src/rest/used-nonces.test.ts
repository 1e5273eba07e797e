import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsedNonces } from './used-nonces.ts';

const use = (window: bigint, nonces: readonly bigint[]): unknown[] => {
  const used = new UsedNonces(window);
  return nonces.map((nonce) => used.use(nonce) ?? 'ok');
};

describe('the nonces of a key', () => {
  it('must each be above all before it', () => {
    expect(use(0n, [5n, 6n, 6n, 5n, 7n])).toEqual(['ok', 'ok', 'below', 'below', 'ok']);
  });

  it('may be overtaken within a window, and are good once', () => {
    expect(use(10n, [100n, 95n, 95n, 91n, 90n, 111n, 101n, 102n])).toEqual([
      'ok',
      'ok',
      'duplicate',
      'ok',
      'below',
      'ok',
      'below',
      'ok',
    ]);
  });

  it('are as a list of all of them has it', () => {
    const nonces = fc.array(fc.bigInt({ min: 1n, max: 60n }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 20n }), nonces, (window, list) => {
        const taken: bigint[] = [];
        const wanted = list.map((nonce) => {
          const highest = taken.reduce((most, each) => (each > most ? each : most), 0n);
          const isGood = !taken.includes(nonce) && nonce > highest - window;
          if (isGood) taken.push(nonce);
          return isGood;
        });
        expect(use(window, list).map((said) => said === 'ok')).toEqual(wanted);
      }),
    );
  });

  it('of a window without an end are remembered up to a bound, and none is good twice', () => {
    const used = new UsedNonces(10n ** 18n);
    const first = 10n ** 18n;
    for (let at = 0n; at < 50_000n; at += 1n) expect(used.use(first + at)).toBeUndefined();
    for (const at of [0n, 20_000n, 49_999n]) expect(used.use(first + at)).toBeDefined();
    expect(used.highest).toBe(first + 49_999n);
  });
});
