import { feeOf } from './fees.ts';
import { isMarketType, type Order, remainingLots } from './types.ts';
import { walk } from './walk.ts';

/** The asset that an order pays with. */
function payingAsset({ side, market }: Order): string {
  return side === 'buy' ? market.instrument.quote : market.instrument.base;
}

/** The fee of a fill, in each asset; one of the two is 0. */
export function feesOf(
  order: Order,
  rate: bigint,
  lots: bigint,
  value: bigint,
): { base: bigint; quote: bigint } {
  const { market, feeAsset } = order;
  return feeAsset === 'base'
    ? { base: feeOf(market.baseAmount(lots), rate), quote: 0n }
    : { base: 0n, quote: market.quoteAmount(feeOf(value, rate)) };
}

/** What an order pays for a fill at this price, fee included, in its paying asset. */
function paymentOf(order: Order, rate: bigint, lots: bigint, ticks: number): bigint {
  const { market, side } = order;
  const value = BigInt(ticks) * lots;
  const fees = feesOf(order, rate, lots, value);
  return side === 'buy'
    ? market.quoteAmount(value) + fees.quote
    : market.baseAmount(lots) + fees.base;
}

/**
 * What must be held for the rest of an order: at its limit, or where it has none at the price that
 * triggers it, and at the higher of its fee rates. A market order ends before anybody else acts:
 * nothing is held, and each of its fills is checked instead.
 */
export function requiredHold(order: Order): bigint {
  const { limitTicks, trigger, side, rates, clearing } = order;
  const rate = rates.maker > rates.taker ? rates.maker : rates.taker;
  const lots = remainingLots(order);
  if (clearing !== undefined) return lots;
  if (lots <= 0n || order.type === 'market' || order.type === 'settle-position') return 0n;
  const ticks = isMarketType(order.type) ? trigger?.ticks : (limitTicks ?? trigger?.ticks);
  if (side === 'buy' && ticks === undefined) return 0n;
  return paymentOf(order, rate, lots, ticks ?? 0);
}

/** Sets what is held for an order; false, and nothing changed, when the account has not enough. */
export function reserve(order: Order, amount: bigint): boolean {
  const { account, clearing } = order;
  if (account.isHouse) return true;
  if (clearing !== undefined) return clearing.reserve(order, amount);
  const asset = payingAsset(order);
  if (amount > account.available(asset) + order.held) return false;
  account.hold(asset, amount - order.held);
  order.held = amount;
  return true;
}

/** The most lots of `lots` that the account can pay for at this price. */
export function affordableLots(order: Order, lots: bigint, ticks: number): bigint {
  const { account, market, side, rates } = order;
  if (account.isHouse) return lots;
  if (order.clearing !== undefined) return order.clearing.affordable(order, lots);
  const funds = account.available(payingAsset(order)) + order.held;
  if (paymentOf(order, rates.taker, lots, ticks) <= funds) return lots;
  let most = side === 'buy' ? market.lotsFor(funds, ticks) : funds / market.baseAmount(1n);
  if (most > lots) most = lots;
  // The fee comes on top: a share less, and the last lots one by one.
  most = (most * 1_000_000n) / (1_000_000n + rates.taker);
  while (most > 0n && paymentOf(order, rates.taker, most, ticks) > funds) most -= 1n;
  return most;
}

/** Whether a market order's fills can all be paid for, as the book stands. */
export function canPay(order: Order): boolean {
  const { account, market, side, cash, rates } = order;
  if (order.clearing !== undefined) return true;
  if (cash !== undefined) {
    const fee = order.feeAsset === 'quote' ? feeOf(cash, rates.taker) : 0n;
    return cash + fee <= account.available(market.instrument.quote);
  }
  let left = remainingLots(order);
  if (side === 'sell') return affordableLots(order, left, 1) === left;
  let lots = 0n;
  let value = 0n;
  for (const step of walk(order)) {
    const part = step.lots < left ? step.lots : left;
    lots += part;
    value += BigInt(step.ticks) * part;
    left -= part;
    if (left === 0n) break;
  }
  if (lots === 0n) return true;
  const fee = order.feeAsset === 'quote' ? feeOf(value, rates.taker) : 0n;
  return market.quoteAmount(value + fee) <= account.available(market.instrument.quote);
}
