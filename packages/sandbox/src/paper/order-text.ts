import type { ExecutionReport, Market, Order } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';

/** The numbers of one market, as the exchange prints them. */
export class OrderText {
  readonly market: Market;

  constructor(market: Market) {
    this.market = market;
  }

  price(ticks: number): string {
    return fixedText(ticks, this.market.instrument.pricePrecision);
  }

  quantity(lots: bigint): string {
    return fixedText(lots, this.market.instrument.quantityPrecision);
  }

  cost(amount: bigint): string {
    return fixedText(amount, this.market.quoteScale);
  }

  base(amount: bigint): string {
    return fixedText(amount, this.market.baseScale);
  }

  /** Volume-weighted, rounded down; 0 of what has no fill. */
  averagePrice({ filledValue, filledLots }: Pick<Order, 'filledValue' | 'filledLots'>): string {
    return this.price(filledLots === 0n ? 0 : Number(filledValue / filledLots));
  }

  /** What was paid in fees, in the asset in which they are taken. */
  fee({ fees }: Pick<ExecutionReport, 'fees'>, asset: Order['feeAsset']): string {
    return asset === 'base' ? this.base(fees.base) : this.cost(fees.quote);
  }
}
