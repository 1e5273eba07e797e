import { describe, expect, it } from 'vitest';
import { at, depositsOf, faultsOf, TestExchange } from '../../test/exchange.ts';
import type { Account, Order } from '../exchange/index.ts';
import { Hand } from './hand.ts';
import { MirroredMarket } from './mirrored-market.ts';

type Levels = readonly (readonly [price: string, quantity: string])[];
type Orders = readonly (readonly [id: string, price: string, quantity: string, event?: string])[];

/** A recorded BTC/USD with a paper account in it. */
class Recorded {
  readonly test: TestExchange;
  readonly market: MirroredMarket;
  readonly paper: Account;
  readonly prints: string[] = [];

  constructor() {
    this.test = new TestExchange({
      publish: (batch) => {
        this.test.batches.push(batch);
        for (const each of batch.markets.keys()) if (each.index === 0) this.market.noteBatch(batch);
        for (const { trades } of batch.markets.values()) {
          this.prints.push(
            ...trades.map(({ ticks, lots }) => `${ticks / 10} ${Number(lots) / 1e8}`),
          );
        }
      },
    });
    const { exchange } = this.test;
    const btc = exchange.markets.get('BTC/USD');
    if (btc === undefined) throw new Error('no market');
    const house = exchange.openAccount('recorded', {}, this.test.nowNs, true);
    this.market = new MirroredMarket(new Hand(exchange, house, btc));
    this.paper = this.test.account('paper', { USD: '100000', BTC: '100' });
  }

  book(type: 'snapshot' | 'update', bids: Levels, asks: Levels, ms = 1): void {
    const rows = (levels: Levels): string =>
      levels.map(([price, qty]) => `{"price":${price},"qty":${qty}}`).join(',');
    this.#send('book', type, rows(bids), rows(asks), ms);
  }

  orders(type: 'snapshot' | 'update', bids: Orders, asks: Orders, ms = 1): void {
    const rows = (orders: Orders): string =>
      orders
        .map(([id, price, quantity, event], turn) => {
          const kind = event === undefined ? '' : `"event":"${event}",`;
          return `{${kind}"order_id":"${id}","limit_price":${price},"order_qty":${quantity},"timestamp":"2026-07-14T03:33:20.00000000${turn}Z"}`;
        })
        .join(',');
    this.#send('level3', type, rows(bids), rows(asks), ms);
  }

  trade(side: 'buy' | 'sell', price: string, qty: string, ms = 1): void {
    this.test.nowNs += BigInt(ms) * 1_000_000n;
    const row = { symbol: 'BTC/USD', side, price: Number(price), qty: Number(qty), trade_id: 7 };
    this.market.applyTrades([row], this.test.nowNs);
  }

  place(side: 'buy' | 'sell', price: string, quantity: string): Order {
    return this.test.add(this.paper, { side, quantity, limitPrice: at(price) });
  }

  /** What everybody sees of a price, in its queue's order. */
  queue(side: 'bids' | 'asks', price: string): number[] {
    const level = this.test.exchange.markets.get('BTC/USD')?.book[side].get(Number(price) * 10);
    const lots: number[] = [];
    for (let order = level?.head; order !== undefined; order = order.next) {
      lots.push(Number(order.visibleLots) / 1e8);
    }
    return lots;
  }

  #send(channel: 'book' | 'level3', type: string, bids: string, asks: string, ms: number): void {
    this.test.nowNs += BigInt(ms) * 1_000_000n;
    const text = `{"channel":"${channel}","type":"${type}","data":[{"symbol":"BTC/USD","bids":[${bids}],"asks":[${asks}],"checksum":0,"timestamp":"2026-07-14T03:33:20.000000Z"}]}`;
    this.market.applyBook(channel, Buffer.from(text), 10, this.test.nowNs);
  }
}

const filled = ({ filledLots }: Order): number => Number(filledLots) / 1e8;

function recorded(): Recorded {
  const made = new Recorded();
  made.book(
    'snapshot',
    [
      ['100.0', '5.00000000'],
      ['99.0', '4.00000000'],
    ],
    [
      ['101.0', '5.00000000'],
      ['102.0', '4.00000000'],
    ],
  );
  return made;
}

describe('a paper order in a recorded book', () => {
  it('waits for its turn: what stood before it is taken by trades, then it', () => {
    const run = recorded();
    const order = run.place('buy', '100.0', '3');
    run.trade('sell', '100.0', '3');
    run.book('update', [['100.0', '2.00000000']], []);
    expect([filled(order), run.queue('bids', '100.0')]).toEqual([0, [2, 3]]);
    run.trade('sell', '100.0', '4');
    expect(filled(order)).toBe(2);
    expect(run.prints).toEqual(['100 3', '100 2', '100 2']);
    expect(faultsOf(run.test.exchange, depositsOf(run.test.exchange))).toEqual([]);
  });

  it('has not its turn twice when the book is told before the trade', () => {
    const run = recorded();
    const order = run.place('buy', '100.0', '3');
    run.book('update', [['100.0', '2.00000000']], []);
    run.trade('sell', '100.0', '3');
    expect([filled(order), run.queue('bids', '100.0')]).toEqual([0, [2, 3]]);
    run.book('update', [['100.0', '0.00000000']], []);
    run.trade('sell', '100.0', '2');
    expect(filled(order)).toBe(0);
    run.trade('sell', '100.0', '1');
    expect(filled(order)).toBe(1);
    expect(run.prints).toEqual(['100 3', '100 2', '100 1']);
  });

  it('takes what is cancelled for behind it, and what comes for behind it too', () => {
    const run = recorded();
    const order = run.place('buy', '100.0', '1');
    run.book('update', [['100.0', '9.00000000']], []);
    expect(run.queue('bids', '100.0')).toEqual([5, 1, 4]);
    run.book('update', [['100.0', '6.00000000']], []);
    expect(run.queue('bids', '100.0')).toEqual([5, 1, 1]);
    run.book('update', [['100.0', '2.00000000']], [], 1_000);
    expect(run.queue('bids', '100.0')).toEqual([2, 1]);
    run.trade('sell', '100.0', '3', 1_000);
    expect(filled(order)).toBe(1);
  });

  it('trades when the recorded market comes to its price, at its own price', () => {
    const run = recorded();
    const order = run.place('buy', '100.5', '3');
    run.book('update', [], [['100.2', '2.00000000']]);
    expect([filled(order), run.queue('asks', '100.2')]).toEqual([2, []]);
    // What it took stays taken.
    run.book('update', [], [['102.0', '3.00000000']]);
    expect(filled(order)).toBe(2);
    run.book('update', [], [['100.2', '2.50000000']]);
    expect([filled(order), order.cost]).toEqual([2.5, 2_512_500n]);
  });

  it('walks the depth as a taker, and what it took stays taken while the level stands', () => {
    const run = recorded();
    const order = run.test.add(run.paper, { side: 'buy', type: 'market', quantity: '7' });
    expect(filled(order)).toBe(7);
    expect(run.prints).toEqual(['101 5', '102 2']);
    expect([run.queue('asks', '101.0'), run.queue('asks', '102.0')]).toEqual([[], [2]]);
    run.book(
      'update',
      [],
      [
        ['101.0', '6.00000000'],
        ['102.0', '3.00000000'],
      ],
    );
    expect([run.queue('asks', '101.0'), run.queue('asks', '102.0')]).toEqual([[1], [1]]);
    run.book('update', [], [['101.0', '0.00000000']]);
    run.book('update', [], [['101.0', '2.00000000']]);
    expect(run.queue('asks', '101.0')).toEqual([2]);
  });

  it('trades with other paper orders without a trace in what is recorded', () => {
    const run = recorded();
    const other = run.test.account('other', { USD: '100000' });
    run.place('sell', '100.5', '1');
    run.test.add(other, { side: 'buy', quantity: '1', limitPrice: at('100.5') });
    run.book('update', [], [['101.0', '5.00000000']]);
    expect([run.queue('asks', '100.5'), run.queue('asks', '101.0')]).toEqual([[], [5]]);
  });
});

function recordedOrders(): Recorded {
  const run = new Recorded();
  run.orders(
    'snapshot',
    [
      ['OAAAAA-AAAAA-AAAAAA', '100.0', '2.00000000'],
      ['OBBBBB-BBBBB-BBBBBB', '100.0', '3.00000000'],
    ],
    [['OCCCCC-CCCCC-CCCCCC', '101.0', '4.00000000']],
  );
  return run;
}

describe('a paper order in a recorded book of orders', () => {
  const A = 'OAAAAA-AAAAA-AAAAAA';
  const B = 'OBBBBB-BBBBB-BBBBBB';

  it('keeps its exact place: after those that were there, before those that come', () => {
    const run = recordedOrders();
    const order = run.place('buy', '100.0', '1');
    run.orders('update', [['ODDDDD-DDDDD-DDDDDD', '100.0', '6.00000000', 'add']], []);
    expect(run.queue('bids', '100.0')).toEqual([2, 3, 1, 6]);
    run.orders('update', [[A, '100.0', '2.00000000', 'delete']], []);
    expect(run.queue('bids', '100.0')).toEqual([3, 1, 6]);
    run.orders('update', [[B, '100.0', '1.00000000', 'modify']], [], 1_000);
    run.trade('sell', '100.0', '1.5', 1_000);
    expect(filled(order)).toBe(0.5);
  });

  it('has not its turn twice, whichever feed tells first', () => {
    const early = recordedOrders();
    const first = early.place('buy', '100.0', '1');
    early.orders('update', [[A, '100.0', '2.00000000', 'delete']], []);
    early.trade('sell', '100.0', '2');
    expect([filled(first), early.queue('bids', '100.0')]).toEqual([0, [3, 1]]);
    const late = recordedOrders();
    const second = late.place('buy', '100.0', '1');
    late.trade('sell', '100.0', '2');
    late.orders('update', [[A, '100.0', '2.00000000', 'delete']], []);
    expect([filled(second), late.queue('bids', '100.0')]).toEqual([0, [3, 1]]);
    expect([early.prints, late.prints]).toEqual([['100 2'], ['100 2']]);
  });

  it('takes from orders what stays taken of them', () => {
    const run = recordedOrders();
    const order = run.place('buy', '101.0', '3');
    expect(filled(order)).toBe(3);
    run.orders('update', [], [['OCCCCC-CCCCC-CCCCCC', '101.0', '3.50000000', 'modify']]);
    expect(run.queue('asks', '101.0')).toEqual([0.5]);
    expect(faultsOf(run.test.exchange, depositsOf(run.test.exchange))).toEqual([]);
  });
});
