import type { Account, Market, Order } from '../exchange/index.ts';
import type { FuturesContract } from './contracts.ts';
import { levelOf, shareOf } from './margin-levels.ts';
import { abs } from './position.ts';
import { valueOf } from './worth.ts';

/** What a contract binds of its wallet, in the settlement currency. */
export interface Requirement {
  readonly initial: bigint;
  readonly initialWithOrders: bigint;
  readonly maintenance: bigint;
}

/**
 * The margin of a position and of the orders beside it, all at the mark price: of the orders those
 * of the side that would make the larger position if all of them were filled. An order that may only
 * reduce needs none. `instead` says how many lots of one order to count.
 */
export function requirementOf(
  contract: FuturesContract,
  markTicks: number,
  lots: bigint,
  exposure: bigint,
): Requirement {
  const { marginLevels } = contract;
  const { initial, maintenance } = levelOf(marginLevels, abs(lots));
  const value = valueOf(contract, markTicks, lots);
  const most = valueOf(contract, markTicks, exposure);
  return {
    initial: shareOf(value, initial),
    initialWithOrders: shareOf(most, levelOf(marginLevels, exposure).initial),
    maintenance: shareOf(value, maintenance),
  };
}

/** The largest position, in lots, that an account's open orders in a market could lead to. */
export function exposureOf(
  account: Account,
  market: Market,
  lots: bigint,
  instead?: { readonly order: Order; readonly lots: bigint },
): bigint {
  let buys = 0n;
  let sells = 0n;
  const count = (order: Order, size: bigint): void => {
    if (order.reduceOnly) return;
    if (order.side === 'buy') buys += size;
    else sells += size;
  };
  for (const order of account.openOrders) {
    if (order.market === market && order !== instead?.order) count(order, order.held);
  }
  if (instead !== undefined) count(instead.order, instead.lots);
  const long = abs(lots + buys);
  const short = abs(lots - sells);
  const most = long > short ? long : short;
  return most > abs(lots) ? most : abs(lots);
}
