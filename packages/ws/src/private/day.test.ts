import { expect, it } from 'vitest';
import { playDay } from '../../test/day-script.ts';
import { createRandom } from '../connection/random.ts';

// Many small turns of real sockets: a loaded machine takes long for them.
const PATIENCE_MS = 180_000;

it(
  'ends half an hour of tokens, cuts and maintenance with the right orders, fills and balances',
  async () => {
    const { wrong, tokens, reconnects, sent } = await playDay(createRandom(1n), 0.5);
    expect(wrong).toStrictEqual([]);
    expect(tokens).toBeGreaterThan(3);
    expect(reconnects).toBeGreaterThan(0);
    expect(sent).toBeGreaterThan(3);
  },
  PATIENCE_MS,
);
