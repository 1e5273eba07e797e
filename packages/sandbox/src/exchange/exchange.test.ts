import { describe, expect, it } from 'vitest';
import { at, depositsOf, faultsOf, START_NS, TestExchange } from '../../test/exchange.ts';
import type { Account, Order, OrderRequest } from './index.ts';
import { Refusal } from './index.ts';

function start(): { market: TestExchange; alice: Account; bob: Account } {
  const market = new TestExchange();
  return { market, alice: market.account('alice'), bob: market.account('bob') };
}

const limit = (side: 'buy' | 'sell', price: string, quantity = '1'): Partial<OrderRequest> => ({
  side,
  type: 'limit',
  quantity,
  limitPrice: at(price),
});
const stateOf = ({ status, filledLots, reason }: Order): unknown[] => [
  status,
  Number(filledLots) / 1e8,
  reason,
];

const STOP = { type: 'stop-loss', quantity: '1', triggerPrice: at('90.0') } as const;
const ICEBERG = { ...limit('buy', '1.0', '3'), type: 'iceberg', displayQuantity: '1' } as const;

describe('matching', () => {
  it('trades with the best price first, and at one price with the oldest order', () => {
    const { market, alice, bob } = start();
    const late = [limit('sell', '100.2'), limit('sell', '100.1'), limit('sell', '100.1')];
    const [worst, first, second] = late.map((request) => market.add(alice, request));
    const taker = market.add(bob, limit('buy', '100.2', '2.5'));
    expect(stateOf(taker)).toEqual(['filled', 2.5, undefined]);
    expect([first, second, worst].map((order) => Number(order?.filledLots) / 1e8)).toEqual([
      1, 1, 0.5,
    ]);
    expect(bob.trades.map(({ ticks }) => ticks)).toEqual([1001, 1001, 1002]);
    expect(faultsOf(market.exchange, depositsOf(market.exchange))).toEqual([]);
  });

  it('takes the fee of the side: maker and taker, in quote, or in base on request', () => {
    const { market, alice, bob } = start();
    market.add(alice, limit('sell', '100.0'));
    market.add(bob, { ...limit('buy', '100.0'), feeAsset: 'base' });
    expect(alice.trades[0]).toMatchObject({ cost: 1_000_000n, fee: 2_500n, isMaker: true });
    expect(bob.trades[0]).toMatchObject({ fee: 40_000_000n, isMaker: false });
    expect(bob.balance('BTC')).toBe(109_960_000_000n);
    expect(bob.balance('USD')).toBe(999_000_000n);
  });

  it('lets ioc and market orders rest nowhere, and fok trade whole or not', () => {
    const { market, alice, bob } = start();
    market.add(alice, limit('sell', '100.0'));
    const fok = market.add(bob, { ...limit('buy', '100.0', '2'), timeInForce: 'fok' });
    expect(stateOf(fok)).toEqual(['canceled', 0, 'FOK order not filled']);
    const ioc = market.add(bob, { ...limit('buy', '100.0', '2'), timeInForce: 'ioc' });
    expect(stateOf(ioc)).toEqual(['canceled', 1, 'IOC order not filled']);
    expect(stateOf(market.add(bob, { type: 'market', quantity: '1' }))).toEqual([
      'canceled',
      0,
      'Insufficient liquidity',
    ]);
    expect(market.reports(bob).slice(0, 3)).toEqual(['pending_new', 'new', 'canceled']);
  });

  it.each([
    { ...ICEBERG, limitPrice: at('99.0') },
    { ...STOP, type: 'stop-loss-limit', triggerPrice: at('99.5'), limitPrice: at('95.0') },
    { ...STOP, type: 'take-profit-limit', triggerPrice: at('101.0'), limitPrice: at('95.0') },
    {
      ...STOP,
      type: 'trailing-stop-limit',
      triggerPrice: { kind: 'quote', text: '1' },
      limitPrice: { kind: 'quote', text: '-1' },
    },
  ] as const)('lets what has a limit be fok, whole or not: %j', (terms) => {
    const { market, alice, bob } = start();
    market.add(alice, limit('buy', '100.0', '1'));
    market.add(bob, limit('sell', '100.0', '1'));
    market.add(alice, limit('buy', '99.0', '2'));
    const order = market.add(bob, { ...terms, side: 'sell', quantity: '3', timeInForce: 'fok' });
    for (const price of ['103.0', '94.0']) {
      market.add(bob, limit('sell', price, '1'));
      market.add(alice, limit('buy', price, '1'));
    }
    expect(stateOf(order)).toEqual(['canceled', 0, 'FOK order not filled']);
  });

  it('spends cash in whole lots', () => {
    const { market, alice, bob } = start();
    market.add(alice, limit('sell', '30000.1', '5'));
    const order = market.add(bob, { type: 'market', cash: '1000' });
    expect(order.status).toBe('filled');
    expect(order.filledLots).toBe(3_333_322n);
    expect(order.cost).toBeLessThanOrEqual(10_000_000n);
  });

  it('shows an iceberg by its tip, which goes to the end of the queue each time', () => {
    const { market, alice, bob } = start();
    const iceberg = market.add(alice, {
      ...limit('sell', '100.0', '3'),
      type: 'iceberg',
      displayQuantity: '1',
    });
    const other = market.add(alice, limit('sell', '100.0'));
    expect(iceberg.level?.lots).toBe(200_000_000n);
    market.add(bob, limit('buy', '100.0', '1.5'));
    expect([iceberg, other].map(({ filledLots }) => filledLots)).toEqual([
      100_000_000n,
      50_000_000n,
    ]);
    market.add(bob, limit('buy', '100.0', '1'));
    expect(iceberg.filledLots).toBe(150_000_000n);
    expect(market.reports(alice).filter((type) => type === 'iceberg_refill')).toHaveLength(1);
  });

  it.each([
    ['cancel_newest', 'canceled', 'new'],
    ['cancel_oldest', 'filled', 'canceled'],
    ['cancel_both', 'canceled', 'canceled'],
  ] as const)('prevents self trades by %s', (selfTrade, newest, oldest) => {
    const { market, alice, bob } = start();
    const own = market.add(alice, limit('sell', '100.0'));
    market.add(bob, limit('sell', '100.0'));
    const order = market.add(alice, { ...limit('buy', '100.0'), selfTrade });
    expect([order.status, own.status]).toEqual([newest, oldest]);
  });
});

const whole = (quantity: string): OrderRequest =>
  ({ ...limit('buy', '100.0', quantity), symbol: 'BTC/USD' }) as OrderRequest;

/** Trades a little at each price, one after the other. */
function trend(market: TestExchange, alice: Account, prices: readonly string[]): void {
  for (const price of prices) {
    market.add(alice, limit('sell', price, '0.01'));
    market.add(market.exchange.accounts.get('maker') as Account, limit('buy', price, '0.01'));
  }
}

describe('triggered orders', () => {
  it('wake at their price: stops on the far side, take-profits on the near one', () => {
    const { market, alice, bob } = start();
    market.account('maker');
    trend(market, alice, ['100.0']);
    const place = (type: OrderRequest['type'], price: string) =>
      market.add(bob, { side: 'sell', type, quantity: '0.1', triggerPrice: at(price) });
    const stop = place('stop-loss', '90.0');
    const take = place('take-profit', '110.0');
    trend(market, alice, ['95.0']);
    expect([stop.status, take.status]).toEqual(['new', 'new']);
    market.add(alice, limit('buy', '80.0', '5'));
    trend(market, alice, ['111.0']);
    expect(stateOf(take)).toEqual(['filled', 0.1, undefined]);
    trend(market, alice, ['81.0']);
    expect(stateOf(stop)).toEqual(['filled', 0.1, undefined]);
    expect(market.reports(bob)).toContain('status');
  });

  it('trail the best price, and turn into a limit by an offset', () => {
    const { market, alice, bob } = start();
    market.account('maker');
    trend(market, alice, ['100.0']);
    const order = market.add(bob, {
      side: 'sell',
      type: 'trailing-stop-limit',
      quantity: '0.1',
      triggerPrice: { kind: 'quote', text: '5' },
      limitPrice: { kind: 'quote', text: '-1' },
    });
    expect(order.trigger?.ticks).toBe(950);
    trend(market, alice, ['120.0', '116.0']);
    expect([order.trigger?.ticks, order.status]).toEqual([1150, 'new']);
    trend(market, alice, ['115.0']);
    expect(order.limitTicks).toBe(1140);
    expect(order.level?.ticks).toBe(1140);
  });

  it('wake at once when their price is passed already', () => {
    const { market, alice, bob } = start();
    market.account('maker');
    trend(market, alice, ['100.0']);
    market.add(alice, limit('buy', '99.0', '1'));
    const order = market.add(bob, {
      side: 'sell',
      type: 'stop-loss',
      quantity: '0.1',
      triggerPrice: at('105.0'),
    });
    expect(order.status).toBe('filled');
  });

  it('close what their parent filled, a fill at a time', () => {
    const { market, alice, bob } = start();
    const close = { type: 'limit', limitPrice: at('110.0') } as const;
    const parent = market.add(bob, { ...limit('buy', '100.0', '2'), close });
    market.add(alice, limit('sell', '100.0', '0.5'));
    market.add(alice, limit('sell', '100.0', '1.5'));
    const closes = [...bob.openOrders];
    expect(closes.map(({ side, lots, parentId }) => [side, Number(lots) / 1e8, parentId])).toEqual([
      ['sell', 0.5, parent.id],
      ['sell', 1.5, parent.id],
    ]);
  });
});

describe('amending', () => {
  it('keeps the place when the quantity falls, loses it when it grows or the price changes', () => {
    const { market, alice, bob } = start();
    const first = market.add(alice, limit('sell', '100.0', '2'));
    const second = market.add(alice, limit('sell', '100.0', '2'));
    const head = () => market.exchange.markets.get('BTC/USD')?.book.asks.best?.head;
    market.exchange.amend(alice, first.id, { quantity: '1' }, market.nowNs);
    expect(head()).toBe(first);
    market.exchange.amend(alice, first.id, { quantity: '3' }, market.nowNs);
    expect(head()).toBe(second);
    market.exchange.amend(alice, second.id, { limitPrice: at('100.1') }, market.nowNs);
    expect(head()).toBe(first);
    const taker = market.add(bob, limit('buy', '99.0', '1'));
    market.exchange.amend(bob, taker.id, { limitPrice: at('100.0') }, market.nowNs);
    expect(taker.status).toBe('filled');
    expect(first.amends.map(({ kind }) => kind)).toEqual(['original', 'user', 'user']);
  });

  it('never refills the tip of an iceberg in its old place, unless it shows more', () => {
    const { market, alice, bob } = start();
    const terms = { ...limit('sell', '100.0', '9'), type: 'iceberg' } as const;
    const iceberg = market.add(alice, { ...terms, displayQuantity: '3' });
    market.add(bob, limit('buy', '100.0', '2'));
    const amend = (request: Parameters<TestExchange['exchange']['amend']>[2]) =>
      market.exchange.amend(alice, iceberg.id, request, market.nowNs);
    amend({ quantity: '8' });
    expect(iceberg.visibleLots).toBe(100_000_000n);
    amend({ displayQuantity: '4' });
    expect(iceberg.visibleLots).toBe(400_000_000n);
    expect(amend({ quantity: '61' })).toBeInstanceOf(Refusal);
  });

  it('ends an order below what was filled, and refuses without a change', () => {
    const { market, alice, bob } = start();
    const order = market.add(alice, limit('sell', '100.0', '2'));
    market.add(bob, limit('buy', '100.0', '1'));
    const amend = (request: Parameters<TestExchange['exchange']['amend']>[2]) =>
      market.exchange.amend(alice, order.id, request, market.nowNs);
    expect(amend({})).toEqual(new Refusal('EGeneral:Invalid arguments:No amendable parameters'));
    expect(amend({ quantity: '100' })).toEqual(new Refusal('EOrder:Insufficient funds'));
    expect(order.lots).toBe(200_000_000n);
    amend({ quantity: '0.9' });
    expect(order.status).toBe('canceled');
  });

  it('edits into another order at the end of the queue', () => {
    const { market, alice } = start();
    const order = market.add(alice, limit('sell', '100.0', '9'));
    const edited = market.exchange.edit(
      alice,
      order.id,
      () => ({ ...limit('sell', '101.0', '10'), symbol: 'BTC/USD' }) as OrderRequest,
      market.nowNs,
    );
    if (edited instanceof Refusal) throw new Error(edited.error);
    expect([order.status, edited.order.status]).toEqual(['canceled', 'new']);
    expect(alice.held('BTC')).toBe(100_000_000_000n);
  });
});

describe('the history of an account', () => {
  it('keeps the youngest of what is over, everything that is open, and says what it forgot', () => {
    const market = new TestExchange({ history: 4 });
    const alice = market.account('alice');
    const bob = market.account('bob');
    const resting = market.add(alice, { ...limit('buy', '90.0'), clientOrderId: 'resting' });
    const gone = market.add(alice, { ...limit('buy', '91.0'), clientOrderId: 'gone' });
    market.exchange.cancel(alice, 'gone', market.nowNs);
    for (let trade = 0; trade < 20; trade += 1) {
      market.add(alice, limit('sell', '100.0', '0.01'));
      market.add(bob, limit('buy', '100.0', '0.01'));
    }
    expect(alice.orders.size - alice.openOrders.size).toBe(4);
    expect(alice.find('resting')).toBe(resting);
    expect([alice.find('gone'), alice.find(gone.id)]).toEqual([undefined, undefined]);
    expect(alice.trades.length).toBeLessThan(6);
    expect(alice.trades.at(-1)?.tradeId).toBe(20);
    expect(alice.ledger.length).toBeLessThan(6);
    expect(alice.forgotten).toBeGreaterThan(50);
    expect(market.exchange.volumeOf(alice, market.nowNs)).toBe(20);
    const month = 31n * 86_400_000_000_000n;
    expect(market.exchange.volumeOf(alice, market.nowNs + month)).toBe(0);
  });
});

describe('time', () => {
  it('expires, starts and cancels when it has come', () => {
    const { market, alice } = start();
    const second = 1_000_000_000n;
    const order = market.add(alice, {
      ...limit('buy', '100.0'),
      timeInForce: 'gtd',
      expireNs: market.nowNs + 10n * second,
    });
    const later = market.add(alice, {
      ...limit('buy', '90.0'),
      startNs: market.nowNs + 5n * second,
    });
    expect(later.status).toBe('pending_new');
    market.exchange.cancelAllAfter(alice, 60, market.nowNs);
    market.exchange.advance(market.nowNs + 11n * second);
    expect([order.status, later.status]).toEqual(['expired', 'new']);
    market.exchange.advance(market.nowNs + 60n * second);
    expect(stateOf(later)).toEqual(['canceled', 0, 'Cancel all orders after timeout']);
    expect(market.exchange.nextDueNs).toBeUndefined();
  });
});

const CLOSE = { type: 'limit', limitPrice: at('110.0') } as const;

describe('refusals', () => {
  const refused = (request: Partial<OrderRequest>): unknown => {
    const { market, alice, bob } = start();
    market.add(bob, limit('sell', '50000.0'));
    return (market.try(alice, request) as Refusal).error;
  };

  it.each([
    ['EQuery:Unknown asset pair', { ...limit('buy', '1.0'), symbol: 'XBT/USD' }],
    ['EOrder:Tick size check failed', limit('buy', '100.05')],
    ['EOrder:Invalid price', limit('buy', '0')],
    ['EOrder:Invalid price', limit('buy', 'x')],
    ['EGeneral:Invalid arguments:volume', limit('buy', '100.0', '-1')],
    ['EGeneral:Invalid arguments:volume', limit('buy', '100.0', '0.000000001')],
    ['EOrder:Order minimum not met', limit('buy', '100.0', '0.00001')],
    ['EOrder:Cost minimum not met', limit('buy', '1.0', '0.1')],
    ['EOrder:Insufficient funds', limit('buy', '100.0', '1000')],
    ['EOrder:Insufficient funds', limit('sell', '100.0', '10.1')],
    ['EOrder:Insufficient funds', { type: 'market', cash: '99999' }],
    ['EOrder:Post only order', { ...limit('buy', '50000.0'), postOnly: true }],
    ['EGeneral:Invalid arguments:leverage', { ...limit('buy', '100.0'), leverage: 6 }],
    ['EOrder:Cannot open position', { ...limit('buy', '1.0'), symbol: 'PEPE/USD', leverage: 2 }],
    ['EOrder:Reduce only:No position exists', { ...limit('buy', '100.0'), reduceOnly: true }],
    ['EOrder:Unknown position', { type: 'settle-position', quantity: '1' }],
    ['EGeneral:Invalid arguments:price', { type: 'limit', quantity: '1' }],
    [
      'EGeneral:Invalid arguments:displayvol',
      { ...limit('buy', '1.0', '30'), type: 'iceberg', displayQuantity: '1' },
    ],
    [
      'EGeneral:Invalid arguments:cl_ord_id',
      { ...limit('buy', '100.0'), clientOrderId: 'x'.repeat(19) },
    ],
    ['EGeneral:Invalid arguments:expiretm', { ...limit('buy', '100.0'), timeInForce: 'gtd' }],
    [
      'EGeneral:Invalid arguments:expiretm',
      { ...limit('buy', '100.0'), timeInForce: 'gtd', expireNs: START_NS + 4_999_000_000n },
    ],
    [
      'EGeneral:Invalid arguments:expiretm',
      { ...limit('buy', '100.0'), timeInForce: 'gtd', expireNs: START_NS * 2n },
    ],
    ['EGeneral:Invalid arguments:expiretm', { ...limit('buy', '100.0'), expireNs: START_NS * 2n }],
    ['EGeneral:Invalid arguments:viqc', { type: 'market', side: 'sell', cash: '100' }],
    ['EGeneral:Invalid arguments:viqc', { ...limit('buy', '100.0'), cash: '100' }],
    ['EGeneral:Invalid arguments:timeinforce', { ...ICEBERG, timeInForce: 'ioc' }],
    ['EGeneral:Invalid arguments:timeinforce', { ...STOP, timeInForce: 'fok' }],
    [
      'EGeneral:Invalid arguments:timeinforce',
      { type: 'market', quantity: '1', timeInForce: 'fok' },
    ],
    ['EGeneral:Invalid arguments:post_only', { ...STOP, postOnly: true }],
    ['EGeneral:Invalid arguments:post_only', { type: 'market', quantity: '1', postOnly: true }],
    ['EOrder:Invalid price', { ...STOP, type: 'trailing-stop' }],
    [
      'EGeneral:Invalid arguments:cl_ord_id and userref are mutually exclusive',
      { ...limit('buy', '100.0'), clientOrderId: 'mine', userReference: 1 },
    ],
    [
      'EGeneral:Invalid arguments:cl_ord_id',
      { ...limit('buy', '1.0'), clientOrderId: 'mine', close: CLOSE },
    ],
    [
      'EGeneral:Invalid arguments:close',
      { ...limit('buy', '1.0'), close: { ...CLOSE, type: 'market' } },
    ],
  ] as const)('are in the words of the exchange: %s', (error, request) => {
    expect(refused(request)).toBe(error);
  });

  it.each([
    ['cancel_only', 'EService:Market in cancel_only mode', 'EService:Market in cancel_only mode'],
    ['post_only', 'EService:Market in post_only mode', undefined],
    ['limit_only', undefined, undefined],
    ['maintenance', 'EService:Unavailable', 'EService:Unavailable'],
  ] as const)('follow the trading state %s', (state, ofLimit, ofPostOnly) => {
    const { market, alice } = start();
    market.exchange.setState(state, market.nowNs);
    const errors = [limit('buy', '100.0'), { ...limit('buy', '100.0'), postOnly: true }].map(
      (request) => {
        const said = market.try(alice, request);
        return said instanceof Refusal ? said.error : undefined;
      },
    );
    expect(errors).toEqual([ofLimit, ofPostOnly]);
  });

  it('keep a batch out whole, but for what the funds allow', () => {
    const { market, alice } = start();
    const { exchange } = market;
    expect(exchange.addBatch(alice, [whole('1'), whole('0.00001')], market.nowNs)).toEqual(
      new Refusal('EOrder:Order minimum not met'),
    );
    const rows = exchange.addBatch(alice, [whole('900'), whole('900')], market.nowNs);
    expect(rows).toMatchObject([{ status: 'new' }, { error: 'EOrder:Insufficient funds' }]);
  });
});
