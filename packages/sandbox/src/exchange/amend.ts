import { checkMinimum, checkState, readDisplay, showsEnough } from './admission.ts';
import { type PriceText, readLots, readPrice } from './draft.ts';
import { requiredHold, reserve } from './funds.ts';
import type { Matching } from './matching.ts';
import { visibleOf } from './order-book.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import { type PriceRule, resolvePrice, trailingRule } from './trigger.ts';
import { type Amend, type Order, remainingLots } from './types.ts';

/** What is to change of an order; what is absent stays. */
export interface AmendRequest {
  readonly quantity?: string | undefined;
  readonly limitPrice?: PriceText | undefined;
  readonly displayQuantity?: string | undefined;
  readonly triggerPrice?: PriceText | undefined;
  readonly postOnly?: boolean | undefined;
}

interface Terms {
  readonly lots: bigint;
  readonly limitTicks: number | undefined;
  readonly displayLots: bigint | undefined;
  readonly triggerRule: PriceRule | undefined;
}

/**
 * Changes an open order in place, or says why not and changes nothing. Its place in the queue stays
 * when its quantity falls or only what it shows changes; a larger quantity and another price go to
 * the end (docs.kraken.com, "Amend Order").
 */
export function amendOrder(
  order: Order,
  request: AmendRequest,
  context: { readonly matching: Matching; readonly nowNs: bigint; readonly amendId: string },
): Amend | Refusal {
  const { matching, nowNs } = context;
  const terms = readTerms(order, request);
  if (terms instanceof Refusal) return terms;
  if (terms.lots <= order.filledLots) {
    const amend = describe(order, context.amendId, nowNs);
    order.amends.push(amend);
    matching.end(order, 'canceled', REASONS.amended, nowNs);
    return amend;
  }
  const before = { lots: order.lots, limitTicks: order.limitTicks, postOnly: order.postOnly };
  const triggerTicks = order.trigger?.ticks;
  if (order.amends.length === 0) {
    order.amends.push({ ...describe(order, order.id, order.openNs), kind: 'original' });
  }
  order.lots = terms.lots;
  order.limitTicks = terms.limitTicks;
  if (order.trigger !== undefined && terms.triggerRule !== undefined) {
    const { market, trigger } = order;
    const reference = trigger.isTrailing ? trigger.peakTicks : market.reference(trigger.reference);
    trigger.ticks = resolvePrice(terms.triggerRule, reference ?? 0, market.increment);
  }
  if (!reserve(order, requiredHold(order))) {
    order.lots = before.lots;
    order.limitTicks = before.limitTicks;
    if (order.trigger !== undefined) order.trigger.ticks = triggerTicks ?? order.trigger.ticks;
    return new Refusal(REFUSALS.funds);
  }
  if (order.trigger !== undefined && terms.triggerRule !== undefined) {
    order.trigger.rule = terms.triggerRule;
  }
  order.displayLots = terms.displayLots;
  order.postOnly = request.postOnly ?? order.postOnly;
  order.changedNs = nowNs;
  order.reason = REASONS.user;
  const amend = describe(order, context.amendId, nowNs);
  order.amends.push(amend);
  return amend;
}

/** Gives an amended order that rests its place: kept, or lost; it may trade at its new price. */
export function requeue(
  order: Order,
  before: {
    readonly lots: bigint;
    readonly limitTicks: number | undefined;
    readonly displayLots: bigint | undefined;
  },
  matching: Matching,
  nowNs: bigint,
): void {
  if (order.level === undefined) return;
  const keeps = order.limitTicks === before.limitTicks && order.lots <= before.lots;
  if (keeps) {
    const visible = visibleOf(order);
    // A tip that was partly filled is not refilled in its old place.
    const isTip = order.displayLots === before.displayLots && order.visibleLots < visible;
    matching.resize(order, isTip ? order.visibleLots : visible);
  } else {
    matching.lift(order);
    matching.trade(order, nowNs);
  }
}

function readTerms(order: Order, request: AmendRequest): Terms | Refusal {
  const { market, type } = order;
  if (order.close !== undefined || order.cash !== undefined) {
    return new Refusal(REFUSALS.invalidOrder);
  }
  const { quantity, limitPrice, displayQuantity, triggerPrice, postOnly } = request;
  const asked = [quantity, limitPrice, displayQuantity, triggerPrice];
  if (asked.every((each) => each === undefined)) {
    return new Refusal(REFUSALS.invalid('No amendable parameters'));
  }
  if (market.state === 'cancel_only' || market.state === 'maintenance') {
    const state = checkState(market, order);
    if (state !== undefined) return state;
  }
  const lots = quantity === undefined ? order.lots : readLots(market, quantity, 'order_qty');
  if (lots instanceof Refusal) return lots;
  if (lots <= order.filledLots) return { ...order, lots, triggerRule: undefined };
  if (displayQuantity !== undefined && type !== 'iceberg') {
    return new Refusal(REFUSALS.invalid('display_qty'));
  }
  const shown = displayQuantity === undefined ? order.displayLots : undefined;
  const displayLots =
    displayQuantity === undefined ? shown : readDisplay(market, displayQuantity, lots);
  if (displayLots instanceof Refusal) return displayLots;
  if (displayLots !== undefined && !showsEnough(displayLots, lots)) {
    return new Refusal(REFUSALS.invalid('display_qty'));
  }
  const triggerRule = readTriggerRule(order, triggerPrice);
  if (triggerRule instanceof Refusal) return triggerRule;
  const limitTicks = readLimit(order, limitPrice);
  if (limitTicks instanceof Refusal) return limitTicks;
  const refused = checkMinimum(market, { lots }, limitTicks ?? order.trigger?.ticks);
  if (refused !== undefined) return refused;
  const isPostOnly = postOnly ?? order.postOnly;
  const moves = limitTicks !== order.limitTicks;
  if (isPostOnly && moves && market.book.crosses(order.side, limitTicks)) {
    return new Refusal(REFUSALS.postOnly);
  }
  return { lots, limitTicks, displayLots, triggerRule };
}

function readLimit(order: Order, text: PriceText | undefined): number | undefined | Refusal {
  if (text === undefined) return order.limitTicks;
  if (order.limitTicks === undefined) return new Refusal(REFUSALS.invalid('limit_price'));
  const { market } = order;
  const rule = readPrice(market, text);
  if (rule instanceof Refusal) return rule;
  const basis = order.trigger?.ticks ?? market.reference('last');
  if (rule.kind !== 'static' && basis === undefined) return new Refusal(REFUSALS.invalidPrice);
  return resolvePrice(rule, basis ?? 0, market.increment);
}

function readTriggerRule(
  order: Order,
  text: PriceText | undefined,
): PriceRule | undefined | Refusal {
  if (text === undefined) return undefined;
  const { trigger, market, side } = order;
  if (trigger === undefined || trigger.triggeredNs !== undefined) {
    return new Refusal(REFUSALS.invalid('trigger_price'));
  }
  const rule = readPrice(market, text);
  if (rule instanceof Refusal) return rule;
  if (!trigger.isTrailing) return rule;
  return rule.kind === 'static' ? new Refusal(REFUSALS.invalidPrice) : trailingRule(rule, side);
}

function describe(order: Order, id: string, atNs: bigint): Amend {
  return {
    id,
    kind: 'user',
    atNs,
    lots: order.lots,
    remainingLots: remainingLots(order),
    limitTicks: order.limitTicks,
    displayLots: order.displayLots,
    triggerTicks: order.trigger?.ticks,
    postOnly: order.postOnly,
  };
}
