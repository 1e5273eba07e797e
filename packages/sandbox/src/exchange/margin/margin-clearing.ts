import { Account, type AccountTrade } from '../account.ts';
import type { Books } from '../books.ts';
import type { Cleared, SpotMargin } from '../clearing.ts';
import type { DueQueue } from '../due.ts';
import { feeOf } from '../fees.ts';
import type { ExchangeAsset } from '../instrument.ts';
import type { Market } from '../market.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { Fill } from '../settlement.ts';
import type { Order, Side } from '../types.ts';
import { gainOf, type MarginPosition, openCost, openLots, Positions } from './position.ts';
import { marginFeesOf, ROLLOVER_NS } from './terms.ts';
import type { MarginState, Valuation } from './valuation.ts';

type Placed = Pick<Order, 'account' | 'market' | 'side' | 'reduceOnly'>;

/**
 * Spot on margin: what an order of an account buys, the exchange pays for and keeps, and the other way
 * about. A position is closed by orders on margin of the other side, at whatever leverage, the first in
 * the first out; only gains, losses and fees reach the balances. What it binds of them is counted in
 * USD, for all markets of an account together.
 */
export class MarginClearing implements SpotMargin {
  readonly positions: Positions = new Positions();
  /** Who advances: it holds what was bought for positions, and owes what that has cost. */
  readonly lender: Account = new Account('lender', true);
  /** Accounts whose balances changed without an order of theirs having held what for. */
  readonly charged: Set<Account> = new Set();
  readonly valuation: Valuation;
  readonly #books: Books;
  readonly #due: DueQueue;
  readonly #assets: readonly ExchangeAsset[];

  constructor(parts: {
    readonly valuation: Valuation;
    readonly books: Books;
    readonly due: DueQueue;
    readonly assets: readonly ExchangeAsset[];
  }) {
    this.valuation = parts.valuation;
    this.#books = parts.books;
    this.#due = parts.due;
    this.#assets = parts.assets;
  }

  stateOf(account: Account): MarginState {
    return this.valuation.stateOf(account, this.positions);
  }

  openLots(account: Account, market: Market): bigint {
    return this.positions.netOf(account, market)?.lots ?? 0n;
  }

  /** What an order of this side would close before it opens anything. */
  closable({ account, market, side }: Pick<Order, 'account' | 'market' | 'side'>): bigint {
    const net = this.positions.netOf(account, market);
    return net === undefined || net.side === side ? 0n : net.lots;
  }

  /** Of 0 lots: as many as there are to close. */
  fit(order: Placed, lots: bigint): bigint | Refusal {
    const { account, market, side, reduceOnly } = order;
    const { margin, quote, quantityPrecision } = market.instrument;
    // Where nobody knows what the quote is worth nobody knows what a position binds.
    if (margin === undefined || this.valuation.usd(quote, 1n) === undefined) {
      return new Refusal(REFUSALS.margin);
    }
    const net = this.positions.netOf(account, market);
    const closable = this.closable(order);
    if (reduceOnly && net === undefined) return new Refusal(REFUSALS.noPosition);
    if (reduceOnly && closable === 0n) return new Refusal(REFUSALS.notReducing);
    if (lots === 0n) return closable > 0n ? closable : new Refusal(REFUSALS.invalid('volume'));
    if (reduceOnly) return lots < closable ? lots : closable;
    const kept = net?.side === side ? net.lots : 0n;
    const limit = side === 'buy' ? margin.limitLong : margin.limitShort;
    const isTooLarge =
      lots > closable && kept + lots - closable > BigInt(limit) * 10n ** BigInt(quantityPrecision);
    return isTooLarge ? new Refusal(REFUSALS.positionSize) : lots;
  }

  reserve(order: Order, lots: bigint): boolean {
    const { held } = order;
    order.held = lots;
    if (lots <= held || order.reduceOnly) return true;
    if (this.boundByOrders(order.account, order) <= this.stateOf(order.account).free) return true;
    order.held = held;
    return false;
  }

  affordable(order: Order, lots: bigint): bigint {
    if (!order.reduceOnly) return lots;
    const closable = this.closable(order);
    return lots < closable ? lots : closable;
  }

  /**
   * What the open orders on margin of an account would bind, in USD: each what it would open, after
   * those before it had closed what there is to close. `more`: an order that is not in yet.
   */
  boundByOrders(account: Account, more?: Order): bigint {
    const left = new Map<string, bigint>();
    let sum = 0n;
    const orders = new Set(account.openOrders);
    if (more !== undefined) orders.add(more);
    for (const order of orders) {
      if (order.clearing !== this || order.reduceOnly) continue;
      const { market, side, held } = order;
      const key = `${market.index} ${side}`;
      const closable = left.get(key) ?? this.closable(order);
      const closes = held < closable ? held : closable;
      left.set(key, closable - closes);
      const ticks = order.limitTicks ?? order.trigger?.ticks ?? market.reference('last') ?? 0;
      const cost = market.quoteAmount(BigInt(ticks) * (held - closes));
      const margin = cost / BigInt(order.leverage ?? 1);
      sum += this.valuation.usd(market.instrument.quote, margin) ?? 0n;
    }
    return sum;
  }

  settle(order: Order, fill: Fill, isMaker: boolean, tradeId: string): Cleared {
    const { account, market, side } = order;
    const { lots, atNs } = fill;
    const value = BigInt(fill.ticks) * lots;
    const cost = market.quoteAmount(value);
    this.#advance(market, side, lots, cost);
    const closable = this.closable(order);
    const closes = lots < closable ? lots : closable;
    const proceeds = (cost * closes) / lots;
    const rate = isMaker ? order.rates.maker : order.rates.taker;
    const tradingFee = market.quoteAmount(feeOf(value, rate));
    const closingFee = (tradingFee * closes) / lots;
    const gain = this.#close(order, { lots: closes, proceeds, fee: closingFee, tradeId });
    const fees = marginFeesOf(market.instrument, side, this.#assets);
    const openingFee = feeOf(cost - proceeds, fees.opening);
    const fee = tradingFee + openingFee;
    if (closes < lots) {
      this.#open({
        ...{ id: tradeId, order, openedNs: atNs, lots: lots - closes, cost: cost - proceeds },
        ...{ fee: fee - closingFee, closedLots: 0n, closedCost: 0n, proceeds: 0n },
        ...{ closingFee: 0n, closedBy: [], rolloverNs: atNs + ROLLOVER_NS },
      });
    }
    const { quote } = market.instrument;
    const entry = { refId: tradeId, atNs, type: 'margin', asset: quote } as const;
    const ledgerIds = [this.#books.book(account, { ...entry, amount: gain, fee })];
    this.charged.add(account);
    const margin = this.#described(order, tradeId, closes);
    return { cost, fee, ledgerIds, margin };
  }

  /** What settling so many lots takes from the account: what was advanced for them. */
  settlementOf(account: Account, market: Market, lots: bigint): { asset: string; amount: bigint } {
    const { base, quote } = market.instrument;
    const isLong = this.positions.netOf(account, market)?.side === 'buy';
    const releases = this.positions.release(account, market, lots);
    return isLong
      ? { asset: quote, amount: releases.reduce((sum, { cost }) => sum + cost, 0n) }
      : { asset: base, amount: market.baseAmount(lots) };
  }

  /**
   * Pays back what was advanced for so many lots out of the balances, and hands over what was bought or
   * earned with it: the position's own trade, done again with the account's own funds. Answers its cost.
   */
  settleInKind(
    order: Order,
    lots: bigint,
    refId: string,
    atNs: bigint,
  ): { cost: bigint; ledgerIds: readonly string[] } {
    const { account, market } = order;
    const { base, quote } = market.instrument;
    const isLong = this.positions.netOf(account, market)?.side === 'buy';
    const releases = this.positions.release(account, market, lots);
    const cost = releases.reduce((sum, release) => sum + release.cost, 0n);
    for (const { position, cost: part } of releases) {
      position.proceeds += part;
      position.closedBy.push(refId);
    }
    this.positions.close(account, market, releases);
    this.#advance(market, isLong ? 'sell' : 'buy', lots, cost);
    const amount = market.baseAmount(lots);
    const entry = { refId, atNs, type: 'settled', fee: 0n } as const;
    const ledgerIds = [
      this.#books.book(account, { ...entry, asset: base, amount: isLong ? amount : -amount }),
      this.#books.book(account, { ...entry, asset: quote, amount: isLong ? -cost : cost }),
    ];
    this.charged.add(account);
    return { cost, ledgerIds };
  }

  /** The lender buys or sells for somebody. */
  #advance(market: Market, side: Side, lots: bigint, cost: bigint): void {
    const { base, quote } = market.instrument;
    const amount = market.baseAmount(lots);
    this.lender.add(base, side === 'buy' ? amount : -amount);
    this.lender.add(quote, side === 'buy' ? -cost : cost);
  }

  /** Closes the oldest first; answers what was gained, which the lender pays. */
  #close(
    { account, market }: Order,
    fill: { lots: bigint; proceeds: bigint; fee: bigint; tradeId: string },
  ): bigint {
    const releases = this.positions.release(account, market, fill.lots);
    let { proceeds, fee, lots } = fill;
    let gain = 0n;
    for (const { position, cost, lots: part } of releases) {
      // The last has what is left, so that the parts are the whole.
      const share = (proceeds * part) / lots;
      const feeShare = (fee * part) / lots;
      proceeds -= share;
      fee -= feeShare;
      lots -= part;
      position.proceeds += share;
      position.closingFee += feeShare;
      position.closedBy.push(fill.tradeId);
      gain += gainOf(position.order.side, cost, share);
    }
    this.positions.close(account, market, releases);
    this.lender.add(market.instrument.quote, -gain);
    return gain;
  }

  #open(position: MarginPosition): void {
    this.positions.add(position);
    this.#await(position);
  }

  #await(position: MarginPosition): void {
    const atNs = position.rolloverNs;
    this.#due.add(atNs, () => {
      if (openLots(position) === 0n) return;
      const { account, market, side } = position.order;
      const { rollover } = marginFeesOf(market.instrument, side, this.#assets);
      const fee = feeOf(openCost(position), rollover);
      position.fee += fee;
      position.rolloverNs = atNs + ROLLOVER_NS;
      const { quote: asset } = market.instrument;
      this.#books.book(account, {
        ...{ refId: position.id, atNs, type: 'rollover', asset, amount: 0n, fee },
      });
      this.charged.add(account);
      this.#await(position);
    });
  }

  #described({ account, market }: Order, tradeId: string, closes: bigint): AccountTrade['margin'] {
    const positions = this.positions.of(account, market);
    const opened = positions.findLast(({ id }) => id === tradeId);
    if (opened !== undefined) return { opened, isClosing: closes > 0n, status: 'opened' };
    return { opened, isClosing: true, status: positions.length > 0 ? 'closing' : 'closed' };
  }
}
