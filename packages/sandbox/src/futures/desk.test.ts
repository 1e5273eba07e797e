import { describe, expect, it } from 'vitest';
import { TestDesk } from '../../test/futures.ts';
import { futuresDeposits, futuresFaultsOf } from '../../test/futures-check.ts';
import { Refusal } from '../exchange/index.ts';
import { contractsAt } from './contracts.ts';
import { currencyStates, marginState } from './wallets.ts';

const UNIT = 10n ** 10n;
const RICH = { USD: '10000000', fi_xbtusd: '100' };
const at = (text: string) => ({ kind: 'static', text }) as const;

function open(balances: Record<string, Record<string, string>> = {}): TestDesk {
  return new TestDesk({ maker: RICH, alice: { USD: '1000' }, ...balances });
}

describe('contracts', () => {
  it('have a dated one that ends on the last Friday of a quarter, at 08:00', () => {
    const last = contractsAt(Date.UTC(2026, 10, 24)).at(-1);
    expect(last?.symbol).toBe('FI_XBTUSD_261225');
    expect(new Date(last?.maturityMs ?? 0).toISOString()).toBe('2026-12-25T08:00:00.000Z');
  });

  it('list the next one within a week of the end', () => {
    expect(contractsAt(Date.UTC(2026, 11, 19)).at(-1)?.symbol).toBe('FI_XBTUSD_270326');
  });
});

describe('margin', () => {
  it('is taken of orders and positions at the mark price, and nothing else of the balance', () => {
    const desk = open();
    desk.quote('maker', '50000', '50010');
    desk.add('alice', { quantity: '0.1', limitPrice: at('50010') });
    const { clearing } = desk.desk;
    const state = marginState(clearing, desk.account('alice'), 'USD', desk.time.wallNs());
    expect(desk.lots('alice')).toBe(1_000n);
    expect(state.initial).toBe(state.initialWithOrders);
    expect(state.initial).toBe(state.maintenance * 2n);
    // A fee of 0.05 % of 5,001 USD, and the mark price in the middle.
    expect(state.balanceValue).toBe(1_000n * UNIT - (5_001n * UNIT * 5n) / 10_000n);
    expect(state.available).toBe(state.balanceValue + state.pnl - state.initial);
  });

  it('refuses what it does not suffice for, and takes what makes a position smaller', () => {
    const desk = open();
    desk.quote('maker', '50000', '50010');
    desk.add('alice', { quantity: '0.9', limitPrice: at('50010') });
    expect(desk.try('alice', { quantity: '0.9', limitPrice: at('40000') })).toEqual(
      new Refusal('EOrder:Insufficient funds'),
    );
    expect(desk.add('alice', { side: 'sell', quantity: '0.9', type: 'market' }).status).toBe(
      'filled',
    );
    expect(desk.lots('alice')).toBe(0n);
  });

  it('counts the side of the orders that would make the larger position', () => {
    const desk = open();
    desk.quote('maker', '50000', '50010');
    const { clearing } = desk.desk;
    const bound = (): bigint =>
      marginState(clearing, desk.account('alice'), 'USD', 0n).initialWithOrders;
    desk.add('alice', { quantity: '0.2', limitPrice: at('49000') });
    const one = bound();
    desk.add('alice', { side: 'sell', quantity: '0.2', limitPrice: at('51000') });
    expect(bound()).toBe(one);
    desk.add('alice', { quantity: '0.1', limitPrice: at('49000') });
    expect(bound()).toBeGreaterThan(one);
  });

  it('of other currencies counts at the index, less a share', () => {
    const desk = open({ carol: { XBT: '1' } });
    desk.quote('maker', '50000', '50010');
    const [, xbt] = currencyStates(desk.desk.clearing, desk.account('carol'));
    expect(xbt?.value).toBe(50_005n * UNIT);
    expect(xbt?.collateral).toBe((50_005n * UNIT * 97n) / 100n);
  });

  it('of an inverse contract is taken of its own wallet', () => {
    const desk = open({ bob: { fi_xbtusd: '0.01' } });
    desk.quote('maker', '50000.0', '50010.0', 'PI_XBTUSD', '20000');
    desk.add('bob', { symbol: 'PI_XBTUSD', type: 'market', quantity: '10000' });
    expect(desk.lots('bob', 'PI_XBTUSD')).toBe(10_000n);
    expect(desk.try('alice', { symbol: 'PI_XBTUSD', type: 'market' })).toBeInstanceOf(Refusal);
  });
});

describe('an order that may only reduce', () => {
  it('is refused without a position, cut to it, and shrinks with it', () => {
    const desk = open();
    desk.quote('maker', '50000', '50010');
    expect(desk.try('alice', { reduceOnly: true, side: 'sell' })).toBeInstanceOf(Refusal);
    desk.add('alice', { quantity: '0.3', type: 'market' });
    const order = desk.add('alice', {
      side: 'sell',
      quantity: '5',
      reduceOnly: true,
      limitPrice: at('60000'),
    });
    expect(order.lots).toBe(3_000n);
    desk.add('alice', { side: 'sell', quantity: '0.1', type: 'market' });
    expect([order.lots, order.status]).toEqual([2_000n, 'new']);
    desk.add('alice', { side: 'sell', quantity: '0.2', type: 'market' });
    expect(order.status).toBe('canceled');
  });
});

describe('time', () => {
  it('pays funding every hour: what one side pays the other gets', () => {
    const desk = open();
    const { clearing } = desk.desk;
    desk.quote('maker', '50000', '50010');
    desk.desk.now(desk.market('PF_SOLUSD'));
    desk.add('alice', { quantity: '0.5', type: 'market' });
    const deposits = futuresDeposits(desk.desk);
    // The mark price runs away from the index, which follows more slowly.
    desk.quote('maker', '52000', '52010');
    for (let minute = 0; minute < 130; minute += 1) {
      desk.time.advance(60_000);
      desk.quote('maker', String(52_000 + minute * 20), String(52_010 + minute * 20));
    }
    const funding = clearing.log
      .of(desk.account('alice'))
      .filter(({ info }) => info === 'funding rate change');
    expect(funding.length).toBeGreaterThan(0);
    expect(funding.every(({ funding: amount = 0n }) => amount < 0n)).toBe(true);
    expect(futuresFaultsOf(desk.desk, deposits)).toEqual([]);
  });

  it('settles a dated contract at the index when it ends, and closes its market', () => {
    const desk = open({ bob: { fi_xbtusd: '1' } });
    const dated = desk.desk.clearing.contracts.at(-1);
    const symbol = dated?.symbol ?? '';
    const deposits = futuresDeposits(desk.desk);
    desk.quote('maker', '50000.0', '50010.0', symbol, '20000');
    desk.add('bob', { symbol, type: 'market', quantity: '5000' });
    const order = desk.add('bob', { symbol, quantity: '10', limitPrice: at('40000.0') });
    desk.desk.now(desk.market('PF_SOLUSD'));
    desk.time.advance((dated?.maturityMs ?? 0) - Number(desk.time.wallNs() / 1_000_000n) - 1_000);
    expect(desk.lots('bob', symbol)).toBe(5_000n);
    desk.time.advance(2_000);
    desk.desk.now();
    expect([desk.lots('bob', symbol), order.status]).toEqual([0n, 'canceled']);
    const last = desk.desk.clearing.log.of(desk.account('bob')).at(-1);
    expect([last?.info, last?.isPosition]).toEqual(['settlement', false]);
    expect(desk.try('bob', { symbol, quantity: '10', limitPrice: at('40000.0') })).toBeInstanceOf(
      Refusal,
    );
    expect(futuresFaultsOf(desk.desk, deposits)).toEqual([]);
  });
});

describe('a position that its wallet can carry no longer', () => {
  it('is closed, its orders cancelled before, and the log says why', () => {
    const desk = open();
    desk.desk.now(desk.market('PF_SOLUSD'));
    desk.quote('maker', '50000', '50010', 'PF_XBTUSD', '5');
    const deposits = futuresDeposits(desk.desk);
    desk.add('alice', { quantity: '0.9', type: 'market' });
    const order = desk.add('alice', { quantity: '0.01', limitPrice: at('40000') });
    for (let price = 50_000; price > 49_000; price -= 50) {
      desk.time.advance(20_000);
      desk.quote('maker', String(price), String(price + 10), 'PF_XBTUSD', '5');
    }
    expect([desk.lots('alice'), order.status]).toEqual([0n, 'canceled']);
    const infos = desk.desk.clearing.log.of(desk.account('alice')).map(({ info }) => info);
    expect(infos).toContain('futures liquidation');
    const closing = [...desk.account('alice').orders.values()].at(-1);
    expect(desk.desk.isLiquidation(closing?.id ?? '')).toBe(true);
    expect(futuresFaultsOf(desk.desk, deposits)).toEqual([]);
  });
});
