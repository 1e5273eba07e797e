import { requiredHold, reserve } from './funds.ts';
import type { Journal } from './journal.ts';
import type { Market } from './market.ts';
import type { Matching } from './matching.ts';
import { REASONS } from './refusal.ts';
import { follow, isReached, resolvePrice } from './trigger.ts';
import { isMarketType, type Order } from './types.ts';

/** Wakes the orders that wait for a price. */
export class Triggers {
  readonly #journal: Journal;
  readonly #matching: Matching;

  constructor(journal: Journal, matching: Matching) {
    this.#journal = journal;
    this.#matching = matching;
  }

  /** Lets trailing stops follow, and wakes the first order whose price is reached; false: none is. */
  fire(touched: Iterable<Market>, nowNs: bigint): boolean {
    for (const market of touched) {
      if (market.untriggered.size === 0 || !canTrade(market)) continue;
      for (const order of market.untriggered) {
        const { trigger } = order;
        if (trigger === undefined) continue;
        const reference = market.reference(trigger.reference);
        if (reference === undefined) continue;
        const moved = follow(trigger, reference, market.increment);
        if (isReached(trigger, reference)) {
          this.#wake(order, reference, nowNs);
          return true;
        }
        if (moved) this.#journal.report(order, 'status', nowNs);
      }
    }
    return false;
  }

  #wake(order: Order, reference: number, nowNs: bigint): void {
    const { trigger, market } = order;
    if (trigger === undefined) return;
    market.untriggered.delete(order);
    trigger.triggeredNs = nowNs;
    trigger.actualTicks = reference;
    if (trigger.limitRule !== undefined) {
      order.limitTicks = resolvePrice(trigger.limitRule, trigger.ticks, market.increment);
    }
    this.#journal.report(order, 'status', nowNs);
    // At its own price a market order is paid for fill by fill, from what is held and what is free.
    if (!isMarketType(order.type) && !reserve(order, requiredHold(order))) {
      this.#matching.end(order, 'canceled', REASONS.funds, nowNs);
    } else {
      this.#matching.trade(order, nowNs);
    }
  }
}

/** Nothing is matched in the other states, so nothing is triggered. */
function canTrade({ state }: Market): boolean {
  return state === 'online' || state === 'limit_only' || state === 'reduce_only';
}
