import { expect, it } from 'vitest';
import { createRandom } from '../../test/kill.ts';
import { killDerivation } from '../../test/kill-derive.ts';

it('an export that is killed again and again ends as an unbroken one does', async () => {
  expect(await killDerivation(3, createRandom(5))).toBeGreaterThanOrEqual(3);
}, 180_000);
