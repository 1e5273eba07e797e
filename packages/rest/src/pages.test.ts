import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import {
  pagesOfClosedOrders,
  pagesOfHistory,
  pagesOfLedgers,
  pagesOfTrades,
  pagesOfTradesHistory,
} from './index.ts';

describe('the paginators', () => {
  it('give every ledger entry once, that of this very moment too, while new ones arrive', async () => {
    const time = new ManualTime();
    await withKraken(
      async ({ spot, sandbox }) => {
        for (let row = 0; row < 230; row += 1) {
          sandbox.spot.addLedger();
          time.stall(100);
        }
        const before = new Set(sandbox.spot.ledger.map(({ id }) => id));
        const ids: string[] = [];
        for await (const [id, ledger] of pagesOfLedgers(spot())) {
          expect(ledger.amount).toBe('1.0000');
          ids.push(id);
          if (ids.length % 40 === 0) sandbox.spot.addLedger();
          if (ids.length % 40 === 20) time.stall(5000);
        }
        expect(new Set(ids).size).toBe(ids.length);
        expect([...before].filter((id) => !ids.includes(id))).toStrictEqual([]);
      },
      { clock: time },
    );
  });

  it('give every fill and every closed order', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      const params = { pair: 'XBTUSD', type: 'buy', ordertype: 'market', volume: '1' };
      for (let order = 0; order < 120; order += 1) sandbox.spot.place(params);
      const fills: string[] = [];
      for await (const [, { ordertxid }] of pagesOfTradesHistory(client)) fills.push(ordertxid);
      const closed: string[] = [];
      for await (const [id] of pagesOfClosedOrders(client)) closed.push(id);
      expect(fills.toSorted()).toStrictEqual([...sandbox.spot.orders.keys()]);
      expect(closed.toSorted()).toStrictEqual([...sandbox.spot.orders.keys()]);
    });
  });

  it('follow public trades from a cursor to the end, through pages that overlap', async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const startNs = 1_700_000_000_000_000_000n;
      const add = (id: number): void => {
        const atNs = startNs + BigInt(id) * 1_000_003n;
        sandbox.publicTrades.push({ price: '30000.1', quantity: '0.5', atNs, id });
      };
      for (let id = 1; id <= 25; id += 1) add(id);
      const ids: string[] = [];
      const params = { pair: 'XBTUSD', since: String(startNs), count: 10 };
      for await (const [id] of pagesOfTrades(spot(), params)) {
        ids.push(id);
        if (ids.length === 15) add(26);
      }
      expect(ids).toStrictEqual(Array.from({ length: 26 }, (_, index) => String(index + 1)));
    });
  });

  it('follow the tokens of the Futures history', async () => {
    await withKraken(async ({ futures, sandbox }) => {
      const { elements } = sandbox.futures;
      for (let index = 0; index < 25; index += 1)
        elements.push({ uid: `e${index}`, timestamp: index });
      const uids: string[] = [];
      for await (const [uid] of pagesOfHistory(futures(), 'orderHistory', { count: 10 })) {
        uids.push(uid);
        if (uids.length === 12) elements.push({ uid: 'new', timestamp: 99 });
      }
      expect(uids).toStrictEqual(Array.from({ length: 25 }, (_, index) => `e${24 - index}`));
    });
  });

  it('end when the signal fires', async () => {
    await withKraken(async ({ spot }) => {
      const pages = pagesOfLedgers(spot(), { end: 1 }, { signal: AbortSignal.abort() });
      expect(await failureOf(pages.next())).toMatchObject({ code: 'ABORTED' });
    });
  });
});
