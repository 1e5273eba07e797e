import type { Account, AccountTrade, Batch, Market } from '../exchange/index.ts';
import { tradeUid } from './uuid.ts';

/** One fill as one of its two accounts sees it. */
export interface FuturesFill {
  /** What both sides and the public call it. */
  readonly uid: string;
  readonly account: Account;
  readonly market: Market;
  readonly trade: AccountTrade;
  /** What was left of the order after it, in lots. */
  readonly remaining: bigint;
  /** Counts the account's fills from 1. */
  readonly seq: number;
  readonly type: 'maker' | 'taker' | 'liquidation';
  readonly takerType: 'limit' | 'market';
}

/** Fills kept of an account. */
const KEPT = 5_000;

/** The fills of each account, oldest first. */
export class FillBook {
  readonly #fills = new Map<Account, FuturesFill[]>();
  readonly #counts = new Map<Account, number>();

  /** Enters the fills of a batch, and answers them. */
  add(batch: Batch, isLiquidation: boolean): readonly FuturesFill[] {
    const made: FuturesFill[] = [];
    for (const { account, trade, order, lots, filledLots } of batch.reports) {
      if (trade === undefined) continue;
      const { market } = order;
      const seq = (this.#counts.get(account) ?? 0) + 1;
      this.#counts.set(account, seq);
      const told = batch.markets.get(market)?.trades.find(({ id }) => id === trade.tradeId);
      const own = trade.isMaker ? 'maker' : 'taker';
      const fill: FuturesFill = {
        uid: tradeUid(market.instrument.symbol, trade.tradeId),
        account,
        market,
        trade,
        remaining: lots - filledLots,
        seq,
        type: isLiquidation && !trade.isMaker ? 'liquidation' : own,
        takerType: told?.orderType ?? 'limit',
      };
      const fills = this.#fills.get(account) ?? [];
      this.#fills.set(account, fills);
      fills.push(fill);
      if (fills.length > KEPT * 1.2) fills.splice(0, fills.length - KEPT);
      made.push(fill);
    }
    return made;
  }

  of(account: Account): readonly FuturesFill[] {
    return this.#fills.get(account) ?? [];
  }
}
