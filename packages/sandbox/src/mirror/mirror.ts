import type { ApplyOutcome } from '@kr/orderbook';
import type { Side } from '../exchange/index.ts';

/** A trade that was recorded: the taker's side, price and quantity. */
export interface Print {
  readonly side: Side;
  readonly ticks: number;
  readonly lots: bigint;
  readonly tradeId: number | undefined;
}

/** Keeps a market of the exchange as the recorded one was, with paper orders between its orders. */
export interface Mirror {
  /** Takes a frame of its channel. Throws what the book throws for a malformed one. */
  apply(frame: Uint8Array, nowNs: bigint): ApplyOutcome;
  /** Lets a recorded trade take what is first in the queue: it reaches a paper order when its turn has come. */
  print(print: Print, nowNs: bigint): void;
  /** A paper order took this much of what was recorded: it stays taken while the level, or the order, stands. */
  eat(side: 'bids' | 'asks', ticks: number, lots: bigint): void;
}
