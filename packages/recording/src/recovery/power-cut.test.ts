import { expect, it } from 'vitest';
import { createRandom } from '../../test/kill.ts';
import { cutRepeatedly } from '../../test/power-cut.ts';
import { temporaryDirectory } from '../../test/support.ts';

it('loses nothing that was durable when the power is cut, and every segment is sealed and proved', async () => {
  await using directory = await temporaryDirectory();
  expect(await cutRepeatedly(directory.path, 8, createRandom(2))).toBeGreaterThan(200);
});
