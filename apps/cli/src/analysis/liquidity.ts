import type { Level } from '@kr/orderbook';
import { depthWithinBps, spread, spreadBps, topOfBook, viewOf } from '@kr/orderbook/analytics';
import { trimDecimal } from '@kr/orderbook/decimal';

export type PairLiquidity = {
  readonly pair: string;
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  /** In the quote. */
  readonly spread: string | undefined;
  readonly spread_bps: number | undefined;
  readonly within_bps: string;
  /** In the base. */
  readonly bid_depth: string | undefined;
  readonly ask_depth: string | undefined;
  /** In the quote. */
  readonly bid_notional: string | undefined;
  readonly ask_notional: string | undefined;
  /** False where there may be more within the band than the levels that were asked for. */
  readonly complete: boolean;
};

export interface LiquidityInput {
  readonly pair: string;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly withinBps: string;
  /** Levels a side that were asked for. */
  readonly count: number;
}

/** How tight and how deep a book is. An empty side has no price, and with it there is no mid. */
export const liquidityOf = (input: LiquidityInput): PairLiquidity => {
  const { pair, bids, asks, withinBps, count } = input;
  const book = viewOf({ bids, asks });
  const { bid, ask } = topOfBook(book);
  const bidDepth = depthWithinBps(book, 'bids', withinBps);
  const askDepth = depthWithinBps(book, 'asks', withinBps);
  return {
    pair,
    bid: bid?.price,
    ask: ask?.price,
    spread: spread(book),
    spread_bps: spreadBps(book),
    within_bps: withinBps,
    bid_depth: bidDepth?.quantity,
    ask_depth: askDepth?.quantity,
    bid_notional: bidDepth && trimDecimal(bidDepth.notional),
    ask_notional: askDepth && trimDecimal(askDepth.notional),
    complete: [bidDepth, askDepth].every((depth) => (depth?.levels ?? 0) < count),
  };
};
