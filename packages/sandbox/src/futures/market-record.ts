import type { Batch, BookChange, Market, MarketChanges } from '../exchange/index.ts';
import type { FuturesClearing } from './clearing.ts';

/** Events kept of a market, each kind. */
const KEPT = 5_000;

/** One change of an order in the book, as the public history has it: nobody is named. */
export interface PublicOrderEvent {
  /** Counts the market's events from 1. */
  readonly number: number;
  readonly kind: 'placed' | 'updated' | 'cancelled';
  /** Of an update: it was traded with, and not edited. */
  readonly isFill: boolean;
  readonly orderId: string;
  readonly side: 'buy' | 'sell';
  readonly ticks: number;
  /** What can be seen of it, before and after. */
  readonly before: bigint;
  readonly after: bigint;
  readonly queueNs: bigint;
  readonly atNs: bigint;
}

export interface MarkPriceEvent {
  readonly number: number;
  /** In millionths of a USD: finer than a tick. */
  readonly micro: bigint;
  readonly atNs: bigint;
}

interface Kept {
  readonly orders: PublicOrderEvent[];
  readonly marks: MarkPriceEvent[];
  readonly visible: Map<string, bigint>;
  orderCount: number;
  markCount: number;
}

/** What everybody may ask of the past of a contract, beside its trades: its orders and its mark price. */
export class MarketRecord {
  readonly #clearing: FuturesClearing;
  readonly #kept = new Map<Market, Kept>();

  constructor(clearing: FuturesClearing) {
    this.#clearing = clearing;
  }

  /** Oldest first. */
  ordersOf(market: Market): readonly PublicOrderEvent[] {
    return this.#of(market).orders;
  }

  /** Oldest first. */
  marksOf(market: Market): readonly MarkPriceEvent[] {
    return this.#of(market).marks;
  }

  add({ markets, atNs }: Batch): void {
    for (const [market, changes] of markets) {
      const kept = this.#of(market);
      for (const change of changes.changes) addOrder(kept, change, changes, atNs);
      forget(kept.orders);
      const micro = this.#clearing.prices.mark(this.#clearing.contractOf(market));
      if (micro === kept.marks.at(-1)?.micro) continue;
      kept.markCount += 1;
      kept.marks.push({ number: kept.markCount, micro, atNs });
      forget(kept.marks);
    }
  }

  #of(market: Market): Kept {
    const known = this.#kept.get(market);
    if (known !== undefined) return known;
    const made = { orders: [], marks: [], visible: new Map(), orderCount: 0, markCount: 0 };
    this.#kept.set(market, made);
    return made;
  }
}

function addOrder(
  kept: Kept,
  { kind, side, orderId, ticks, lots, queueNs }: BookChange,
  { trades }: MarketChanges,
  atNs: bigint,
): void {
  const isFill = trades.some((trade) => trade.ticks === ticks);
  const before = kept.visible.get(orderId) ?? (kind === 'add' ? 0n : lots);
  const after = kind === 'delete' ? 0n : lots;
  if (kind === 'delete') kept.visible.delete(orderId);
  else kept.visible.set(orderId, lots);
  const gone = isFill ? 'updated' : 'cancelled';
  const name = kind === 'add' ? 'placed' : kind === 'delete' ? gone : 'updated';
  kept.orderCount += 1;
  kept.orders.push({
    ...{
      number: kept.orderCount,
      kind: name,
      isFill,
      orderId,
      ticks,
      before,
      after,
      queueNs,
      atNs,
    },
    side: side === 'bid' ? 'buy' : 'sell',
  });
}

/** Cuts in lumps, so that each addition is cheap. */
function forget(rows: unknown[]): void {
  if (rows.length > KEPT * 1.2) rows.splice(0, rows.length - KEPT);
}
