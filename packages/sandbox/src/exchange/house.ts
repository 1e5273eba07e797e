import type { Account } from './account.ts';
import { createOrder } from './draft.ts';
import type { FeeRates } from './fees.ts';
import type { Market } from './market.ts';
import type { Order, Side } from './types.ts';

/** An order of the synthetic market. */
export interface HouseTerms {
  readonly market: Market;
  readonly side: Side;
  /** Absent: a market order. */
  readonly limitTicks: number | undefined;
  readonly lots: bigint;
  /** What does not trade at once is cancelled. */
  readonly immediate?: boolean | undefined;
  /** Default: the exchange's next. */
  readonly id?: string | undefined;
}

/** What a house account pays: nothing. */
export const FREE: FeeRates = { maker: 0n, taker: 0n };

const LIMIT_ORDER = {
  buy: { side: 'buy', type: 'limit' },
  sell: { side: 'sell', type: 'limit' },
} as const;
const IMMEDIATE_ORDER = {
  buy: { side: 'buy', type: 'limit', timeInForce: 'ioc' },
  sell: { side: 'sell', type: 'limit', timeInForce: 'ioc' },
} as const;
const MARKET_ORDER = {
  buy: { side: 'buy', type: 'market' },
  sell: { side: 'sell', type: 'market' },
} as const;

/** A limit or (without a price) market order of a house account, not in the book yet. */
export function houseOrder(
  account: Account,
  { market, side, limitTicks, lots, immediate }: HouseTerms,
  made: { readonly id: string; readonly entry: number; readonly nowNs: bigint },
): Order {
  const limited = immediate === true ? IMMEDIATE_ORDER : LIMIT_ORDER;
  const terms = limitTicks === undefined ? MARKET_ORDER[side] : limited[side];
  const order = createOrder(terms, {
    id: made.id,
    entry: made.entry,
    account,
    market,
    rates: FREE,
    lots,
    cash: undefined,
    limitTicks,
    displayLots: undefined,
    trigger: undefined,
    close: undefined,
    leverage: undefined,
    nowNs: made.nowNs,
  });
  order.status = 'new';
  return order;
}
