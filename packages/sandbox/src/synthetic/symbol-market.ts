import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { type Fill, type MarketStep, seedBook, stepMarket } from './agents.ts';
import { fixedText } from './fixed-text.ts';
import type { SyntheticInstrument } from './instruments.ts';
import { createRandom, type Random } from './random.ts';
import { RollingDay } from './rolling-day.ts';
import { SyntheticBook } from './synthetic-book.ts';

/** How many trades a snapshot of the trade channel holds. */
const RECENT_TRADES = 50;
/** Steps that are run before the market opens, spread over the hour before, so that there is a history. */
const WARM_UP_STEPS = 2_000;
const WARM_UP_NS = 3_600_000_000_000n;

/** One symbol: its book, its trades and its day, moved step by step by seeded agents. */
export class SymbolMarket {
  readonly book: SyntheticBook;
  readonly #random: Random;
  readonly #day = new RollingDay();
  readonly #recent: string[] = [];
  #tradeId: number;

  constructor(instrument: SyntheticInstrument, seed: string, openWallNs: bigint) {
    this.book = new SyntheticBook(instrument);
    // A seed of its own: the same symbol moves the same way whatever other symbols there are.
    this.#random = createRandom(`${seed} ${instrument.symbol}`);
    this.#tradeId = 1 + this.#random.below(90_000_000);
    seedBook(this.book, this.#random);
    for (let step = 0; step < WARM_UP_STEPS; step += 1) {
      const ago = (WARM_UP_NS * BigInt(WARM_UP_STEPS - step)) / BigInt(WARM_UP_STEPS);
      this.#record(stepMarket(this.book, this.#random).fills, openWallNs - ago);
    }
  }

  /** Moves the market; answers what changed and the rows of the trade channel. */
  step(wallNs: bigint): MarketStep & { readonly trades: readonly string[] } {
    const step = stepMarket(this.book, this.#random);
    return { ...step, trades: this.#record(step.fills, wallNs) };
  }

  tradeFrame(type: 'snapshot' | 'update', rows: readonly string[]): WireFrame {
    return new WireFrame(`{"channel":"trade","type":"${type}","data":[${rows.join(',')}]}`);
  }

  /** The last trades, oldest first. */
  recentTrades(): readonly string[] {
    return this.#recent;
  }

  /** Fields that have no value (an empty side, nothing traded) are left out. */
  tickerFrame(type: 'snapshot' | 'update', wallNs: bigint): WireFrame {
    const { symbol, pricePrecision, quantityPrecision } = this.book.instrument;
    const price = (ticks: number): string => fixedText(ticks, pricePrecision);
    const fields = [`"symbol":"${symbol}"`];
    const bid = this.book.bids.best;
    const ask = this.book.asks.best;
    if (bid !== undefined) {
      fields.push(`"bid":${price(bid.ticks)},"bid_qty":${fixedText(bid.lots, quantityPrecision)}`);
    }
    if (ask !== undefined) {
      fields.push(`"ask":${price(ask.ticks)},"ask_qty":${fixedText(ask.lots, quantityPrecision)}`);
    }
    const day = this.#day.read(wallNs);
    if (day !== undefined) {
      const change = day.last - day.open;
      const hundredths = Math.round((change / day.open) * 10_000);
      fields.push(
        `"last":${price(day.last)},"volume":${fixedText(day.lots, quantityPrecision)}`,
        `"vwap":${price(day.vwap)},"low":${price(day.low)},"high":${price(day.high)}`,
        `"change":${price(change)},"change_pct":${fixedText(hundredths, 2)}`,
      );
    }
    fields.push(`"timestamp":"${formatMicros(wallNs)}"`);
    return new WireFrame(`{"channel":"ticker","type":"${type}","data":[{${fields.join(',')}}]}`);
  }

  #record(fills: readonly Fill[], wallNs: bigint): readonly string[] {
    const { symbol, pricePrecision, quantityPrecision } = this.book.instrument;
    if (fills.length === 0) return [];
    const timestamp = formatMicros(wallNs);
    const rows: string[] = [];
    for (const fill of fills) {
      this.#day.add(fill.ticks, fill.lots, wallNs);
      this.#tradeId += 1;
      rows.push(
        `{"symbol":"${symbol}","side":"${fill.side}","price":${fixedText(fill.ticks, pricePrecision)},"qty":${fixedText(fill.lots, quantityPrecision)},"ord_type":"${fill.orderType}","trade_id":${this.#tradeId},"timestamp":"${timestamp}"}`,
      );
    }
    this.#recent.push(...rows);
    if (this.#recent.length > RECENT_TRADES) {
      this.#recent.splice(0, this.#recent.length - RECENT_TRADES);
    }
    return rows;
  }
}
