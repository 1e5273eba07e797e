import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import {
  createHttpTransport,
  createInstruments,
  createSpotClient,
  createSpotGovernor,
  createSpotOrders,
  isRestError,
  spotLimits,
} from './index.ts';

const time = new ManualTime();
const parts = { clock: time, timers: time };
const NO_TIMEOUTS = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5000', null];
const order = { pair: 'BTC/USD', type: 'buy', ordertype: 'limit', price: '30000.1', volume: '1' };

const noJitter = (): number => 0;

function optionOf(create: () => unknown): string | undefined {
  try {
    create();
  } catch (error) {
    if (isRestError(error, 'INVALID_OPTION')) return error.context.option;
    throw error;
  }
  return undefined;
}

describe('an option that cannot be meant', () => {
  it.each(NO_TIMEOUTS)('a time limit of %j, which a timer would end at once', async (ms) => {
    for (const option of ['timeoutMs', 'turnTimeoutMs']) {
      expect(optionOf(() => createSpotClient({ ...parts, [option]: ms }))).toBe(option);
    }
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      const instruments = createInstruments(await client.assetPairs());
      const orders = createSpotOrders({ client, timers: globalThis, instruments });
      const before = sandbox.stats.requests;
      for (const option of ['timeoutMs', 'turnTimeoutMs']) {
        const error = await failureOf(orders.place(order, { [option]: ms }));
        expect(error).toMatchObject({ code: 'INVALID_OPTION', context: { option } });
      }
      expect(sandbox.stats.requests).toBe(before);
    });
  });

  it('a policy that would never give up', () => {
    for (const attempts of [0, Number.NaN]) {
      const retry = { attempts };
      expect(optionOf(() => createSpotClient({ ...parts, retry }))).toBe('retry.attempts');
    }
    const retry = { maxMs: Number.POSITIVE_INFINITY };
    expect(optionOf(() => createSpotClient({ ...parts, retry }))).toBe('retry.maxMs');
    const maxWaitMs = Number.NaN;
    const limits = spotLimits('pro');
    expect(optionOf(() => createSpotGovernor({ ...parts, limits, maxWaitMs }))).toBe('maxWaitMs');
  });

  it.each(['gold', '', 'toString'])('the tier %j, which has no limits', (tier) => {
    expect(optionOf(() => spotLimits(tier as 'pro'))).toBe('tier');
  });

  it('an undefined one is the default', async () => {
    const retry = { attempts: undefined, initialMs: undefined, maxMs: undefined } as object;
    await withKraken(
      async ({ spot, sandbox }) => {
        expect(await failureOf(spot({ retry, random: noJitter }).balance())).toHaveProperty(
          'effect',
          'none',
        );
        expect(sandbox.stats.requests).toBe(3);
      },
      { fault: () => ({ when: 'before', how: 'badGateway' }) },
    );
  });

  it.each(['nonsense', 'proxy.example:3128', 'socks5://name:password@proxy.example'])(
    'a proxy that is none: %s, which the error does not repeat',
    (proxy) => {
      expect(optionOf(() => createHttpTransport({ proxy }))).toBe('proxy');
      expect(() => createHttpTransport({ proxy })).not.toThrow('password');
    },
  );

  it('a search that would go by no id, or never end', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      // An order without a client order id, which nobody asked for.
      await client.addOrder({ ...order, pair: 'XBTUSD' });
      const instruments = createInstruments(await client.assetPairs());
      const orders = createSpotOrders({ client, timers: globalThis, instruments });
      const before = sandbox.stats.requests;
      for (const clientOrderId of [undefined, '']) {
        const search = orders.reconcile({ clientOrderId } as { clientOrderId: string });
        expect(await failureOf(search)).toMatchObject({ code: 'INVALID_PARAMS', effect: 'none' });
      }
      const search = orders.reconcile({ clientOrderId: 'a' }, { attempts: Number.NaN });
      expect(await failureOf(search)).toMatchObject({ context: { option: 'attempts' } });
      expect(sandbox.stats.requests).toBe(before);
    });
  });
});
