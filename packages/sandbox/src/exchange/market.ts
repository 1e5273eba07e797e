import type { ContractClearing, SpotMargin } from './clearing.ts';
import type { ExchangeInstrument, TradingState } from './instrument.ts';
import { OrderBook } from './order-book.ts';
import type { PriceReference } from './trigger.ts';
import type { Order } from './types.ts';

/** How the orders of a market are paid for where they are not paid in two assets. */
export interface MarketClearings {
  readonly clearing?: ContractClearing | undefined;
  readonly margin?: SpotMargin | undefined;
}

/** One instrument while it trades: its book, its state, its last price, and the orders that wait for a price. */
export class Market {
  readonly instrument: ExchangeInstrument;
  /** Its place among the exchange's markets, from 0. */
  readonly index: number;
  readonly book: OrderBook = new OrderBook();
  /** Of contracts; absent: its fills are paid in its two assets. */
  readonly clearing: ContractClearing | undefined;
  /** Of orders on margin, where there are any. */
  readonly margin: SpotMargin | undefined;
  readonly baseScale: number;
  readonly quoteScale: number;
  /** Price steps, in ticks. */
  readonly increment: number;
  readonly untriggered: Set<Order> = new Set();
  state: TradingState = 'online';
  lastTicks: number | undefined;
  tradeId: number;
  readonly #lotUnit: bigint;
  readonly #valueShift: number;
  readonly #valueUnit: bigint;
  #queueNs = 0n;

  constructor(
    instrument: ExchangeInstrument,
    scales: ReadonlyMap<string, number>,
    firstTradeId: number,
    index: number,
    { clearing, margin }: MarketClearings = {},
  ) {
    this.instrument = instrument;
    this.index = index;
    this.baseScale = scales.get(instrument.base) ?? instrument.quantityPrecision;
    this.quoteScale = scales.get(instrument.quote) ?? instrument.costPrecision;
    this.increment = instrument.incrementTicks ?? 1;
    this.tradeId = firstTradeId;
    this.clearing = clearing;
    this.margin = instrument.margin === undefined ? undefined : margin;
    this.#lotUnit = 10n ** BigInt(this.baseScale - instrument.quantityPrecision);
    this.#valueShift = instrument.pricePrecision + instrument.quantityPrecision - this.quoteScale;
    this.#valueUnit = 10n ** BigInt(Math.abs(this.#valueShift));
  }

  /** Lots in the base asset's accounting scale. */
  baseAmount(lots: bigint): bigint {
    return lots * this.#lotUnit;
  }

  /**
   * Ticks × lots in the quote asset's accounting scale, rounded down. Buyer and seller settle the
   * same number, and the parts of an order never sum to more than the whole that was held for it.
   */
  quoteAmount(value: bigint): bigint {
    return this.#valueShift >= 0 ? value / this.#valueUnit : value * this.#valueUnit;
  }

  /** An amount of quote in ticks × lots. */
  valueOf(amount: bigint): bigint {
    return this.#valueShift >= 0 ? amount * this.#valueUnit : amount / this.#valueUnit;
  }

  /** The most lots that an amount of quote buys at a price, when `spent` (ticks × lots) of it is gone. */
  lotsFor(amount: bigint, ticks: number, spent = 0n): bigint {
    return (this.valueOf(amount) - spent) / BigInt(ticks);
  }

  /** A time for the queue: now, or just after the last one given, so that no two orders share one. */
  nextQueueNs(nowNs: bigint): bigint {
    this.#queueNs = nowNs > this.#queueNs ? nowNs : this.#queueNs + 1n;
    return this.#queueNs;
  }

  /** The middle of the book stands in for an index, which is an average over exchanges. */
  get indexTicks(): number | undefined {
    const bid = this.book.bids.best?.ticks;
    const ask = this.book.asks.best?.ticks;
    return bid === undefined || ask === undefined ? undefined : Math.floor((bid + ask) / 2);
  }

  reference(kind: PriceReference): number | undefined {
    if (kind === 'last') return this.lastTicks ?? this.indexTicks;
    return this.clearing?.price(this, kind) ?? this.indexTicks;
  }
}
