import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, depositsOf, faultsOf, TestExchange } from '../../../test/exchange.ts';
import { naiveMargin } from '../../../test/naive-margin.ts';
import type { Account } from '../account.ts';
import type { OrderRequest } from '../draft.ts';
import { fundsOf } from '../funds-report.ts';
import { REFUSALS } from '../refusal.ts';
import { openLots } from './position.ts';

const HOUR_NS = 3_600_000_000_000n;
const LOTS = 100_000_000n;

const usd = (value: bigint): number => Number(value) / 1e10;

/** A market whose other side is one rich account: what a trader buys and sells is at the price he names. */
class Desk {
  readonly market = new TestExchange();
  readonly maker = this.market.account('maker', { USD: '100000000', BTC: '10000' });

  trader(balances: Record<string, string> = { USD: '1000' }): Account {
    return this.market.account('trader', balances);
  }

  /** Lets an account trade at once, on margin unless `terms` has it otherwise. */
  trade(
    account: Account,
    side: 'buy' | 'sell',
    price: string,
    quantity: string,
    terms: Partial<OrderRequest> = {},
  ): void {
    const other = side === 'buy' ? 'sell' : 'buy';
    this.market.add(this.maker, { side: other, quantity, limitPrice: at(price) });
    this.market.add(account, { side, quantity, limitPrice: at(price), leverage: 5, ...terms });
  }

  /** A trade of two others: the last price. */
  price(text: string): void {
    const other = this.market.exchange.accounts.get('other') ?? this.market.account('other');
    this.trade(other, 'buy', text, '0.01', { leverage: undefined });
  }

  balance(account: Account, asset = 'USD'): number {
    const scale = this.market.exchange.scales.get(asset) ?? 0;
    return Number(account.balance(asset)) / 10 ** scale;
  }

  state(account: Account): Record<string, number | undefined> {
    const { margin, cost, worth, gain, equity, free, level } =
      this.market.exchange.margin.stateOf(account);
    return {
      ...{ margin: usd(margin), cost: usd(cost), worth: usd(worth), gain: usd(gain) },
      ...{ equity: usd(equity), free: usd(free), level },
    };
  }

  positions(account: Account): unknown[] {
    const { positions } = this.market.exchange.margin;
    return positions
      .of(account)
      .map((each) => [each.order.side, Number(openLots(each)) / Number(LOTS), Number(each.cost)]);
  }

  get faults(): string[] {
    return faultsOf(this.market.exchange, depositsOf(this.market.exchange));
  }
}

describe('an order on margin', () => {
  it('opens a position, and takes fees alone from the balance', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '10');
    // 0.4 % of 1,000 for the trade, and 0.025 % of it for opening.
    expect(desk.balance(trader)).toBe(995.75);
    expect(desk.balance(trader, 'BTC')).toBe(0);
    expect(desk.positions(trader)).toEqual([['buy', 10, 10_000_000]]);
    expect(desk.state(trader)).toEqual({
      ...{ margin: 200, cost: 1_000, worth: 1_000, gain: 0 },
      ...{ equity: 995.75, free: 795.75, level: 497.87 },
    });
    expect(trader.ledger.map(({ type }) => type)).toEqual(['deposit', 'margin']);
    expect(desk.faults).toEqual([]);
  });

  it('is closed by the other side at any leverage, the oldest first, and what it gained is paid', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'sell', '100.0', '2');
    desk.trade(trader, 'sell', '90.0', '2');
    desk.trade(trader, 'buy', '80.0', '3', { leverage: 2 });
    expect(desk.positions(trader)).toEqual([['sell', 1, 1_800_000]]);
    const [entry] = trader.ledger.slice(-1);
    // 2 × 20 and 1 × 10, and 0.4 % of 240.
    expect(entry).toMatchObject({ type: 'margin', amount: 500_000n, fee: 9_600n });
    expect(trader.trades.map(({ margin }) => margin?.status)).toEqual([
      ...['opened', 'opened', 'closing'],
    ]);
    desk.trade(trader, 'buy', '80.0', '3');
    expect(desk.positions(trader)).toEqual([['buy', 2, 1_600_000]]);
    expect(trader.trades.at(-1)?.margin).toMatchObject({ status: 'opened', isClosing: true });
    desk.trade(trader, 'sell', '80.0', '2');
    expect(desk.positions(trader)).toEqual([]);
    expect(trader.trades.at(-1)?.margin).toMatchObject({ status: 'closed' });
    expect(desk.faults).toEqual([]);
  });

  it('is not closed by an order that is not on margin', () => {
    const desk = new Desk();
    const trader = desk.trader({ USD: '1000', BTC: '5' });
    desk.trade(trader, 'buy', '100.0', '2');
    desk.trade(trader, 'sell', '100.0', '2', { leverage: undefined });
    expect(desk.positions(trader)).toEqual([['buy', 2, 2_000_000]]);
    expect(desk.balance(trader, 'BTC')).toBe(3);
  });

  it('binds margin while it waits, less what it would close', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.price('100.0');
    const order = { quantity: '20', limitPrice: at('50.0'), leverage: 2 };
    const waiting = desk.market.add(trader, { side: 'buy', ...order });
    const { margin } = desk.market.exchange;
    expect(margin.boundByOrders(trader)).toBe(500n * 10n ** 10n);
    const again = desk.market.try(trader, { side: 'buy', ...order, quantity: '21' });
    expect(again).toMatchObject({ error: REFUSALS.marginLevel });
    expect(desk.market.add(trader, { side: 'buy', ...order }).status).toBe('new');
    desk.market.exchange.cancel(trader, waiting.id, desk.market.nowNs);
    expect(margin.boundByOrders(trader)).toBe(500n * 10n ** 10n);
    desk.market.exchange.cancelAll(trader, desk.market.nowNs);
    desk.trade(trader, 'buy', '100.0', '10');
    desk.market.add(trader, { side: 'sell', quantity: '10', limitPrice: at('200.0'), leverage: 2 });
    expect(margin.boundByOrders(trader)).toBe(0n);
    desk.market.add(trader, { side: 'sell', quantity: '1', limitPrice: at('200.0'), leverage: 2 });
    expect(margin.boundByOrders(trader)).toBe(100n * 10n ** 10n);
  });

  it('counts other currencies as collateral, as far as they count', () => {
    const desk = new Desk();
    const trader = desk.trader({ SOL: '100' });
    const { maker, market } = desk;
    const sol = { symbol: 'SOL/USD', quantity: '1', limitPrice: at('10.00') } as const;
    market.add(maker, { ...sol, side: 'buy' });
    market.add(market.account('seller', { SOL: '1' }), { ...sol, side: 'sell' });
    // 90 % of 1,000.
    expect(desk.state(trader)).toMatchObject({ equity: 900 });
  });

  it('of 0 lots is of all there is to close', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '2.5');
    desk.market.add(desk.maker, { side: 'buy', quantity: '5', limitPrice: at('101.0') });
    const close = { side: 'sell', type: 'market', quantity: '0', leverage: 2 } as const;
    expect(desk.market.add(trader, close)).toMatchObject({ status: 'filled', lots: 250_000_000n });
    expect(desk.market.try(trader, close)).toMatchObject({ error: REFUSALS.invalid('volume') });
  });

  it.each<[string, Partial<OrderRequest>]>([
    [REFUSALS.invalid('leverage'), { leverage: 6 }],
    [REFUSALS.invalid('leverage'), { leverage: 1 }],
    [REFUSALS.invalid('leverage'), { leverage: 2.5 }],
    [REFUSALS.positionSize, { leverage: 5, quantity: '301' }],
    [REFUSALS.marginLevel, { leverage: 2, quantity: '30' }],
    [REFUSALS.marginLevel, { leverage: 2, quantity: '30', type: 'market', limitPrice: undefined }],
    [REFUSALS.noPosition, { leverage: 2, reduceOnly: true }],
    [
      REFUSALS.invalid('viqc'),
      { leverage: 2, type: 'market', cash: '10', quantity: undefined, limitPrice: undefined },
    ],
  ])('is refused: %s', (error, terms) => {
    const desk = new Desk();
    desk.price('100.0');
    const order = { quantity: '1', limitPrice: at('100.0'), ...terms };
    expect(desk.market.try(desk.trader(), order)).toMatchObject({ error });
  });

  it('pays each four hours for what is open', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '10');
    const { market } = desk;
    market.nowNs += 12n * HOUR_NS;
    market.exchange.advance(market.nowNs);
    const rolled = trader.ledger.filter(({ type }) => type === 'rollover');
    expect(rolled.map(({ amount, fee }) => [amount, fee])).toEqual(
      Array.from({ length: 3 }, () => [0n, 2_500n]),
    );
    desk.trade(trader, 'sell', '100.0', '10');
    market.nowNs += 12n * HOUR_NS;
    market.exchange.advance(market.nowNs);
    expect(trader.ledger.filter(({ type }) => type === 'rollover')).toHaveLength(3);
    expect(desk.faults).toEqual([]);
  });

  it('has a conditional close on margin, too', () => {
    const desk = new Desk();
    const trader = desk.trader();
    const close = { type: 'limit', limitPrice: at('110.0') } as const;
    desk.trade(trader, 'buy', '100.0', '1', { close });
    const [open] = trader.openOrders;
    expect(open).toMatchObject({ side: 'sell', leverage: 5, status: 'new' });
    desk.market.add(desk.maker, { side: 'buy', quantity: '1', limitPrice: at('110.0') });
    expect(desk.positions(trader)).toEqual([]);
  });
});

describe('an order that may only reduce', () => {
  it('shrinks with its position and ends with it', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '2');
    const reduce = { quantity: '5', leverage: 2, reduceOnly: true } as const;
    const order = desk.market.add(trader, { ...reduce, side: 'sell', limitPrice: at('120.0') });
    expect(order.lots).toBe(2n * LOTS);
    const wrong = desk.market.try(trader, { ...reduce, side: 'buy', limitPrice: at('90.0') });
    expect(wrong).toMatchObject({ error: REFUSALS.notReducing });
    desk.trade(trader, 'sell', '100.0', '1.5');
    expect([order.lots, order.status]).toEqual([LOTS / 2n, 'new']);
    desk.trade(trader, 'sell', '100.0', '0.5');
    expect(order.status).toBe('canceled');
    expect(desk.faults).toEqual([]);
  });
});

describe('settling a position', () => {
  const settle = { type: 'settle-position', side: 'sell', quantity: '0', leverage: 2 } as const;

  it('pays for what was bought at what it had cost', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '3');
    const before = desk.balance(trader);
    const part = desk.market.add(trader, { ...settle, quantity: '1' });
    expect(part).toMatchObject({ status: 'filled', filledLots: LOTS, cost: 1_000_000n });
    expect(desk.balance(trader)).toBe(before - 100);
    expect(desk.balance(trader, 'BTC')).toBe(1);
    desk.market.add(trader, settle);
    expect(desk.balance(trader, 'BTC')).toBe(3);
    expect(desk.positions(trader)).toEqual([]);
    const settled = trader.ledger.filter(({ type }) => type === 'settled');
    expect(settled.map(({ asset, fee }) => [asset, fee])).toEqual([
      ...[
        ['BTC', 0n],
        ['USD', 0n],
        ['BTC', 0n],
        ['USD', 0n],
      ],
    ]);
    expect(desk.market.try(trader, settle)).toMatchObject({ error: REFUSALS.unknownPosition });
    expect(desk.faults).toEqual([]);
  });

  it('gives back what was sold, and takes what that had brought', () => {
    const desk = new Desk();
    const trader = desk.trader({ USD: '1000', BTC: '2' });
    desk.trade(trader, 'sell', '100.0', '2');
    const before = desk.balance(trader);
    desk.market.add(trader, { ...settle, side: 'buy' });
    expect(desk.balance(trader)).toBeCloseTo(before + 200, 9);
    expect(desk.balance(trader, 'BTC')).toBe(0);
    expect(desk.faults).toEqual([]);
  });

  it('takes the account to have what was advanced', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '20');
    expect(desk.market.try(trader, settle)).toMatchObject({ error: REFUSALS.funds });
    desk.trade(trader, 'sell', '100.0', '40');
    expect(desk.market.try(trader, settle)).toMatchObject({ error: REFUSALS.funds });
  });

  it('leaves nothing to reduce for the orders that wait for it', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '2');
    const terms = { quantity: '2', leverage: 2, reduceOnly: true, limitPrice: at('120.0') };
    const order = desk.market.add(trader, { ...terms, side: 'sell' });
    desk.market.add(trader, { ...settle, quantity: '1' });
    expect(order.lots).toBe(LOTS);
    desk.market.add(trader, settle);
    expect(order.status).toBe('canceled');
  });
});

describe('an account that cannot carry its positions', () => {
  it('has its orders on margin cancelled and its positions closed in the market', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '40');
    const order = { quantity: '1', limitPrice: at('120.0'), leverage: 2 };
    const waiting = desk.market.add(trader, { ...order, side: 'sell' });
    desk.market.add(desk.maker, { side: 'buy', quantity: '100', limitPrice: at('82.0') });
    desk.price('84.0');
    expect([waiting.status, trader.trades.length]).toEqual(['new', 1]);
    // Equity 983 less 40 × 17: under 40 % of the 800 that are bound.
    desk.price('83.0');
    expect(desk.positions(trader)).toEqual([]);
    expect(waiting).toMatchObject({ status: 'canceled', reason: 'Margin level too low' });
    const [closing] = trader.trades.slice(-1);
    expect(closing?.order).toMatchObject({ isLiquidation: true, reduceOnly: true, side: 'sell' });
    expect(desk.faults).toEqual([]);
  });

  it('keeps what nobody buys until somebody does', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '40');
    desk.price('80.0');
    expect(desk.positions(trader)).toEqual([['buy', 40, 40_000_000]]);
    desk.market.add(desk.maker, { side: 'buy', quantity: '100', limitPrice: at('70.0') });
    expect(desk.positions(trader)).toEqual([]);
    // What it owes it owes; nothing else may be bought with it.
    expect(desk.balance(trader)).toBeLessThan(0);
    const more = desk.market.try(trader, { side: 'buy', quantity: '1', limitPrice: at('50.0') });
    expect(more).toMatchObject({ error: REFUSALS.funds });
    expect(desk.faults).toEqual([]);
  });

  it('loses the orders whose funds a loss has taken, the newest first', () => {
    const desk = new Desk();
    const trader = desk.trader();
    desk.trade(trader, 'buy', '100.0', '20');
    const spot = { side: 'buy', quantity: '4', limitPrice: at('50.0') } as const;
    const [first, second, third] = [1, 2, 3].map(() => desk.market.add(trader, spot));
    desk.trade(trader, 'sell', '80.0', '20');
    expect([first?.status, second?.status, third?.status]).toEqual(['new', 'new', 'canceled']);
    expect(desk.faults).toEqual([]);
  });
});

describe('fills on margin and a naive account of them', () => {
  const fill = fc.record({
    lots: fc.integer({ min: -9, max: 9 }).filter((lots) => lots !== 0),
    price: fc.integer({ min: 90, max: 110 }),
  });

  it('leave the same lots open and gain the same', () => {
    fc.assert(
      fc.property(fc.array(fill, { minLength: 1, maxLength: 40 }), (fills) => {
        const desk = new Desk();
        const trader = desk.trader({ USD: '1000000' });
        for (const { lots, price } of fills) {
          const side = lots > 0 ? 'buy' : 'sell';
          desk.trade(trader, side, `${price}.0`, String(Math.abs(lots)));
        }
        const naive = naiveMargin(fills);
        const gained = trader.ledger.reduce(
          (sum, { type, amount }) => sum + (type === 'margin' ? amount : 0n),
          0n,
        );
        expect(Number(gained) / 10_000).toBe(naive.gained);
        const net = desk.market.exchange.margin.positions.netOf(
          trader,
          desk.market.add(desk.maker, { quantity: '1', limitPrice: at('1.0') }).market,
        );
        expect(Number(net?.lots ?? 0n) / Number(LOTS)).toBe(naive.open.length);
        expect(Number(net?.cost ?? 0n) / 10_000).toBe(
          naive.open.reduce((sum, { price }) => sum + price, 0),
        );
        expect(net?.side).toBe(
          naive.open[0] === undefined ? undefined : naive.open[0].direction === 1 ? 'buy' : 'sell',
        );
        expect(desk.faults).toEqual([]);
        const lent = fundsOf(desk.market.exchange).get('USD')?.lent;
        const sign = net?.side === 'sell' ? 1n : -1n;
        expect(lent).toBe((net?.cost ?? 0n) * sign);
      }),
      { numRuns: 100 },
    );
  });
});
