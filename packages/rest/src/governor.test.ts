import { parseKrakenError } from '@kr/schemas';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { rejected } from './answer-errors.ts';
import {
  createFuturesGovernor,
  createSpotGovernor,
  type GovernedCall,
  type GovernorOptions,
  spotLimits,
} from './index.ts';

const balance: GovernedCall = { venue: 'spot', name: 'Balance', access: 'private', params: {} };
const pair = 'XBTUSD';

function trade(name: string, params: GovernedCall['params'] = {}): GovernedCall {
  return { venue: 'spot', name, access: 'private', params: { pair, ...params } };
}

function spot(time: ManualTime, more: Partial<GovernorOptions> = {}) {
  const limits = { ...spotLimits('pro'), headroom: 0 };
  return createSpotGovernor({ clock: time, timers: time, limits, ...more });
}

function krakenSays(text: string) {
  const source = { endpoint: 'x', mutates: false, status: 200, contentType: '', permission: '' };
  return rejected(source, [parseKrakenError(text)]);
}

describe('the Spot governor', () => {
  it('plans without reserving: 20 calls at once, then one a second', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    for (let call = 0; call < 20; call += 1) {
      expect(governor.plan(balance)).toMatchObject({ waitMs: 0, cost: 1, scope: 'rest' });
      await governor.acquire(balance);
    }
    expect(governor.plan(balance).waitMs).toBe(1000);
    expect(governor.plan(balance).waitMs).toBe(1000);
    await time.advance(400);
    expect(governor.plan(balance).waitMs).toBe(600);
    expect(governor.plan({ ...balance, name: 'Ledgers' })).toMatchObject({ waitMs: 3600, cost: 4 });
  });

  it('lets those who wait go in their order, one by one', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    const gone: number[] = [];
    const waiting = Array.from({ length: 23 }, (_, index) =>
      governor.acquire(balance).then(() => gone.push(index)),
    );
    await time.advance(0);
    expect(gone).toHaveLength(20);
    await time.advance(1000);
    expect(gone).toHaveLength(21);
    await time.advance(2000);
    await Promise.all(waiting);
    expect(gone).toStrictEqual(Array.from({ length: 23 }, (_, index) => index));
  });

  it('refuses what would wait too long, and reserves nothing for it', async () => {
    const time = new ManualTime();
    const governor = spot(time, { maxWaitMs: 0 });
    for (let call = 0; call < 20; call += 1) await governor.acquire(balance);
    expect(await failureOf(governor.acquire(balance))).toMatchObject({
      code: 'RATE_LIMIT_AHEAD',
      effect: 'none',
      context: { scope: 'rest', waitMs: 1000 },
    });
    expect(governor.counters[0]).toStrictEqual({ scope: 'rest', used: 20, max: 20 });
  });

  it("counts the documentation's example: add, amend after 7 s, cancel 36 s later", async () => {
    const time = new ManualTime();
    const governor = spot(time);
    const add = trade('AddOrder', { cl_ord_id: 'mine' });
    expect(governor.plan(add).cost).toBe(1);
    await governor.acquire(add);
    governor.succeeded(add, { txid: ['OABC'] });
    await time.advance(7000);
    const amend = trade('AmendOrder', { txid: 'OABC' });
    expect(governor.plan(amend).cost).toBe(3);
    await governor.acquire(amend);
    governor.succeeded(amend, { amend_id: 'x' });
    await time.advance(36_000);
    expect(governor.plan(trade('CancelOrder', { txid: 'OABC' })).cost).toBe(4);
    expect(governor.plan(trade('CancelOrder', { cl_ord_id: 'mine' })).cost).toBe(4);
  });

  it.each([
    [0, 8],
    [4.999, 8],
    [5, 6],
    [10, 5],
    [15, 4],
    [45, 2],
    [90, 1],
    [300, 0],
  ])('a cancel after %s s costs %s', async (ageS, cost) => {
    const time = new ManualTime();
    const governor = spot(time);
    governor.succeeded(trade('AddOrder'), { txid: ['OABC'] });
    await time.advance(ageS * 1000);
    expect(governor.plan(trade('CancelOrder', { txid: 'OABC' })).cost).toBe(cost);
  });

  it('counts an order that was amended as young, under whichever of its names', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    governor.succeeded(trade('AddOrder', { cl_ord_id: 'mine' }), { txid: ['OABC'] });
    await time.advance(400_000);
    expect(governor.plan(trade('CancelOrder', { cl_ord_id: 'mine' })).cost).toBe(0);
    governor.succeeded(trade('AmendOrder', { txid: 'OABC' }), { amend_id: 'A' });
    for (const name of [{ cl_ord_id: 'mine' }, { txid: 'OABC' }]) {
      expect(governor.plan(trade('CancelOrder', name)).cost).toBe(8);
    }
  });

  it('counts a pair once, whatever it is called, where a table knows its names', async () => {
    const names = ['XBTUSD', 'BTC/USD', 'XXBTZUSD', 'XBT/USD'] as const;
    const [altname, symbol, restId, v1Symbol] = names;
    const known = { altname, symbol, restId, v1Symbol, base: 'BTC', quote: 'USD' };
    const symbols = {
      pair: (name: string) => (names.includes(name as 'XBTUSD') ? known : undefined),
    };
    const time = new ManualTime();
    const limits = { ...spotLimits('pro'), headroom: 0 };
    const governor = createSpotGovernor({ clock: time, timers: time, limits, symbols });
    for (const name of names) {
      await governor.acquire(trade('AddOrder', { pair: name }));
    }
    expect(governor.counters).toMatchObject([
      { scope: 'rest', used: 0 },
      { scope: 'trading XBTUSD', used: 4 },
    ]);
  });

  it('counts batches, and orders that it does not know as new', () => {
    const governor = spot(new ManualTime());
    const orders = [{ cl_ord_id: 'a' }, { cl_ord_id: 'b' }, { cl_ord_id: 'c' }];
    expect(governor.plan(trade('AddOrderBatch', { orders })).cost).toBe(1.5);
    expect(governor.plan(trade('CancelOrderBatch', { orders: ['x', 'y'] })).cost).toBe(16);
  });

  it('waits for an order to become cheaper when that is sooner than the decay', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    governor.succeeded(trade('AddOrder'), { txid: ['OABC'] });
    await time.advance(4900);
    for (let call = 0; call < 180; call += 1) await governor.acquire(trade('AddOrder'));
    // At once it would cost 8, which fits after 2.134 s; from 0.1 s on it costs 6.
    const cancel = trade('CancelOrder', { txid: 'OABC' });
    expect(governor.plan(cancel)).toMatchObject({ waitMs: 1600, cost: 6, scope: 'trading XBTUSD' });
  });

  it('snaps to the truth when Kraken says that a counter is full', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    governor.failed(balance, krakenSays('EAPI:Rate limit exceeded'));
    expect(governor.plan(balance)).toMatchObject({ waitMs: 1000, scope: 'rest' });
    expect(governor.plan(trade('AddOrder')).waitMs).toBe(0);
    governor.failed(trade('AddOrder'), krakenSays('EOrder:Domain rate limit exceeded'));
    expect(governor.plan(trade('AddOrder')).waitMs).toBe(267);
  });

  it('keeps silent until the time of a throttle, and after a lockout', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    const nowS = Number(time.wallNs() / 1_000_000_000n);
    governor.failed(balance, krakenSays(`EService:Throttled:${nowS + 3}`));
    expect(governor.plan(balance)).toMatchObject({ waitMs: 3000, scope: 'throttle' });
    governor.failed(balance, krakenSays('EGeneral:Temporary lockout'));
    expect(await failureOf(governor.acquire(balance))).toMatchObject({
      code: 'LOCKED_OUT',
      retryable: false,
      context: { waitMs: 900_000 },
    });
    await time.advance(900_000);
    await governor.acquire(balance);
  });

  it('gives up waiting when the signal fires', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    for (let call = 0; call < 20; call += 1) await governor.acquire(balance);
    const controller = new AbortController();
    const waiting = failureOf(governor.acquire(balance, { signal: controller.signal }));
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'ABORTED', effect: 'none' });
    expect(time.armed).toBe(0);
    expect(governor.plan(balance).waitMs).toBe(1000);
  });

  it('those who wait wait anew when Kraken refuses one before them', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    for (let call = 0; call < 20; call += 1) await governor.acquire(balance);
    const gone: string[] = [];
    const waiting = ['first', 'second', 'third'].map((name) =>
      governor.acquire(balance).then(() => gone.push(name)),
    );
    await time.advance(900);
    governor.failed(balance, krakenSays('EAPI:Rate limit exceeded'));
    await time.advance(900);
    expect(gone).toStrictEqual([]);
    const nowS = Number(time.wallNs() / 1_000_000_000n);
    governor.failed(balance, krakenSays(`EService:Throttled:${nowS + 10}`));
    await time.advance(7000);
    expect(gone).toStrictEqual([]);
    await time.advance(10_000);
    await Promise.all(waiting);
    expect(gone).toStrictEqual(['first', 'second', 'third']);
  });

  it('those who wait fail when the key is locked out meanwhile', async () => {
    const time = new ManualTime();
    const governor = spot(time);
    for (let call = 0; call < 20; call += 1) await governor.acquire(balance);
    const waiting = failureOf(governor.acquire(balance));
    governor.failed(balance, krakenSays('EGeneral:Temporary lockout'));
    await time.advance(1000);
    expect(await waiting).toMatchObject({ code: 'LOCKED_OUT', effect: 'none' });
  });
});

describe('the Futures governor', () => {
  const send = { venue: 'futures', name: 'sendOrder', access: 'private', params: {} } as const;

  it('keeps 500 in any 10 seconds', async () => {
    const time = new ManualTime();
    const governor = createFuturesGovernor({ clock: time, timers: time });
    for (let call = 0; call < 50; call += 1) await governor.acquire(send);
    expect(governor.plan(send)).toMatchObject({ waitMs: 10_000, cost: 10, scope: 'derivatives' });
    expect(governor.plan({ ...send, name: 'orderHistory' })).toMatchObject({ waitMs: 0, cost: 1 });
    expect(governor.plan({ ...send, name: 'tickers', access: 'public' }).waitMs).toBe(0);
  });

  it.each([
    ['fills', {}, 2],
    ['fills', { lastFillTime: '2026-01-01T00:00:00Z' }, 25],
    ['batchOrder', { json: { batchOrder: [{}, {}, {}] } }, 12],
    ['accountLog', { count: 25 }, 1],
    ['accountLog', { count: 26 }, 2],
    ['accountLog', {}, 3],
    ['accountLog', { count: 5000 }, 6],
    ['accountLog', { count: 5001 }, 10],
    ['withdrawal', {}, 100],
  ])('%s %j costs %s', (name, params, cost) => {
    const time = new ManualTime();
    const governor = createFuturesGovernor({ clock: time, timers: time });
    expect(governor.plan({ ...send, name, params }).cost).toBe(cost);
  });

  it('fills its budget when Kraken says apiLimitExceeded', () => {
    const time = new ManualTime();
    const governor = createFuturesGovernor({ clock: time, timers: time });
    governor.failed(send, krakenSays('apiLimitExceeded'));
    expect(governor.plan(send).waitMs).toBe(10_000);
  });
});
