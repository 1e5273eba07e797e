import { isDecimal, toScaled } from '@kr/orderbook/decimal';
import type { Account } from './account.ts';
import type { FeeRates } from './fees.ts';
import type { Market } from './market.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import {
  type PriceReference,
  type PriceRule,
  resolvePrice,
  type Trigger,
  trailingRule,
} from './trigger.ts';
import {
  type ConditionalClose,
  isMarketType,
  isTriggered,
  type Order,
  type OrderType,
  type SelfTradePrevention,
  type Side,
  type TimeInForce,
} from './types.ts';

/** A price as a client writes it: decimal text, and what it is relative to. */
export interface PriceText {
  /** `static`: itself; `quote`: an offset in the quote currency; `pct`: in per cent. Of a reference price. */
  readonly kind: 'static' | 'quote' | 'pct';
  readonly text: string;
}

/** An order as a client asks for it: names and decimal texts, nothing checked. */
export interface OrderRequest {
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly quantity?: string | undefined;
  /** In place of a quantity, for market purchases: what to spend, in the quote currency. */
  readonly cash?: string | undefined;
  readonly limitPrice?: PriceText | undefined;
  readonly displayQuantity?: string | undefined;
  readonly triggerPrice?: PriceText | undefined;
  readonly triggerReference?: PriceReference | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  readonly postOnly?: boolean | undefined;
  readonly reduceOnly?: boolean | undefined;
  /** On margin: how many times it may be moved, or as many times as the market allows. */
  readonly leverage?: number | 'most' | undefined;
  readonly selfTrade?: SelfTradePrevention | undefined;
  readonly feeAsset?: 'base' | 'quote' | undefined;
  readonly startNs?: bigint | undefined;
  readonly expireNs?: bigint | undefined;
  readonly clientOrderId?: string | undefined;
  readonly userReference?: number | undefined;
  readonly senderSubId?: string | undefined;
  readonly close?:
    | {
        readonly type: OrderType;
        readonly limitPrice?: PriceText | undefined;
        readonly triggerPrice?: PriceText | undefined;
      }
    | undefined;
}

/** Prices above this are no prices: ticks stay exact in a number. */
const MAX_TICKS = 10n ** 15n;

/** A text in lots; a refusal when it is no positive quantity of whole lots. */
export function readLots(market: Market, text: string, field: string): bigint | Refusal {
  const lots = scaled(text, market.instrument.quantityPrecision);
  return lots === undefined || lots <= 0n ? new Refusal(REFUSALS.invalid(field)) : lots;
}

/** A price text as a rule in ticks. */
export function readPrice(market: Market, price: PriceText): PriceRule | Refusal {
  if (price.kind === 'pct') {
    const millionths = scaled(price.text, 4);
    if (millionths === undefined || millionths > 10n ** 9n || millionths < -1_000_000n) {
      return new Refusal(REFUSALS.invalidPrice);
    }
    return { kind: 'pct', millionths: Number(millionths) };
  }
  const ticks = scaled(price.text, market.instrument.pricePrecision);
  if (ticks === undefined) {
    return new Refusal(isDecimal(price.text) ? REFUSALS.tickSize : REFUSALS.invalidPrice);
  }
  if (ticks > MAX_TICKS || ticks < -MAX_TICKS) return new Refusal(REFUSALS.invalidPrice);
  if (ticks % BigInt(market.increment) !== 0n) return new Refusal(REFUSALS.tickSize);
  if (price.kind === 'quote') return { kind: 'quote', ticks: Number(ticks) };
  return ticks > 0n ? { kind: 'static', ticks: Number(ticks) } : new Refusal(REFUSALS.invalidPrice);
}

/** A text as a scaled integer, `undefined` when it is none or digits would be lost. */
export function scaled(text: string, scale: number): bigint | undefined {
  try {
    return toScaled(text, scale);
  } catch {
    return undefined;
  }
}

/** Everything that a limit or a trigger of an order or of its conditional close needs of prices. */
export function readRules(
  market: Market,
  type: OrderType,
  prices: {
    readonly limitPrice?: PriceText | undefined;
    readonly triggerPrice?: PriceText | undefined;
  },
): { limit: PriceRule | undefined; trigger: PriceRule | undefined } | Refusal {
  const needsLimit = !isMarketType(type) && type !== 'settle-position';
  const needsTrigger = isTriggered(type);
  if (needsLimit && prices.limitPrice === undefined) return new Refusal(REFUSALS.invalid('price'));
  if (needsTrigger && prices.triggerPrice === undefined) {
    return new Refusal(REFUSALS.invalid('price'));
  }
  const limit = needsLimit && prices.limitPrice ? readPrice(market, prices.limitPrice) : undefined;
  if (limit instanceof Refusal) return limit;
  const trigger =
    needsTrigger && prices.triggerPrice ? readPrice(market, prices.triggerPrice) : undefined;
  if (trigger instanceof Refusal) return trigger;
  return { limit, trigger };
}

/** The trigger of an order, at the price that it has now. */
export function createTrigger(
  order: { readonly market: Market; readonly side: Side; readonly type: OrderType },
  rule: PriceRule,
  limit: PriceRule | undefined,
  reference: PriceReference,
): Trigger | Refusal {
  const { market, side, type } = order;
  if (reference === 'index' && market.instrument.margin === undefined) {
    return new Refusal(REFUSALS.noIndex);
  }
  const isTrailing = type.startsWith('trailing');
  const now = market.reference(reference);
  if (now === undefined && (isTrailing || rule.kind !== 'static')) {
    return new Refusal(REFUSALS.invalidPrice);
  }
  if (isTrailing && rule.kind === 'static') return new Refusal(REFUSALS.invalidPrice);
  const effective = isTrailing ? trailingRule(rule, side) : rule;
  const isStop = !type.startsWith('take');
  return {
    reference,
    // A stop of a purchase waits for the price to rise, a take-profit for it to fall.
    direction: isStop === (side === 'buy') ? 'rising' : 'falling',
    isTrailing,
    rule: effective,
    limitRule: limit !== undefined && limit.kind !== 'static' ? limit : undefined,
    ticks: resolvePrice(effective, now ?? 0, market.increment),
    peakTicks: now ?? 0,
    actualTicks: undefined,
    triggeredNs: undefined,
  };
}

/** What {@link createOrder} is made of, beside the request. */
export interface OrderParts {
  readonly id: string;
  readonly entry: number;
  readonly account: Account;
  readonly market: Market;
  readonly rates: FeeRates;
  readonly lots: bigint;
  readonly cash: bigint | undefined;
  readonly limitTicks: number | undefined;
  readonly displayLots: bigint | undefined;
  readonly trigger: Trigger | undefined;
  readonly close: ConditionalClose | undefined;
  readonly leverage: number | undefined;
  readonly nowNs: bigint;
}

/** What of a request goes into an order as it is. */
export type OrderTerms = Omit<
  OrderRequest,
  | 'symbol'
  | 'quantity'
  | 'cash'
  | 'limitPrice'
  | 'displayQuantity'
  | 'triggerPrice'
  | 'close'
  | 'leverage'
> & { readonly parentId?: string | undefined; readonly isLiquidation?: boolean | undefined };

/** Shared by the house's orders, which keep no history: 50 a second of every market are made. */
const NONE: never[] = [];
const NO_FEES = { base: 0n, quote: 0n } as const;

/** A literal of every field, on purpose: with spreads it is a hundred times slower to make and to collect. */
export function createOrder(terms: OrderTerms, parts: OrderParts): Order {
  const { account, nowNs, market, leverage } = parts;
  const isOnMargin = leverage !== undefined && terms.type !== 'settle-position';
  const keeps = !account.isHouse;
  return {
    id: parts.id,
    entry: parts.entry,
    account,
    market,
    clearing: market.clearing ?? (isOnMargin ? market.margin : undefined),
    leverage,
    isLiquidation: terms.isLiquidation ?? false,
    rates: parts.rates,
    lots: parts.lots,
    cash: parts.cash,
    limitTicks: parts.limitTicks,
    displayLots: parts.displayLots,
    trigger: parts.trigger,
    close: parts.close,
    side: terms.side,
    type: terms.type,
    clientOrderId: terms.clientOrderId,
    userReference: terms.userReference,
    senderSubId: terms.senderSubId,
    parentId: terms.parentId,
    timeInForce: terms.timeInForce ?? 'gtc',
    reduceOnly: terms.reduceOnly ?? false,
    selfTrade: terms.selfTrade ?? 'cancel_newest',
    // Seen on the wire for purchases and sales alike; a page of the documentation says base for sales.
    // Neither asset of a trade on margin is the account's own: its fee is the quote's.
    feeAsset: isOnMargin ? 'quote' : (terms.feeAsset ?? 'quote'),
    startNs: terms.startNs,
    expireNs: terms.expireNs,
    openNs: nowNs,
    postOnly: terms.postOnly ?? false,
    status: 'pending_new',
    filledLots: 0n,
    filledValue: 0n,
    cost: 0n,
    fees: NO_FEES,
    tradeIds: keeps ? [] : NONE,
    ledgerIds: keeps ? [] : NONE,
    amends: keeps ? [] : NONE,
    reason: undefined,
    changedNs: nowNs,
    closedNs: undefined,
    held: 0n,
    level: undefined,
    previous: undefined,
    next: undefined,
    visibleLots: 0n,
    queueNs: 0n,
  };
}
