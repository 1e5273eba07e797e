import type { Account, AccountTrade, LedgerEntry } from './account.ts';
import type { Clearing } from './clearing.ts';
import { feesOf, requiredHold, reserve } from './funds.ts';
import type { Ids } from './ids.ts';
import type { Journal } from './journal.ts';
import type { Order } from './types.ts';

export interface Fill {
  readonly tradeId: number;
  readonly ticks: number;
  readonly lots: bigint;
  readonly atNs: bigint;
}

/** Books fills: balances, ledger, the exchange's own income. What one side pays the other gets, fees apart. */
export class Settlement {
  /** What the exchange took in fees, by asset. */
  readonly income: Map<string, bigint> = new Map();
  /** What was ever put into accounts, by asset. */
  readonly deposits: Map<string, bigint> = new Map();
  readonly #ids: Ids;
  readonly #journal: Journal;

  constructor(ids: Ids, journal: Journal) {
    this.#ids = ids;
    this.#journal = journal;
  }

  deposit(account: Account, asset: string, amount: bigint, atNs: bigint): void {
    const refId = account.isHouse ? '' : this.#ids.next('R');
    this.deposits.set(asset, (this.deposits.get(asset) ?? 0n) + amount);
    this.#book(account, { refId, atNs, type: 'deposit', asset, amount, fee: 0n });
  }

  /** One side of a fill; answers the trade as its account sees it, `undefined` for a house account. */
  settle(order: Order, fill: Fill, isMaker: boolean): AccountTrade | undefined {
    const { account, market, side } = order;
    const { base, quote } = market.instrument;
    const { ticks, lots, atNs } = fill;
    const value = BigInt(ticks) * lots;
    order.filledLots += lots;
    order.filledValue += value;
    if (market.clearing !== undefined) return this.#clear(market.clearing, order, fill, isMaker);
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
      this.#book(account, {
        ...entry,
        asset: base,
        amount: bought ? amount : -amount,
        fee: fees.base,
      }),
      this.#book(account, {
        ...entry,
        asset: quote,
        amount: bought ? -cost : cost,
        fee: fees.quote,
      }),
    ];
    reserve(order, requiredHold(order));
    const fee = order.feeAsset === 'base' ? fees.base : fees.quote;
    const trade = {
      id,
      order,
      tradeId: fill.tradeId,
      atNs,
      ticks,
      lots,
      cost,
      fee,
      isMaker,
      ledgerIds,
    };
    account.addTrade(trade);
    order.tradeIds.push(id);
    order.ledgerIds.push(...ledgerIds);
    return trade;
  }

  /** The same for contracts: nothing is held but a claim on margin. */
  #clear(clearing: Clearing, order: Order, fill: Fill, isMaker: boolean): AccountTrade | undefined {
    const { cost, fee } = clearing.settle(order, fill, isMaker);
    order.cost += cost;
    if (order.account.isHouse) return undefined;
    order.fees = { base: 0n, quote: order.fees.quote + fee };
    reserve(order, requiredHold(order));
    const id = this.#ids.next('T');
    const trade = { id, order, ...fill, cost, fee, isMaker, ledgerIds: [] };
    order.account.addTrade(trade);
    order.tradeIds.push(id);
    return trade;
  }

  #book(account: Account, entry: Omit<LedgerEntry, 'id' | 'balance'>): string {
    const { asset, amount, fee } = entry;
    const balance = account.add(asset, amount - fee);
    if (account.isHouse) return '';
    const id = this.#ids.next('L');
    const booked = { id, ...entry, balance };
    account.addEntry(booked);
    this.#journal.entry(account, booked);
    if (fee > 0n) this.income.set(asset, (this.income.get(asset) ?? 0n) + fee);
    return id;
  }
}
