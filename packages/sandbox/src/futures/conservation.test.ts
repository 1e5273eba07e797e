import { expect, it } from 'vitest';
import { runTraders } from '../../test/futures-traders.ts';

it('random orders in contracts add up to the last digit, over hours of funding', async () => {
  const { taken, infos } = await runTraders('f', 300, (faults) => {
    expect(faults).toEqual([]);
  });
  for (const type of ['limit', 'market', 'stop-loss', 'take-profit', 'trailing-stop']) {
    expect(taken.get(type)).toBeGreaterThan(5);
  }
  expect(taken.get('EOrder:Insufficient funds')).toBeGreaterThan(5);
  expect(taken.get('reduced')).toBeGreaterThan(5);
  expect(infos.get('funding rate change')).toBeGreaterThan(5);
}, 180_000);
