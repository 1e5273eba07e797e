import type { Market, Order } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { olderPrice, olderQuantity } from '../market-data/older-text.ts';

/** The numbers of one market, as v1 prints them: texts. */
export class OlderOrderText {
  readonly #market: Market;

  constructor(market: Market) {
    this.#market = market;
  }

  price(ticks: number): string {
    return olderPrice(this.#market, ticks);
  }

  quantity(lots: bigint): string {
    return olderQuantity(this.#market, lots);
  }

  cost(amount: bigint): string {
    return fixedText(amount, this.#market.quoteScale);
  }

  base(amount: bigint): string {
    return fixedText(amount, this.#market.baseScale);
  }

  /** Volume-weighted, rounded down; 0 of what has no fill. */
  averagePrice({ filledValue, filledLots }: Pick<Order, 'filledValue' | 'filledLots'>): string {
    return this.price(filledLots === 0n ? 0 : Number(filledValue / filledLots));
  }
}
