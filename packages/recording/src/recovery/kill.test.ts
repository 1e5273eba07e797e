import { expect, it } from 'vitest';
import { createRandom, killRepeatedly } from '../../test/kill.ts';
import { temporaryDirectory } from '../../test/support.ts';

it('loses nothing that was written when the recorder is killed, and says where it was down', async () => {
  await using directory = await temporaryDirectory();
  const { frames } = await killRepeatedly(directory.path, 6, createRandom(1));
  expect(frames).toBeGreaterThan(1000);
}, 120_000);
