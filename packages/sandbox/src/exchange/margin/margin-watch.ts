import type { Account } from '../account.ts';
import type { Entrance } from '../entrance.ts';
import { requiredHold } from '../funds.ts';
import type { Market } from '../market.ts';
import type { Matching } from '../matching.ts';
import { REASONS } from '../refusal.ts';
import type { Order } from '../types.ts';
import type { MarginClearing } from './margin-clearing.ts';
import { MARGIN_STOP } from './terms.ts';

/** What the exchange does about accounts on margin by itself, after each operation. */
export class MarginWatch {
  readonly #margin: MarginClearing;
  readonly #matching: Matching;
  readonly #entrance: Entrance;

  constructor(margin: MarginClearing, matching: Matching, entrance: Entrance) {
    this.#margin = margin;
    this.#matching = matching;
    this.#entrance = entrance;
  }

  /**
   * Closes, in the market, the positions of whom the touched markets brought below the level at which
   * that happens; true: it did something. What does not find a buyer waits for the next operation.
   */
  liquidate(touched: (market: Market) => boolean, nowNs: bigint): boolean {
    const { positions } = this.#margin;
    let acted = false;
    for (const account of [...positions.holders]) {
      const nets = [...positions.netsOf(account)];
      if (!nets.some(([market]) => touched(market) && market.state === 'online')) continue;
      const { level } = this.#margin.stateOf(account);
      if (level === undefined || level >= MARGIN_STOP) continue;
      acted = true;
      this.#cancel(account, (order) => order.clearing === this.#margin, REASONS.marginLevel, nowNs);
      for (const [market, { side, lots }] of nets) {
        const closing = side === 'buy' ? 'sell' : 'buy';
        if (market.book.against(closing).size === 0) continue;
        this.#entrance.placeLiquidation(account, market, { side: closing, lots }, nowNs);
      }
    }
    return acted;
  }

  /**
   * Losses and fees of positions may take what orders hold: those that can no longer be paid for are
   * cancelled, the newest first.
   */
  uncover(nowNs: bigint): void {
    for (const account of this.#margin.charged) {
      for (const order of [...account.openOrders].toReversed()) {
        if (order.clearing !== undefined) continue;
        const { side, market } = order;
        const { base, quote } = market.instrument;
        const isShort = account.available(side === 'buy' ? quote : base) < 0n;
        if (isShort || order.held < requiredHold(order)) {
          this.#matching.end(order, 'canceled', REASONS.funds, nowNs);
        }
      }
    }
    this.#margin.charged.clear();
  }

  #cancel(
    account: Account,
    passes: (order: Order) => boolean,
    reason: string,
    nowNs: bigint,
  ): void {
    for (const order of [...account.openOrders]) {
      if (passes(order)) this.#matching.end(order, 'canceled', reason, nowNs);
    }
  }
}
