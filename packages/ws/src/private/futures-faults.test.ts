import { describe, expect, it } from 'vitest';
import { PROTOCOLS } from '../../test/derivatives-desk.ts';
import { playDerivatives } from '../../test/derivatives-script.ts';
import { createRandom } from '../connection/random.ts';

describe.each(PROTOCOLS)('orders over %s whose connection goes again and again', (protocol) => {
  it('end as the exchange says, each fill told once (seed 1)', { timeout: 120_000 }, async () => {
    const result = await playDerivatives(protocol, createRandom(1n), 15);
    expect(result.wrong).toStrictEqual([]);
    expect(result.breaks).toBeGreaterThan(0);
    expect(result.fills).toBeGreaterThan(0);
  });
});
