import type { ExecutionReport, Market, Order, PriceRule, PriceText } from '../exchange/index.ts';
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

  /** The trigger of an order as it was asked for: the offset of a trailing stop, else the price. */
  triggerOf({ trigger }: Pick<Order, 'trigger'>): PriceText | undefined {
    if (trigger === undefined) return undefined;
    if (!trigger.isTrailing) return { kind: 'static', text: this.price(trigger.ticks) };
    const { kind, text } = this.ruleText(trigger.rule);
    return { kind, text: text.replace('-', '') };
  }

  /** The limit of an order as it was asked for. */
  limitOf({ trigger, limitTicks }: Pick<Order, 'trigger' | 'limitTicks'>): PriceText | undefined {
    if (trigger?.limitRule !== undefined) return this.ruleText(trigger.limitRule);
    return limitTicks === undefined ? undefined : { kind: 'static', text: this.price(limitTicks) };
  }

  ruleText(rule: PriceRule): PriceText {
    return rule.kind === 'pct'
      ? { kind: 'pct', text: fixedText(rule.millionths, 4) }
      : { kind: rule.kind, text: this.price(rule.ticks) };
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

/** A price as REST writes it: offsets with their sign, per cents with their mark. */
export function writtenPrice(price: PriceText): string {
  if (price.kind === 'static') return price.text;
  const sign = price.text.startsWith('-') ? '' : '+';
  return `${sign}${price.text}${price.kind === 'pct' ? '%' : ''}`;
}
