import type {
  Account,
  BookSide,
  Exchange,
  IdSource,
  Level,
  Market,
  Order,
} from '../exchange/index.ts';
import type { SyntheticInstrument } from './instruments.ts';
import { Weather } from './mood.ts';
import { fraction, quantity } from './quantity.ts';
import type { Random } from './random.ts';

/**
 * The mix of a step, close to a captured two minutes of BTC/USD: 17 of 1,253 updates named a price
 * twice, and half of them held one change. One step in twenty trades.
 */
const TAKE = 0.05;
const FLICKER = 0.02;
const MOVE = 0.38;
/** Three of four changes are near the top of the book, the others anywhere in it. */
const NEAR_TOP = 0.75;
const NEAR_TOP_MEAN_RANK = 4;
/** Ticks between the levels of a fresh book, and from a level to a new one behind it, at the mean. */
const MEAN_GAP = 2;
/** How often a quote is a new level or a cancel, while a side has fewer levels than it should, and else. */
const THIN = { insert: 0.6, cancel: 0.1 };
const FULL = { insert: 0.2, cancel: 0.5 };
/** How much likelier takers are to push the price back, for each part of itself that it went from its start. */
const PULL = 8;
/** Free ticks between bid and ask above which a spread is wide, and the ranks whose quotes then close it. */
const WIDE_ROOM = 3;
const WIDE_RANKS = 3;
/** An order that takes more than this many levels is left unfilled. */
const MAX_SWEEP = 9;
/** Orders that one price has at most of the agents. */
const MAX_QUEUE = 4;

/** What the agents of one market work with. */
export interface AgentOptions {
  readonly exchange: Exchange;
  readonly house: Account;
  readonly market: Market;
  readonly instrument: SyntheticInstrument;
  readonly random: Random;
  readonly ids: IdSource;
}

/** The makers and takers of one market: they place real orders, and never touch those of others. */
export class Agents {
  readonly #options: AgentOptions;
  readonly #market: Market;
  readonly #random: Random;
  readonly #weather: Weather;
  readonly #increment: number;
  #nowNs = 0n;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#market = options.market;
    this.#random = options.random;
    this.#weather = new Weather(options.random);
    this.#increment = options.market.increment;
  }

  /** Fills an empty book around the instrument's opening price. */
  seed(nowNs: bigint): void {
    this.#nowNs = nowNs;
    const { levels } = this.#options.instrument;
    const random = this.#random;
    const start = this.#startTicks;
    const { book } = this.#market;
    for (const side of [book.bids, book.asks]) {
      let ticks = side.better(start, side.side === 'bid' ? 0 : -this.#increment);
      for (let count = 0; count < levels && ticks > 0; count += 1) {
        const orders = 1 + Math.min(2, random.rank(0.5));
        for (let order = 0; order < orders; order += 1) this.#place(side, ticks, this.#quantity());
        ticks = side.better(ticks, (-1 - random.rank(MEAN_GAP)) * this.#increment);
      }
    }
    this.#options.exchange.commit(nowNs);
  }

  /** Moves the market by one step, published as one batch. */
  step(nowNs: bigint): void {
    this.#nowNs = nowNs;
    const random = this.#random;
    const mood = this.#weather.next();
    const draw = random.next();
    const take = TAKE * mood.takers * this.#weather.activity(nowNs);
    const { book } = this.#market;
    if (draw < take) {
      this.#take(mood.lean, mood.depth);
    } else {
      const side = random.chance(0.5) ? book.bids : book.asks;
      const other = (draw - take) / (1 - take);
      if (other < FLICKER) this.#flicker(side);
      else if (other < FLICKER + MOVE) {
        this.#cancel(side);
        this.#insert(side);
      } else {
        this.#quote(side);
      }
    }
    this.#options.exchange.commit(nowNs);
  }

  get #startTicks(): number {
    const { startTicks } = this.#options.instrument;
    return Math.max(1, Math.round(startTicks / this.#increment)) * this.#increment;
  }

  #quantity(): bigint {
    return quantity(this.#options.instrument, this.#random);
  }

  #place(side: BookSide, limitTicks: number | undefined, lots: bigint): void {
    const { exchange, house, market, ids } = this.#options;
    const id = ids.next('O');
    const terms = {
      market,
      side: side.side === 'bid' ? 'buy' : 'sell',
      limitTicks,
      lots,
      id,
    } as const;
    exchange.quote(house, terms, this.#nowNs);
  }

  /** An order that takes liquidity from a side, level by level, the last one in part. */
  #take(lean: number, depth: number): void {
    const random = this.#random;
    const { book } = this.#market;
    const start = this.#startTicks;
    const away = (book.bids.best?.ticks ?? start) / start - 1;
    const buys = 0.5 + lean - Math.max(-0.4, Math.min(0.4, away * PULL));
    const isBuy = random.chance(buys);
    const side = isBuy ? book.asks : book.bids;
    const isMarket = random.chance(0.6);
    const { minLevels } = this.#options.instrument;
    const sweep = Math.max(0, Math.min(random.rank(1.5 + depth), MAX_SWEEP, side.size - minLevels));
    let lots = 0n;
    for (let rank = 0; rank < sweep; rank += 1) lots += side.at(rank)?.lots ?? 0n;
    const last = side.at(sweep);
    if (last !== undefined && last.lots > 1n) lots += fraction(last.lots, random);
    // A level of one lot that may not be taken whole: quote instead, so that the step changes something.
    if (lots === 0n) {
      this.#quote(side);
      return;
    }
    const limit = isMarket ? undefined : (last ?? side.at(side.size - 1))?.ticks;
    this.#place(isBuy ? book.bids : book.asks, limit, lots);
  }

  /** A level that changes twice within one message: away and back. */
  #flicker(side: BookSide): void {
    const level = side.at(this.#pickRank(side));
    const own = level === undefined ? [] : this.#ownOrders(level);
    if (level === undefined || own.length === 0) {
      this.#quote(side);
      return;
    }
    const { ticks } = level;
    for (const order of own) this.#options.exchange.withdraw(order, this.#nowNs);
    this.#place(side, ticks, this.#quantity());
  }

  /** Takes back one order, or a whole price, unless the side would become too thin. */
  #cancel(side: BookSide): boolean {
    const { exchange, instrument } = this.#options;
    if (side.size <= instrument.minLevels) return false;
    const level = side.at(this.#pickRank(side));
    const own = level === undefined ? [] : this.#ownOrders(level);
    const chosen = this.#random.chance(0.7) ? own : own.slice(0, 1);
    for (const order of chosen) exchange.withdraw(order, this.#nowNs);
    return chosen.length > 0;
  }

  /** A new order, another size for one, or a cancel. */
  #quote(side: BookSide): void {
    const random = this.#random;
    const lean = side.size < this.#options.instrument.levels ? THIN : FULL;
    const draw = random.next();
    if (draw >= lean.insert) {
      if (draw < lean.insert + lean.cancel && this.#cancel(side)) return;
      const level = side.at(this.#pickRank(side));
      if (level !== undefined && this.#replace(side, level)) return;
    }
    this.#insert(side);
  }

  /** Another order in place of the youngest of a price; false where the agents have none there. */
  #replace(side: BookSide, level: Level): boolean {
    const { ticks } = level;
    const youngest = this.#ownOrders(level).at(-1);
    if (youngest === undefined) return false;
    this.#options.exchange.withdraw(youngest, this.#nowNs);
    this.#place(side, ticks, this.#quantity());
    return true;
  }

  /**
   * An order inside the spread, or a little behind a price that stands. Where a price has its share
   * of orders, or the side holds twice its levels, one of them is replaced.
   */
  #insert(side: BookSide): void {
    const { levels } = this.#options.instrument;
    const rank = this.#pickRank(side);
    const anchor = side.at(rank)?.ticks ?? this.#emptyPrice(side);
    const isFull = side.size >= levels * 2 - 1;
    const wanted = isFull ? anchor : (this.#insideSpread(side, rank) ?? this.#behind(side, anchor));
    // Below the smallest price there is no room.
    const ticks = wanted < this.#increment ? anchor : wanted;
    const level = side.get(ticks);
    const isCrowded = level !== undefined && (isFull || level.count >= MAX_QUEUE);
    if (isCrowded && this.#replace(side, level)) return;
    this.#place(side, ticks, this.#quantity());
  }

  /** Where a side that others emptied begins anew: next to the other side, or at the last price. */
  #emptyPrice(side: BookSide): number {
    const { book, lastTicks } = this.#market;
    const other = (side === book.bids ? book.asks : book.bids).best;
    const ticks = other?.ticks ?? lastTicks ?? this.#startTicks;
    return Math.max(this.#increment, side.better(ticks, -this.#increment));
  }

  /** A quote near the top closes a wide spread from its own side, and now and then a narrow one. */
  #insideSpread(side: BookSide, rank: number): number | undefined {
    const random = this.#random;
    const { book } = this.#market;
    const best = side.best;
    const other = (side === book.bids ? book.asks : book.bids).best;
    if (best === undefined || other === undefined) return undefined;
    const step = this.#increment;
    const room = Math.round(Math.abs(other.ticks - best.ticks) / step) - 1;
    if (room > WIDE_ROOM && rank < WIDE_RANKS) {
      return side.better(other.ticks, (-1 - Math.min(random.rank(MEAN_GAP), room - 1)) * step);
    }
    const isClosing = room > 0 && rank === 0;
    return isClosing ? side.better(best.ticks, (1 + random.below(room)) * step) : undefined;
  }

  #behind(side: BookSide, anchor: number): number {
    let ticks = anchor;
    for (let tries = 0; tries < 3 && side.get(ticks) !== undefined; tries += 1) {
      ticks = side.better(ticks, (-1 - this.#random.rank(MEAN_GAP)) * this.#increment);
    }
    return ticks;
  }

  #pickRank(side: BookSide): number {
    const random = this.#random;
    if (side.size === 0) return 0;
    const rank = random.chance(NEAR_TOP)
      ? random.rank(NEAR_TOP_MEAN_RANK)
      : random.spread(side.size);
    return Math.min(rank, side.size - 1);
  }

  #ownOrders(level: Level): Order[] {
    const orders: Order[] = [];
    for (let order = level.head; order !== undefined; order = order.next) {
      if (order.account === this.#options.house) orders.push(order);
    }
    return orders;
  }
}
