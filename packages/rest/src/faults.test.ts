import type { RestFault } from '@kr/sandbox/rest';
import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { isRestError } from './index.ts';

const order = {
  pair: 'XBTUSD',
  type: 'buy',
  ordertype: 'limit',
  price: '30000.1',
  volume: '0.5',
  cl_ord_id: 'a-client-order-id',
};

describe('what goes wrong on the way', () => {
  it.each([
    ['reset', 'CONNECTION_LOST', 'network'],
    ['badGateway', 'HTTP_STATUS', 'unavailable'],
    ['html', 'NOT_JSON', 'protocol'],
    ['cutBody', 'CUT_BODY', 'network'],
    ['wrongTypes', 'UNEXPECTED_ANSWER', 'protocol'],
    ['internal', 'REJECTED', 'unavailable'],
  ] as const)('%s after an order was taken: %s, effect unknown', async (how, code, category) => {
    await withKraken(
      async ({ spot, sandbox }) => {
        const error = await failureOf(spot().addOrder(order));
        expect(error).toMatchObject({ code, category, effect: 'unknown' });
        expect(error.message).toContain('POST /0/private/AddOrder');
        expect(error.message).toMatch(/look before repeating it/);
        expect(sandbox.spot.orders.size).toBe(1);
        expect(sandbox.stats.requests).toBe(1);
      },
      { fault: () => ({ when: 'after', how }) },
    );
  });

  it('no answer at all: TIMEOUT when the time is over, effect unknown', async () => {
    const time = new ManualTime();
    let taken: (() => void) | undefined;
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const fault = (): RestFault => {
      taken?.();
      return { when: 'after', how: 'timeout' };
    };
    await withKraken(
      async ({ spot }) => {
        const failure = failureOf(spot({ timers: time, timeoutMs: 5000 }).addOrder(order));
        await isTaken;
        await time.advance(5000);
        expect(await failure).toMatchObject({
          code: 'TIMEOUT',
          effect: 'unknown',
          retryable: true,
          context: { timeoutMs: 5000 },
        });
      },
      { fault },
    );
  });

  it('busy is a refusal: nothing was done', async () => {
    await withKraken(
      async ({ spot, sandbox }) => {
        const error = await failureOf(spot().addOrder(order));
        expect(error).toMatchObject({ code: 'REJECTED', effect: 'none', retryable: true });
        expect(isRestError(error, 'REJECTED') && error.context.errors[0]?.raw).toBe(
          'EService:Busy',
        );
        expect(sandbox.spot.orders.size).toBe(0);
      },
      { fault: () => ({ when: 'before', how: 'busy' }) },
    );
  });

  it('a body that comes in pieces is read to its end', async () => {
    await withKraken(
      async ({ spot }) => {
        expect(await spot().balance()).toStrictEqual({
          ZUSD: '100000.0000',
          XXBT: '10.0000000000',
        });
      },
      { fault: () => ({ when: 'after', how: 'slowBody' }) },
    );
  });

  it('an abort before sending sends nothing, one after it leaves the effect open', async () => {
    const controller = new AbortController();
    await withKraken(
      async ({ spot, sandbox }) => {
        const client = spot();
        const early = await failureOf(client.addOrder(order, { signal: AbortSignal.abort() }));
        expect(early).toMatchObject({ code: 'ABORTED', effect: 'none', retryable: false });
        expect(sandbox.stats.requests).toBe(0);
        const late = await failureOf(client.addOrder(order, { signal: controller.signal }));
        expect(late).toMatchObject({ code: 'ABORTED', effect: 'unknown' });
      },
      {
        fault: () => {
          controller.abort();
          return { when: 'before', how: 'timeout' };
        },
      },
    );
  });

  it('an answer that is too large is given up', async () => {
    await withKraken(async ({ spot }) => {
      const error = await failureOf(spot({ maxBodyBytes: 100 }).assetPairs());
      expect(error).toMatchObject({ code: 'BODY_TOO_LARGE', category: 'protocol' });
    });
  });
});
