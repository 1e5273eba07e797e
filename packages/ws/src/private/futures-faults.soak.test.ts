import { expect, it } from 'vitest';
import { PROTOCOLS } from '../../test/derivatives-desk.ts';
import { playDerivatives } from '../../test/derivatives-script.ts';
import { createRandom } from '../connection/random.ts';

const first = Number(process.env['KR_SOAK_SEED'] ?? 1);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 100);

it.each(PROTOCOLS)(
  `orders of %s end as the exchange says (seeds ${first} to ${first + count - 1})`,
  async (protocol) => {
    const failed: string[] = [];
    const totals = { orders: 0, fills: 0, breaks: 0 };
    for (let seed = first; seed < first + count; seed += 1) {
      const result = await playDerivatives(protocol, createRandom(BigInt(seed)), 40);
      if (result.wrong.length > 0) failed.push(`seed ${seed}: ${result.wrong.join('; ')}`);
      totals.orders += result.orders;
      totals.fills += result.fills;
      totals.breaks += result.breaks;
    }
    console.log(`${protocol} seeds ${first}+${count}: ${JSON.stringify(totals)}`);
    expect(failed).toStrictEqual([]);
  },
);
