import { proLimits } from '@kr/sandbox/rest';
import { describe, expect, it } from 'vitest';
import { withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { createSpotGovernor, type GovernedCall, type SpotClient, spotLimits } from './index.ts';

const PAIRS = ['XBTUSD', 'ETHUSD'] as const;
const SECONDS = 60;

interface Step {
  readonly call: GovernedCall;
  run(client: SpotClient): Promise<void>;
}

/** What one pair's trader does: two orders, an amend of the younger, a cancel of the oldest. */
class Trader {
  readonly #pair: string;
  readonly #open: string[] = [];
  #turn = 0;

  constructor(pair: string) {
    this.#pair = pair;
  }

  next(): Step {
    const turn = this.#turn % 4;
    if (turn < 2 || this.#open.length < 20) return this.#add();
    return turn === 2 ? this.#amend(this.#open.at(-1) ?? '') : this.#cancel(this.#open[0] ?? '');
  }

  #step(name: string, params: GovernedCall['params'], run: Step['run']): Step {
    return {
      call: { venue: 'spot', name, access: 'private', params },
      run: async (client) => {
        await run(client);
        this.#turn += 1;
      },
    };
  }

  #add(): Step {
    const params = {
      pair: this.#pair,
      type: 'buy',
      ordertype: 'limit',
      price: '30000.0',
      volume: '1',
    };
    return this.#step('AddOrder', params, async (client) => {
      const { txid } = await client.addOrder(params);
      this.#open.push(txid?.[0] ?? '');
    });
  }

  #amend(txid: string): Step {
    const params = { txid, order_qty: '2' };
    return this.#step('AmendOrder', params, async (client) => {
      await client.amendOrder(params);
    });
  }

  #cancel(txid: string): Step {
    return this.#step('CancelOrder', { txid }, async (client) => {
      await client.cancelOrder({ txid });
      this.#open.shift();
    });
  }
}

const balance: Step = {
  call: { venue: 'spot', name: 'Balance', access: 'private', params: {} },
  run: async (client) => {
    await client.balance();
  },
};

describe('a Pro account at its busiest', () => {
  it('is never refused by the exchange, and uses at least 95% of what is allowed', async () => {
    const time = new ManualTime();
    const governor = createSpotGovernor({
      clock: time,
      timers: time,
      limits: spotLimits('pro'),
      maxWaitMs: 0,
    });
    await withKraken(
      async ({ spot, sandbox }) => {
        const client = spot({ governor, retry: false });
        const traders = PAIRS.map((pair) => new Trader(pair));
        let calls = 0;
        for (;;) {
          const steps = [balance, ...traders.map((trader) => trader.next())];
          const plans = steps.map(({ call }) => governor.plan(call).waitMs);
          const waitMs = Math.min(...plans);
          if (time.nowMs + waitMs > SECONDS * 1000) break;
          await time.advance(waitMs);
          await steps[plans.indexOf(waitMs)]?.run(client);
          calls += 1;
        }
        const { rest, trading } = proLimits;
        const allowed =
          rest.max +
          rest.decayPerSecond * SECONDS +
          PAIRS.length * (trading.max + trading.decayPerSecond * SECONDS);
        const used = sandbox.stats.charged / allowed;
        console.info(
          `governor: ${calls} calls in ${SECONDS} s, ${(used * 100).toFixed(1)}% of the allowed rate, ${sandbox.stats.refusedByCounters} refused`,
        );
        expect(sandbox.stats.refusedByCounters).toBe(0);
        expect(used).toBeGreaterThanOrEqual(0.95);
        expect(used).toBeLessThanOrEqual(1);
      },
      { clock: time, limits: proLimits },
    );
  });
});
