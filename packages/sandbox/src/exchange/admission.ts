import type { Account } from './account.ts';
import { createTrigger, type OrderRequest, readLots, readRules, scaled } from './draft.ts';
import { leveragesOf } from './margin/terms.ts';
import type { Market } from './market.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import { resolvePrice, type Trigger } from './trigger.ts';
import { type ConditionalClose, isMarketType, isTriggered, type OrderType } from './types.ts';

/** What a request asks for, in the market's own units, every rule of the exchange but funds checked. */
export interface Admitted {
  readonly lots: bigint;
  readonly cash: bigint | undefined;
  readonly limitTicks: number | undefined;
  readonly displayLots: bigint | undefined;
  readonly trigger: Trigger | undefined;
  readonly close: ConditionalClose | undefined;
  readonly leverage: number | undefined;
}

/** An iceberg shows at least this share of itself. */
const MOST_TIPS = 15n;
/** A `gtd` order lives at most a month, and at least five seconds. */
const LONGEST_NS = 31n * 86_400_000_000_000n;
const SHORTEST_NS = 5_000_000_000n;

/** Checks a request against the market's state and rules. */
export function admit(
  market: Market,
  account: Account,
  request: OrderRequest,
  limits: { readonly nowNs: bigint; readonly maxOpenOrders: number },
): Admitted | Refusal {
  const { side, type } = request;
  const isSettlement = type === 'settle-position';
  const refused =
    checkState(market, request) ??
    checkOptions(request, limits.nowNs) ??
    checkAccount(market, account, request, limits.maxOpenOrders);
  if (refused !== undefined) return refused;
  const leverage = readLeverage(market, request);
  if (leverage instanceof Refusal) return leverage;
  const size = readSize(market, account, request);
  if (size instanceof Refusal) return size;
  const rules = readRules(market, type, request);
  if (rules instanceof Refusal) return rules;
  let trigger: Trigger | undefined;
  if (rules.trigger !== undefined) {
    const reference = request.triggerReference ?? 'last';
    const made = createTrigger({ market, side, type }, rules.trigger, rules.limit, reference);
    if (made instanceof Refusal) return made;
    trigger = made;
  }
  const basis = trigger?.ticks ?? market.reference('last');
  if (rules.limit !== undefined && rules.limit.kind !== 'static' && basis === undefined) {
    return new Refusal(REFUSALS.invalidPrice);
  }
  const limitTicks =
    rules.limit === undefined ? undefined : resolvePrice(rules.limit, basis ?? 0, market.increment);
  const price = limitTicks ?? trigger?.ticks ?? market.book.against(side).best?.ticks;
  const minimum = isSettlement ? undefined : checkMinimum(market, size, price);
  if (minimum !== undefined) return minimum;
  if (request.postOnly === true && market.book.crosses(side, limitTicks)) {
    return new Refusal(REFUSALS.postOnly);
  }
  const close = readClose(market, request);
  if (close instanceof Refusal) return close;
  return { ...size, limitTicks, trigger, close, leverage };
}

/** Why the market's state keeps an order out. */
export function checkState(
  market: Market,
  { type, postOnly, reduceOnly }: Pick<OrderRequest, 'type' | 'postOnly' | 'reduceOnly'>,
): Refusal | undefined {
  const { state } = market;
  if (state === 'online') return undefined;
  if (state === 'maintenance') return new Refusal(REFUSALS.unavailable);
  const isLimit = type === 'limit' || type === 'iceberg';
  const fits =
    (state === 'limit_only' && isLimit) ||
    (state === 'post_only' && isLimit && postOnly === true) ||
    (state === 'reduce_only' && reduceOnly === true);
  return fits ? undefined : new Refusal(REFUSALS.mode(state));
}

function checkOptions(request: OrderRequest, nowNs: bigint): Refusal | undefined {
  const { type, timeInForce = 'gtc', expireNs, startNs } = request;
  if (type === 'settle-position' && request.close !== undefined) {
    return new Refusal(REFUSALS.invalid('close'));
  }
  const isLimit = type === 'limit' || type === 'iceberg';
  if (request.postOnly === true && !(isLimit && (timeInForce === 'gtc' || timeInForce === 'gtd'))) {
    return new Refusal(REFUSALS.invalid('post_only'));
  }
  if (!fitsTimeInForce(type, timeInForce)) return new Refusal(REFUSALS.invalid('timeinforce'));
  if ((timeInForce === 'gtd') !== (expireNs !== undefined)) {
    return new Refusal(REFUSALS.invalid('expiretm'));
  }
  const isShort = expireNs !== undefined && expireNs < (startNs ?? nowNs) + SHORTEST_NS;
  if (isShort || (expireNs !== undefined && expireNs > nowNs + LONGEST_NS)) {
    return new Refusal(REFUSALS.invalid('expiretm'));
  }
  if (startNs !== undefined && startNs > nowNs + LONGEST_NS) {
    return new Refusal(REFUSALS.invalid('starttm'));
  }
  if (request.clientOrderId !== undefined && request.userReference !== undefined) {
    return new Refusal(REFUSALS.invalid('cl_ord_id and userref are mutually exclusive'));
  }
  if (request.clientOrderId !== undefined && request.close !== undefined) {
    return new Refusal(REFUSALS.invalid('cl_ord_id'));
  }
  return undefined;
}

/**
 * `fok` is for what has a limit (docs.kraken.com, "Add Order"), be it behind a trigger; `ioc` for what
 * trades as it comes in.
 */
function fitsTimeInForce(
  type: OrderType,
  timeInForce: NonNullable<OrderRequest['timeInForce']>,
): boolean {
  if (timeInForce === 'fok') return !isMarketType(type) && type !== 'settle-position';
  return timeInForce !== 'ioc' || !(type === 'iceberg' || isTriggered(type));
}

/** A UUID with or without dashes, or free text. */
const CLIENT_ORDER_ID = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32}|[ -~]{1,18})$/i;

function checkAccount(
  market: Market,
  account: Account,
  { clientOrderId }: OrderRequest,
  maxOpenOrders: number,
): Refusal | undefined {
  const form = market.clearing?.clientOrderId ?? CLIENT_ORDER_ID;
  if (clientOrderId !== undefined && !form.test(clientOrderId)) {
    return new Refusal(REFUSALS.invalid('cl_ord_id'));
  }
  let inMarket = 0;
  for (const open of account.openOrders) {
    if (open.market === market) inMarket += 1;
    if (clientOrderId !== undefined && open.clientOrderId === clientOrderId) {
      return new Refusal(REFUSALS.invalid('cl_ord_id'));
    }
  }
  return inMarket >= maxOpenOrders ? new Refusal(REFUSALS.ordersLimit) : undefined;
}

function readSize(
  market: Market,
  account: Account,
  request: OrderRequest,
): Pick<Admitted, 'lots' | 'cash' | 'displayLots'> | Refusal {
  const { quantity, cash, displayQuantity, type, side } = request;
  if (cash !== undefined) {
    // What is spent is the account's own: not on margin.
    const isOwn = request.leverage === undefined;
    if (type !== 'market' || side !== 'buy' || quantity !== undefined || !isOwn) {
      return new Refusal(REFUSALS.invalid('viqc'));
    }
    const amount = scaled(cash, market.quoteScale);
    if (amount === undefined || amount <= 0n) return new Refusal(REFUSALS.invalid('volume'));
    return { lots: 0n, cash: amount, displayLots: undefined };
  }
  const { reduceOnly = false, leverage } = request;
  const isSettlement = type === 'settle-position';
  const isOnMargin = isSettlement || leverage !== undefined;
  // 0 on margin: as much as there is to close.
  const isAll = isOnMargin && scaled(quantity ?? '0', market.instrument.quantityPrecision) === 0n;
  const asked = isAll ? 0n : readLots(market, quantity ?? '', 'volume');
  if (asked instanceof Refusal) return asked;
  if (isSettlement) {
    const open = market.margin?.openLots(account, market) ?? 0n;
    if (open === 0n) return new Refusal(REFUSALS.unknownPosition);
    const lots = isAll || asked > open ? open : asked;
    return { lots, cash: undefined, displayLots: undefined };
  }
  const clearing = market.clearing ?? (isOnMargin || reduceOnly ? market.margin : undefined);
  if (reduceOnly && clearing === undefined) return new Refusal(REFUSALS.noPosition);
  const lots = clearing?.fit({ account, market, side, reduceOnly }, asked) ?? asked;
  if (lots instanceof Refusal) return lots;
  if (reduceOnly && market.clearing === undefined && !isOnMargin) {
    return new Refusal(REFUSALS.notReducing);
  }
  if (type !== 'iceberg') {
    return displayQuantity === undefined
      ? { lots, cash: undefined, displayLots: undefined }
      : new Refusal(REFUSALS.invalid('displayvol'));
  }
  const displayLots = readDisplay(market, displayQuantity ?? '', lots);
  return displayLots instanceof Refusal ? displayLots : { lots, cash: undefined, displayLots };
}

/** How many times its margin an order may move; `undefined`: it is not on margin. */
function readLeverage(
  market: Market,
  { leverage, type }: OrderRequest,
): number | undefined | Refusal {
  if (leverage === undefined) return undefined;
  const allowed = leveragesOf(market.instrument);
  const most = allowed.at(-1);
  if (most === undefined || market.margin === undefined) {
    return new Refusal(type === 'settle-position' ? REFUSALS.unknownPosition : REFUSALS.margin);
  }
  const wanted = leverage === 'most' ? most : leverage;
  return allowed.includes(wanted) ? wanted : new Refusal(REFUSALS.invalid('leverage'));
}

/** An iceberg of so many lots may show no less. */
export function showsEnough(displayLots: bigint, lots: bigint): boolean {
  return displayLots * MOST_TIPS >= lots;
}

export function readDisplay(market: Market, text: string, lots: bigint): bigint | Refusal {
  const display = readLots(market, text, 'displayvol');
  if (display instanceof Refusal) return display;
  return display > lots || !showsEnough(display, lots)
    ? new Refusal(REFUSALS.invalid('displayvol'))
    : display;
}

/** Both minimums of the market; the cost at the best price where an order has none of its own. */
export function checkMinimum(
  market: Market,
  { lots, cash }: { readonly lots: bigint; readonly cash?: bigint | undefined },
  ticks: number | undefined,
): Refusal | undefined {
  const { minimumLots, minimumCost } = market.instrument;
  const minimum = scaled(minimumCost, market.quoteScale) ?? 0n;
  if (cash !== undefined) {
    if (ticks !== undefined && market.lotsFor(cash, ticks) < BigInt(minimumLots)) {
      return new Refusal(REFUSALS.orderMinimum);
    }
    return cash < minimum ? new Refusal(REFUSALS.costMinimum) : undefined;
  }
  if (lots < BigInt(minimumLots)) return new Refusal(REFUSALS.orderMinimum);
  if (ticks === undefined) return undefined;
  return market.quoteAmount(BigInt(ticks) * lots) < minimum
    ? new Refusal(REFUSALS.costMinimum)
    : undefined;
}

const CLOSE_TYPES: ReadonlySet<OrderType> = new Set([
  'limit',
  'stop-loss',
  'stop-loss-limit',
  'take-profit',
  'take-profit-limit',
  'trailing-stop',
  'trailing-stop-limit',
]);

function readClose(
  market: Market,
  { close }: OrderRequest,
): ConditionalClose | undefined | Refusal {
  if (close === undefined) return undefined;
  if (!CLOSE_TYPES.has(close.type)) return new Refusal(REFUSALS.invalid('close'));
  const rules = readRules(market, close.type, close);
  if (rules instanceof Refusal) return rules;
  const isTrailing = close.type.startsWith('trailing');
  if (isTrailing && rules.trigger?.kind === 'static') return new Refusal(REFUSALS.invalidPrice);
  return { type: close.type, ...rules };
}
