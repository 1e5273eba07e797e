import type { BookSide } from './book-side.ts';
import type { Random } from './random.ts';
import type { LevelChange, SyntheticBook } from './synthetic-book.ts';

/** One fill of a market or marketable limit order; the taker's side. */
export interface Fill {
  readonly side: 'buy' | 'sell';
  readonly ticks: number;
  readonly lots: bigint;
  readonly orderType: 'limit' | 'market';
}

/** What happened in one step: the book's changes in order, and the fills that caused some of them. */
export interface MarketStep {
  readonly changes: readonly LevelChange[];
  readonly fills: readonly Fill[];
}

/**
 * The mix of a step, close to a captured two minutes of BTC/USD: 17 of 1,253 updates named a price
 * twice, half of them held one change, and fills came with about one update in twenty.
 */
const TAKE = 0.05;
const FLICKER = 0.02;
const MOVE = 0.38;
/** Three of four changes are near the top of the book, the others anywhere in it. */
const NEAR_TOP = 0.75;
const NEAR_TOP_MEAN_RANK = 4;
/** Of a full side's quotes, those below the one insert and those above the other cancel: a side then stays about full. */
const LEAN_INSERT = 0.58;
const LEAN_CANCEL = 0.9;
/** An order that takes more than this many levels is left unfilled. */
const MAX_SWEEP = 9;

/** Fills an empty book around the instrument's opening price. */
export function seedBook(book: SyntheticBook, random: Random): void {
  const { startTicks, levels } = book.instrument;
  for (const side of [book.bids, book.asks]) {
    let ticks = side.better(startTicks, side.side === 'bid' ? 0 : -1);
    for (let count = 0; count < levels && ticks > 0; count += 1) {
      book.put(side.side, ticks, quantity(book, random));
      ticks = side.better(ticks, -1 - random.rank(2));
    }
  }
}

/** Moves the market by one step. Every step changes the book. */
export function stepMarket(book: SyntheticBook, random: Random): MarketStep {
  const own = random.chance(0.5) ? book.bids : book.asks;
  const draw = random.next();
  if (draw < TAKE) return take(book, own, random);
  if (draw < TAKE + FLICKER) return { changes: flicker(book, own, random), fills: [] };
  if (draw < TAKE + FLICKER + MOVE) {
    const changes = cancel(book, own, random);
    return { changes: [...changes, ...quote(book, own, random)], fills: [] };
  }
  return { changes: quote(book, own, random), fills: [] };
}

/** An order that takes liquidity from a side, level by level, the last one in part. */
function take(book: SyntheticBook, side: BookSide, random: Random): MarketStep {
  const changes: LevelChange[] = [];
  const fills: Fill[] = [];
  const taker = side.side === 'ask' ? 'buy' : 'sell';
  const orderType = random.chance(0.6) ? 'market' : 'limit';
  const sweep = Math.min(random.rank(1.5), MAX_SWEEP, side.size - book.instrument.minLevels);
  for (let count = 0; count < sweep; count += 1) {
    const level = side.best;
    if (level === undefined) break;
    fills.push({ side: taker, ticks: level.ticks, lots: level.lots, orderType });
    changes.push(book.put(side.side, level.ticks, 0n));
  }
  const last = side.best;
  if (last !== undefined && last.lots > 1n) {
    const part = fraction(last.lots, random);
    fills.push({ side: taker, ticks: last.ticks, lots: part, orderType });
    changes.push(book.put(side.side, last.ticks, last.lots - part));
  }
  // A level of one lot that may not be taken whole: quote instead, so that the step changes something.
  return changes.length === 0
    ? { changes: quote(book, side, random), fills: [] }
    : { changes, fills };
}

/** A level that changes twice within one message: away and back, or two sizes. */
function flicker(book: SyntheticBook, side: BookSide, random: Random): LevelChange[] {
  const level = side.at(pickRank(side, random));
  if (level === undefined) return quote(book, side, random);
  const first = random.chance(0.5) ? 0n : quantity(book, random);
  return [
    book.put(side.side, level.ticks, first),
    book.put(side.side, level.ticks, quantity(book, random)),
  ];
}

/** Takes one level away, unless the side would become too thin. */
function cancel(book: SyntheticBook, side: BookSide, random: Random): LevelChange[] {
  if (side.size <= book.instrument.minLevels) return [];
  const level = side.at(pickRank(side, random));
  return level === undefined ? [] : [book.put(side.side, level.ticks, 0n)];
}

/** A new level, another size for one, or a cancel; a side that is too full or too thin leans back. */
function quote(book: SyntheticBook, side: BookSide, random: Random): LevelChange[] {
  const fullness = side.size / book.instrument.levels;
  const draw = random.next() * fullness;
  if (draw > LEAN_CANCEL) {
    const cancelled = cancel(book, side, random);
    if (cancelled.length > 0) return cancelled;
  }
  const rank = pickRank(side, random);
  const level = side.at(rank);
  const grows = draw < LEAN_INSERT && side.size < book.instrument.levels * 2 - 1;
  return level === undefined || grows
    ? [insert(book, side, rank, random)]
    : [book.put(side.side, level.ticks, quantity(book, random))];
}

/** A level at the first free price from a rank on, or inside the spread in front of the best. */
function insert(book: SyntheticBook, side: BookSide, rank: number, random: Random): LevelChange {
  const best = side.best;
  const room = spread(book) - 1;
  if (best !== undefined && rank === 0 && room > 0) {
    const improved = side.better(best.ticks, 1 + random.below(Math.min(room, 8)));
    return book.put(side.side, improved, quantity(book, random));
  }
  let ticks = side.at(rank)?.ticks ?? best?.ticks ?? book.instrument.startTicks;
  do ticks = side.better(ticks, -1);
  while (side.get(ticks) !== undefined);
  if (ticks > 0) return book.put(side.side, ticks, quantity(book, random));
  // Below the smallest price there is no room: make a level that exists larger or smaller instead.
  return book.put(side.side, best?.ticks ?? 1, quantity(book, random));
}

/** Ticks between the best bid and the best ask; 1 when they touch or a side is empty. */
function spread(book: SyntheticBook): number {
  const bid = book.bids.best;
  const ask = book.asks.best;
  return bid === undefined || ask === undefined ? 1 : ask.ticks - bid.ticks;
}

function pickRank(side: BookSide, random: Random): number {
  const rank = random.chance(NEAR_TOP)
    ? random.rank(NEAR_TOP_MEAN_RANK)
    : Math.floor(side.size ** random.next());
  return Math.max(0, Math.min(rank, side.size - 1));
}

/** Log-uniform between the instrument's sizes; every third one round, so that zeros stand at the end. */
function quantity(book: SyntheticBook, random: Random): bigint {
  const { minLots, maxLots } = book.instrument;
  const size = Math.floor(minLots * (maxLots / minLots) ** random.next());
  // Past 2^53 a float has no odd numbers: the low digits are drawn apart.
  const lots = BigInt(size) + BigInt(random.below(1_000));
  if (!random.chance(1 / 3)) return lots;
  const unit = 10n ** BigInt(Math.max(0, String(size).length - 1 - random.below(3)));
  return (lots / unit) * unit;
}

/** At least one lot, and at least one left. */
function fraction(lots: bigint, random: Random): bigint {
  const part = (lots * BigInt(1 + random.below(998))) / 1_000n;
  return part === 0n ? 1n : part;
}
