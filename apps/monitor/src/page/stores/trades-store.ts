import type { TradeRow, TradesRecord } from '../../protocol/records.ts';
import { numberOf } from '../../protocol/scaled.ts';

/** A trade with the decimals that it was told in. */
export interface TapeTrade extends TradeRow {
  readonly kind: 'trade';
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  /** Nearest doubles, for what is drawn or filtered. */
  readonly priceNumber: number;
  readonly size: number;
}

const KEPT = 4000;

/** One symbol's trades, oldest first. */
export class TradesStore {
  trades: TapeTrade[] = [];
  revision = 0;

  take({ isSnapshot, pricePrecision, quantityPrecision, trades }: TradesRecord): void {
    const rows = trades.map(
      (trade): TapeTrade => ({
        kind: 'trade',
        ...trade,
        pricePrecision,
        quantityPrecision,
        priceNumber: numberOf(trade.price, pricePrecision),
        size: numberOf(trade.quantity, quantityPrecision),
      }),
    );
    const kept = isSnapshot ? rows : [...this.trades, ...rows];
    this.trades = kept.length > KEPT * 1.25 ? kept.slice(-KEPT) : kept;
    this.revision += 1;
  }

  get last(): TapeTrade | undefined {
    return this.trades.at(-1);
  }

  /** The newest first, at least of a size. */
  newest(count: number, minSize: number): TapeTrade[] {
    const found: TapeTrade[] = [];
    for (let at = this.trades.length - 1; at >= 0 && found.length < count; at -= 1) {
      const trade = this.trades[at] as TapeTrade;
      if (trade.size >= minSize) found.push(trade);
    }
    return found;
  }
}
