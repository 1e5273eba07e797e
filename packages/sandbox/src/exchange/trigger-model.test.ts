import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, TestExchange } from '../../test/exchange.ts';
import type { Account, Order, OrderRequest, PriceText } from './index.ts';

/** Ticks: 100.0 and thereabouts. */
const ticks = fc.integer({ min: 900, max: 1100 });
const text = (price: number): string => (price / 10).toFixed(1);

const waiting = fc.record({
  type: fc.constantFrom(
    ...(['stop-loss', 'stop-loss-limit', 'take-profit', 'take-profit-limit'] as const),
    ...(['trailing-stop', 'trailing-stop-limit'] as const),
  ),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  price: ticks,
  /** Of trailing stops: per cents, or tenths in the quote currency. */
  offset: fc.record({
    kind: fc.constantFrom('pct' as const, 'quote' as const),
    size: fc.integer({ min: 1, max: 9 }),
  }),
});
type Waiting = typeof waiting extends fc.Arbitrary<infer T> ? T : never;

/** When an order wakes, by the last prices since it came, itself told in a few lines; -1: never. */
function naiveWake({ type, side, price, offset }: Waiting, path: readonly number[]): number {
  let best = path[0] ?? 0;
  return path.findIndex((last) => {
    const falls = type.startsWith('take') ? side === 'buy' : side === 'sell';
    if (!type.startsWith('trailing')) return falls ? last <= price : last >= price;
    best = falls ? Math.max(best, last) : Math.min(best, last);
    const sign = falls ? -1 : 1;
    const stop =
      offset.kind === 'quote'
        ? best + sign * offset.size
        : Math.round((best * (100 + sign * offset.size)) / 100);
    return falls ? last <= stop : last >= stop;
  });
}

const isAwake = ({ trigger }: Order): boolean => trigger?.triggeredNs !== undefined;

/** Prices that are traded at, one after the other, in a book that is empty in between. */
class Path {
  readonly market = new TestExchange();
  readonly #seller: Account = this.market.account('seller', { BTC: '1000' });
  readonly #buyer: Account = this.market.account('buyer', { USD: '1000000' });

  trade(price: number): void {
    const limitPrice = at(text(price));
    this.market.add(this.#seller, { side: 'sell', quantity: '0.01', limitPrice });
    this.market.add(this.#buyer, { side: 'buy', quantity: '0.01', limitPrice });
  }

  /** Its limit is where nobody trades: it wakes and then rests. */
  place(account: Account, { type, side, price, offset }: Waiting): Order {
    const trails = type.startsWith('trailing');
    const triggerPrice: PriceText = trails
      ? { kind: offset.kind, text: offset.kind === 'pct' ? String(offset.size) : text(offset.size) }
      : at(text(price));
    const request: Partial<OrderRequest> = {
      side,
      type,
      quantity: '1',
      triggerPrice,
      limitPrice: type.endsWith('limit') ? at(side === 'sell' ? '900.0' : '1.0') : undefined,
    };
    return this.market.add(account, request);
  }
}

describe('orders that wait for a price', () => {
  it('wake with the trade that a naive reading of their terms names, and no other', () => {
    const path = fc.array(ticks, { minLength: 1, maxLength: 25 });
    const orders = fc.array(waiting, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(path, orders, (prices, wanted) => {
        const run = new Path();
        const [first = 0, ...rest] = prices;
        run.trade(first);
        const owner = run.market.account('owner', { USD: '1000000', BTC: '1000' });
        const placed = wanted.map((terms) => run.place(owner, terms));
        const woken: number[] = placed.map((order) => (isAwake(order) ? 0 : -1));
        for (const [step, price] of rest.entries()) {
          run.trade(price);
          for (const [which, order] of placed.entries()) {
            if (woken[which] === -1 && isAwake(order)) woken[which] = step + 1;
          }
        }
        expect(woken).toEqual(wanted.map((terms) => naiveWake(terms, prices)));
      }),
      { numRuns: 150 },
    );
  });
});
