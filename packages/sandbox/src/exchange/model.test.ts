import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, depositsOf, faultsOf, TestExchange } from '../../test/exchange.ts';
import { NaiveExchange, type NaiveFill } from '../../test/naive-exchange.ts';
import { type Account, type Order, type OrderRequest, Refusal } from './index.ts';

const LOT = 10_000_000;
const price = (ticks: number): string => (ticks / 10).toFixed(1);
const quantity = (lots: number): string => ((lots * LOT) / 1e8).toFixed(8);

const order = fc.record({
  owner: fc.nat(2),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  type: fc.constantFrom(...(['limit', 'limit', 'limit', 'iceberg', 'market'] as const)),
  ticks: fc.integer({ min: 995, max: 1005 }),
  lots: fc.integer({ min: 1, max: 15 }),
  shows: fc.integer({ min: 1, max: 15 }),
  life: fc.constantFrom(
    'gtc' as const,
    'gtc' as const,
    'gtc' as const,
    'ioc' as const,
    'fok' as const,
  ),
  postOnly: fc.boolean(),
  selfTrade: fc.constantFrom(...(['cancel_newest', 'cancel_oldest', 'cancel_both'] as const)),
});
const step = fc.oneof(
  { weight: 6, arbitrary: order.map((terms) => ({ kind: 'add' as const, ...terms })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('amend' as const),
      pick: fc.nat(50),
      ticks: fc.integer({ min: 995, max: 1005 }),
      lots: fc.integer({ min: 1, max: 20 }),
    }),
  },
);
type Add = Extract<typeof step extends fc.Arbitrary<infer T> ? T : never, { kind: 'add' }>;

/** The engine and the naive exchange side by side. */
class Pair {
  readonly market = new TestExchange();
  readonly naive = new NaiveExchange();
  readonly accounts: readonly Account[] = [0, 1, 2].map((owner) =>
    this.market.account(String(owner), { USD: '10000000', BTC: '10000' }),
  );
  readonly orders: Order[] = [];
  readonly #names = new Map<string, number>();

  add(terms: Add): void {
    const { owner, side, ticks, lots, selfTrade } = terms;
    const isMarket = terms.type === 'market';
    const isIceberg = terms.type === 'iceberg';
    const life = isMarket || isIceberg ? 'gtc' : terms.life;
    const postOnly = !isMarket && life === 'gtc' && terms.postOnly;
    const shows = isIceberg ? Math.min(terms.shows, lots) : lots;
    const request: OrderRequest = {
      symbol: 'BTC/USD',
      side,
      type: terms.type,
      quantity: quantity(lots),
      limitPrice: isMarket ? undefined : at(price(ticks)),
      displayQuantity: isIceberg ? quantity(shows) : undefined,
      timeInForce: life,
      postOnly,
      selfTrade,
    };
    const name = this.orders.length;
    const made = this.market.try(this.accounts[owner] as Account, request);
    const isTaken = this.naive.add({
      name,
      owner,
      side,
      price: isMarket ? undefined : ticks,
      left: lots,
      shows: isIceberg ? shows : 1e9,
      life,
      postOnly,
      selfTrade,
      visible: 0,
      turn: 0,
    });
    const said = made instanceof Refusal ? made.error : undefined;
    if (said !== (isTaken ? undefined : 'EOrder:Post only order')) throw new Error(`said ${said}`);
    if (made instanceof Refusal) return;
    this.#names.set(made.id, name);
    this.orders.push(made);
  }

  cancel(pick: number): void {
    const name = pick % Math.max(1, this.orders.length);
    const each = this.orders[name];
    if (each === undefined) return;
    this.market.nowNs += 1n;
    this.market.exchange.cancel(each.account, each.id, this.market.nowNs);
    this.naive.cancel(name);
  }

  amend(pick: number, ticks: number, lots: number): void {
    const name = pick % Math.max(1, this.orders.length);
    const each = this.orders[name];
    if (each === undefined || (each.type !== 'limit' && each.type !== 'iceberg')) return;
    this.market.nowNs += 1n;
    const total = Number(each.filledLots) / LOT + lots;
    const request = {
      quantity: quantity(total),
      limitPrice: at(price(ticks)),
      postOnly: false,
    };
    const said = this.market.exchange.amend(each.account, each.id, request, this.market.nowNs);
    if (said instanceof Refusal) return;
    const { book } = this.naive;
    this.naive.book = book.map((known) =>
      known.name === name ? Object.assign(known, { postOnly: false }) : known,
    );
    this.naive.amend(name, ticks, lots);
  }

  /** The engine's fills, as the naive exchange tells them. */
  get fills(): NaiveFill[] {
    const fills: NaiveFill[] = [];
    for (const { reports } of this.market.batches) {
      const trades = reports.flatMap(({ trade }) => (trade === undefined ? [] : [trade]));
      // The taker's report comes first.
      for (let first = 0; first < trades.length; first += 2) {
        const [taker, maker] = trades.slice(first, first + 2);
        if (taker === undefined || maker?.tradeId !== taker.tradeId) throw new Error('one side');
        const name = (id: string): number => this.#names.get(id) ?? this.orders.length;
        fills.push({
          taker: name(taker.order.id),
          maker: name(maker.order.id),
          price: taker.ticks,
          lots: Number(taker.lots) / LOT,
        });
      }
    }
    return fills;
  }

  /** Names and rests in the order in which they would trade, asks and bids. */
  get queues(): unknown {
    const { book } = this.market.exchange.markets.get('BTC/USD') as {
      book: Order['market']['book'];
    };
    return [book.asks, book.bids].map((side) => {
      const queue: unknown[] = [];
      for (let rank = 0; rank < side.size; rank += 1) {
        for (let each = side.at(rank)?.head; each !== undefined; each = each.next) {
          queue.push([
            this.#names.get(each.id),
            Number(each.lots - each.filledLots) / LOT,
            Number(each.visibleLots) / LOT,
          ]);
        }
      }
      return queue;
    });
  }

  get naiveQueues(): unknown {
    return (['sell', 'buy'] as const).map((side) => {
      const sign = side === 'sell' ? 1 : -1;
      return this.naive.book
        .filter((each) => each.side === side)
        .toSorted((a, b) => ((a.price ?? 0) - (b.price ?? 0)) * sign || a.turn - b.turn)
        .map(({ name, left, visible }) => [name, left, visible]);
    });
  }
}

describe('the exchange and a naive one', () => {
  it('fill the same orders at the same prices, in the same turn, and keep the same queues', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const pair = new Pair();
        for (const each of steps) {
          if (each.kind === 'add') pair.add(each);
          else if (each.kind === 'cancel') pair.cancel(each.pick);
          else pair.amend(each.pick, each.ticks, each.lots);
        }
        expect(pair.fills).toEqual(pair.naive.fills);
        expect(pair.queues).toEqual(pair.naiveQueues);
        expect(faultsOf(pair.market.exchange, depositsOf(pair.market.exchange))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
