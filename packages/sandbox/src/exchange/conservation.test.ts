import { describe, expect, it } from 'vitest';
import { depositsOf, faultsOf, TestExchange } from '../../test/exchange.ts';
import { faultsOfReports, RandomTraders } from '../../test/random-orders.ts';

function run(seed: string, steps: number, everyStep: (faults: string[]) => void): RandomTraders {
  const market = new TestExchange();
  const accounts = Array.from({ length: 10 }, (_, at) =>
    market.account(`client ${at}`, { USD: '400', BTC: '4' }),
  );
  const deposits = depositsOf(market.exchange);
  const traders = new RandomTraders(market, accounts, seed);
  for (let step = 0; step < steps; step += 1) {
    traders.step();
    if (step % 50 === 0) everyStep(faultsOf(market.exchange, deposits));
  }
  everyStep(faultsOf(market.exchange, deposits));
  return traders;
}

/** A run in a few words an event. */
const tell = (): string[] =>
  run('again', 500, () => undefined).market.batches.flatMap(({ reports }) =>
    reports.map(({ order, type, filledLots }) => `${order.id} ${type} ${filledLots}`),
  );

describe('random orders of every type from ten accounts', () => {
  it.each(['a', 'b', 'c'])('add up to the last digit, each with one history (seed %s)', (seed) => {
    const traders = run(seed, 1_000, (faults) => {
      expect(faults).toEqual([]);
    });
    expect(faultsOfReports(traders.market)).toEqual([]);
    const { taken } = traders;
    for (const type of ['limit', 'market', 'iceberg', 'stop-loss', 'trailing-stop-limit', 'edit']) {
      expect(taken.get(type)).toBeGreaterThan(10);
    }
    expect(taken.get('EOrder:Insufficient funds')).toBeGreaterThan(10);
    const { accounts } = traders;
    for (const type of ['margin', 'settled']) {
      const entries = accounts.flatMap(({ ledger }) => ledger).filter((each) => each.type === type);
      expect(entries.length).toBeGreaterThan(type === 'margin' ? 100 : 1);
    }
  });

  it('go the same way again for the same calls', () => {
    expect(tell()).toEqual(tell());
  });
});
