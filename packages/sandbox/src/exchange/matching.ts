import type { BookChange } from './events.ts';
import { affordableLots, reserve } from './funds.ts';
import type { Journal } from './journal.ts';
import { visibleOf } from './order-book.ts';
import { REASONS } from './refusal.ts';
import type { Settlement } from './settlement.ts';
import { isMarketType, isOpen, type Level, type Order, remainingLots } from './types.ts';
import { canFill } from './walk.ts';

/** A fill that a conditional close is to be placed for. */
export interface ToClose {
  readonly parent: Order;
  readonly ticks: number;
  readonly lots: bigint;
}

/** Lets orders trade, rest and end: price first, then time. */
export class Matching {
  readonly #journal: Journal;
  readonly #settlement: Settlement;
  /** In the order of their fills. */
  readonly toClose: ToClose[] = [];

  constructor(journal: Journal, settlement: Settlement) {
    this.#journal = journal;
    this.#settlement = settlement;
  }

  /** Trades what can be traded at once; the rest rests or ends, as the order's type has it. */
  trade(order: Order, nowNs: bigint): void {
    const { timeInForce, type } = order;
    if (order.postOnly && order.market.book.crosses(order.side, order.limitTicks)) {
      this.end(order, 'canceled', REASONS.postOnly, nowNs);
      return;
    }
    if (timeInForce === 'fok' && !canFill(order)) {
      this.end(order, 'canceled', REASONS.fok, nowNs);
      return;
    }
    const stop = this.#match(order, nowNs);
    if (!isOpen(order)) return;
    if (stop !== undefined) this.end(order, 'canceled', stop, nowNs);
    else if (isMarketType(type)) this.#endMarketOrder(order, nowNs);
    else if (timeInForce === 'ioc' || timeInForce === 'fok') {
      this.end(order, 'canceled', REASONS.ioc, nowNs);
    } else if (this.#fits(order, nowNs)) {
      this.rest(order, nowNs);
    }
  }

  /** Puts an order at the end of its queue. */
  rest(order: Order, nowNs: bigint): void {
    const { market, side, limitTicks } = order;
    if (limitTicks === undefined) return;
    order.visibleLots = visibleOf(order);
    order.queueNs = market.nextQueueNs(nowNs);
    market.book.sideOf(side).append(order, limitTicks);
    this.#change(order, 'add', limitTicks, order.visibleLots, order.level?.lots ?? 0n);
  }

  /** Takes an order out of the book. */
  lift(order: Order): void {
    const { level, market, side, visibleLots } = order;
    if (level === undefined) return;
    market.book.sideOf(side).remove(order);
    this.#change(order, 'delete', level.ticks, visibleLots, level.lots);
  }

  /** Shows another quantity of an order that keeps its place. */
  resize(order: Order, visibleLots: bigint): void {
    const { level, market, side } = order;
    if (level === undefined || visibleLots === order.visibleLots) return;
    market.book.sideOf(side).resize(order, visibleLots);
    this.#change(order, 'modify', level.ticks, visibleLots, level.lots);
  }

  /** Ends an order: out of the book, its funds free, its last report made. */
  end(
    order: Order,
    status: 'filled' | 'canceled' | 'expired',
    reason: string | undefined,
    nowNs: bigint,
  ): void {
    if (!isOpen(order)) return;
    this.lift(order);
    order.market.untriggered.delete(order);
    order.status = status;
    order.reason = reason;
    order.closedNs = nowNs;
    reserve(order, 0n);
    order.account.close(order);
    this.#journal.report(order, status, nowNs);
  }

  /** Answers why it had to stop, `undefined` when the book or the order was through. */
  #match(order: Order, nowNs: bigint): string | undefined {
    const { market, side, limitTicks, account } = order;
    const against = market.book.against(side);
    for (;;) {
      const level: Level | undefined = against.best;
      const maker = level?.head;
      if (level === undefined || maker === undefined) return undefined;
      if (limitTicks !== undefined && !against.isWithin(level.ticks, limitTicks)) return undefined;
      if (maker.account === account && !account.isHouse) {
        const stop = this.#preventSelfTrade(order, maker, nowNs);
        if (stop !== undefined) return stop;
        continue;
      }
      const wanted = wantedLots(order, level.ticks);
      if (wanted === 0n) return undefined;
      const most = maker.visibleLots < wanted ? maker.visibleLots : wanted;
      const lots = affordableLots(order, most, level.ticks);
      if (lots > 0n) this.#fill(order, maker, level.ticks, lots, nowNs);
      if (lots < most) return order.reduceOnly ? REASONS.reduceOnly : REASONS.funds;
      if (order.cash === undefined && remainingLots(order) === 0n) {
        this.end(order, 'filled', undefined, nowNs);
        return undefined;
      }
    }
  }

  #preventSelfTrade(order: Order, maker: Order, nowNs: bigint): string | undefined {
    if (order.selfTrade !== 'cancel_newest') {
      this.end(maker, 'canceled', REASONS.selfTrade, nowNs);
    }
    return order.selfTrade === 'cancel_oldest' ? undefined : REASONS.selfTrade;
  }

  #fill(taker: Order, maker: Order, ticks: number, lots: bigint, nowNs: bigint): void {
    const { market } = taker;
    market.tradeId += 1;
    market.lastTicks = ticks;
    const orderType = isMarketType(taker.type) ? 'market' : 'limit';
    const { side } = taker;
    this.#journal.trade(market, { id: market.tradeId, side, ticks, lots, orderType, atNs: nowNs });
    const fill = { tradeId: market.tradeId, ticks, lots, atNs: nowNs };
    this.#settleSide(taker, fill, false);
    this.#settleSide(maker, fill, true);
    this.#shrink(maker, lots, nowNs);
    if (taker.clearing !== undefined) this.trim(taker, nowNs);
    if (maker.clearing !== undefined) this.trim(maker, nowNs);
  }

  /** What rests to reduce a position never does more than that: it shrinks with it. */
  trim({ account, market }: Pick<Order, 'account' | 'market'>, nowNs: bigint): void {
    if (account.isHouse) return;
    for (const order of [...account.openOrders]) {
      if (!order.reduceOnly || order.market !== market || order.level === undefined) continue;
      if (this.#fits(order, nowNs)) this.resize(order, visibleOf(order));
    }
  }

  /** Makes an order that may only reduce no larger than what there is to reduce; false: that ended it. */
  #fits(order: Order, nowNs: bigint): boolean {
    const { clearing } = order;
    if (!order.reduceOnly || clearing === undefined) return true;
    const left = remainingLots(order);
    const most = clearing.affordable(order, left);
    if (most === 0n) {
      this.end(order, 'canceled', REASONS.reduceOnly, nowNs);
      return false;
    }
    if (most < left) {
      order.lots -= left - most;
      reserve(order, most);
      this.#journal.report(order, 'restated', nowNs);
    }
    return true;
  }

  #settleSide(order: Order, fill: Parameters<Settlement['settle']>[1], isMaker: boolean): void {
    const trade = this.#settlement.settle(order, fill, isMaker);
    order.status = 'partially_filled';
    if (trade !== undefined) this.#journal.report(order, 'trade', fill.atNs, { trade });
    if (order.close !== undefined) {
      this.toClose.push({ parent: order, ticks: fill.ticks, lots: fill.lots });
    }
  }

  /** A maker after a fill: gone, smaller in its place, or at the end of the queue with another tip. */
  #shrink(maker: Order, lots: bigint, nowNs: bigint): void {
    if (remainingLots(maker) === 0n) {
      this.end(maker, 'filled', undefined, nowNs);
    } else if (maker.visibleLots > lots) {
      this.resize(maker, maker.visibleLots - lots);
    } else {
      this.lift(maker);
      this.rest(maker, nowNs);
      this.#journal.report(maker, 'iceberg_refill', nowNs);
    }
  }

  /** What is left of a market order is cancelled; one that spent its cash is filled. */
  #endMarketOrder(order: Order, nowNs: bigint): void {
    if (order.cash !== undefined) {
      // Whole lots only: what is left of the cash buys none.
      const isSpent = order.filledLots > 0n && order.market.book.against(order.side).size > 0;
      if (isSpent) {
        this.end(order, 'filled', undefined, nowNs);
        return;
      }
    }
    this.end(order, 'canceled', REASONS.liquidity, nowNs);
  }

  #change(
    order: Order,
    kind: BookChange['kind'],
    ticks: number,
    lots: bigint,
    levelLots: bigint,
  ): void {
    const side = order.side === 'buy' ? 'bid' : 'ask';
    const { id: orderId, queueNs } = order;
    this.#journal.change(order.market, { kind, side, orderId, ticks, lots, queueNs, levelLots });
  }
}

/** What an order still wants at a price: its rest, or what its cash buys. */
function wantedLots(order: Order, ticks: number): bigint {
  const { cash, filledValue, market } = order;
  return cash === undefined ? remainingLots(order) : market.lotsFor(cash, ticks, filledValue);
}
