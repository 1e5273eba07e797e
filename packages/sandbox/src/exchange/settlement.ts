import type { AccountTrade } from './account.ts';
import type { Books } from './books.ts';
import type { Clearing } from './clearing.ts';
import { feesOf, requiredHold, reserve } from './funds.ts';
import type { Ids } from './ids.ts';
import type { Order } from './types.ts';

export interface Fill {
  readonly tradeId: number;
  readonly ticks: number;
  readonly lots: bigint;
  readonly atNs: bigint;
}

/** Books fills. What one side pays the other gets, fees apart. */
export class Settlement {
  readonly #ids: Ids;
  readonly #books: Books;

  constructor(ids: Ids, books: Books) {
    this.#ids = ids;
    this.#books = books;
  }

  /** One side of a fill; answers the trade as its account sees it, `undefined` for a house account. */
  settle(order: Order, fill: Fill, isMaker: boolean): AccountTrade | undefined {
    const { account, market, side, clearing } = order;
    const { base, quote } = market.instrument;
    const { ticks, lots, atNs } = fill;
    const value = BigInt(ticks) * lots;
    order.filledLots += lots;
    order.filledValue += value;
    if (clearing !== undefined) return this.#clear(clearing, order, fill, isMaker);
    const cost = market.quoteAmount(value);
    const amount = market.baseAmount(lots);
    order.cost += cost;
    if (account.isHouse) {
      account.add(base, side === 'buy' ? amount : -amount);
      account.add(quote, side === 'buy' ? -cost : cost);
      return undefined;
    }
    const fees = feesOf(order, isMaker ? order.rates.maker : order.rates.taker, lots, value);
    order.fees = { base: order.fees.base + fees.base, quote: order.fees.quote + fees.quote };
    // Released before the payment and taken anew for what is left after it.
    reserve(order, 0n);
    const id = this.#ids.next('T');
    const entry = { refId: id, atNs, type: 'trade' } as const;
    const bought = side === 'buy';
    const ledgerIds = [
      this.#books.book(account, {
        ...entry,
        asset: base,
        amount: bought ? amount : -amount,
        fee: fees.base,
      }),
      this.#books.book(account, {
        ...entry,
        asset: quote,
        amount: bought ? -cost : cost,
        fee: fees.quote,
      }),
    ];
    reserve(order, requiredHold(order));
    const fee = order.feeAsset === 'base' ? fees.base : fees.quote;
    return keep({ id, order, ...fill, cost, fee, isMaker, ledgerIds, margin: undefined });
  }

  /** The same for what is not paid in two assets: nothing is held but a claim on margin. */
  #clear(clearing: Clearing, order: Order, fill: Fill, isMaker: boolean): AccountTrade | undefined {
    const id = order.account.isHouse ? '' : this.#ids.next('T');
    const { cost, fee, ledgerIds = [], margin } = clearing.settle(order, fill, isMaker, id);
    order.cost += cost;
    if (order.account.isHouse) return undefined;
    order.fees = { base: 0n, quote: order.fees.quote + fee };
    reserve(order, requiredHold(order));
    return keep({ id, order, ...fill, cost, fee, isMaker, ledgerIds, margin });
  }
}

/** Writes a trade into the histories of its account and of its order. */
function keep(trade: AccountTrade): AccountTrade {
  const { order, id, ledgerIds } = trade;
  order.account.addTrade(trade);
  order.tradeIds.push(id);
  order.ledgerIds.push(...ledgerIds);
  return trade;
}
