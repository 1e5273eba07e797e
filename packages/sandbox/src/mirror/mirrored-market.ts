import { toScaled } from '@kr/orderbook/decimal';
import { type JsonObject, parseJson } from '@kr/schemas/json';
import type { Batch } from '../exchange/index.ts';
import { parseBytes } from '../replay/capture-frame.ts';
import type { Hand } from './hand.ts';
import { LevelMirror } from './level-mirror.ts';
import { lexemeOf } from './lexeme-of.ts';
import type { Mirror } from './mirror.ts';
import { OrderMirror } from './order-mirror.ts';

const DEPTHS = { book: [10, 25, 100, 500, 1_000], level3: [10, 100, 1_000] } as const;

/** One symbol as it was recorded: the frames of its channels, in their order. */
export class MirroredMarket {
  readonly #hand: Hand;
  #mirror: Mirror | undefined;
  /** The orders are known one by one, so the levels are not needed. */
  #hasOrders = false;
  #isMirroring = false;
  /** Book frames whose checksum was right, and those whose was not. */
  verified = 0;
  mismatches = 0;

  constructor(hand: Hand) {
    this.#hand = hand;
  }

  /** `depth` as it was acknowledged; else the smallest that could have given the first snapshot. */
  applyBook(
    channel: 'book' | 'level3',
    bytes: Uint8Array,
    depth: number | undefined,
    nowNs: bigint,
  ): void {
    if (channel === 'book' && this.#hasOrders) return;
    this.#mirror ??= this.#open(channel, depth ?? depthOf(channel, bytes));
    if (channel === 'level3' && !this.#hasOrders && this.#mirror instanceof LevelMirror) {
      this.#mirror = this.#open(channel, depth ?? depthOf(channel, bytes));
    }
    const mirror = this.#mirror;
    this.#whileMirroring(() => {
      const outcome = mirror.apply(bytes, nowNs);
      if (outcome === 'verified') this.verified += 1;
      else if (outcome === 'mismatch') this.mismatches += 1;
    });
  }

  /** The rows of a trade frame that are of this symbol. */
  applyTrades(rows: readonly JsonObject[], nowNs: bigint): void {
    const { pricePrecision, quantityPrecision, symbol } = this.#hand.market.instrument;
    for (const { symbol: of, side, price, qty, trade_id: id } of rows) {
      if (of !== symbol || (side !== 'buy' && side !== 'sell')) continue;
      const print = {
        side,
        ticks: Number(toScaled(lexemeOf(price), pricePrecision)),
        lots: toScaled(lexemeOf(qty), quantityPrecision),
        tradeId: typeof id === 'number' ? id : undefined,
      } as const;
      this.#whileMirroring(() => {
        this.#mirror?.print(print, nowNs);
      });
    }
  }

  /** What paper orders did to what was recorded: fills with one paper side. */
  noteBatch({ markets, reports }: Batch): void {
    const trades = markets.get(this.#hand.market)?.trades ?? [];
    if (this.#isMirroring || trades.length === 0) return;
    const sides = new Map<number, number>();
    for (const { trade } of reports) {
      if (trade !== undefined) sides.set(trade.tradeId, (sides.get(trade.tradeId) ?? 0) + 1);
    }
    for (const { id, side, ticks, lots } of trades) {
      if (sides.get(id) === 1) this.#mirror?.eat(side === 'buy' ? 'asks' : 'bids', ticks, lots);
    }
  }

  #whileMirroring(act: () => void): void {
    this.#isMirroring = true;
    try {
      act();
    } finally {
      this.#isMirroring = false;
    }
  }

  #open(channel: 'book' | 'level3', depth: number): Mirror {
    const { book } = this.#hand.market;
    for (const side of [book.bids, book.asks]) {
      for (const order of this.#hand.orders(side)) this.#hand.set(order, 0n);
    }
    this.#hasOrders = channel === 'level3';
    return this.#hasOrders
      ? new OrderMirror(this.#hand, depth)
      : new LevelMirror(this.#hand, depth);
  }
}

function depthOf(channel: 'book' | 'level3', bytes: Uint8Array): number {
  const { data } = parseBytes(bytes) as {
    data?: readonly { bids?: readonly unknown[]; asks?: readonly unknown[] }[];
  };
  const levels = Math.max(data?.[0]?.bids?.length ?? 0, data?.[0]?.asks?.length ?? 0);
  return DEPTHS[channel].find((depth) => depth >= levels) ?? 1_000;
}

/** The rows of a trade frame, digits kept. */
export function tradeRows(bytes: Uint8Array): readonly JsonObject[] {
  const { data } = parseJson(bytes) as { data?: readonly JsonObject[] };
  return Array.isArray(data) ? data : [];
}
