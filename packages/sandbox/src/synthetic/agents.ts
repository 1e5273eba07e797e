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

/** Fills an empty book around the instrument's opening price. */
export function seedBook(book: SyntheticBook, random: Random): void {
  const { startTicks, levels } = book.instrument;
  for (const side of [book.bids, book.asks]) {
    let ticks = side.better(startTicks, side.side === 'bid' ? 0 : -1);
    for (let count = 0; count < levels && ticks > 0; count += 1) {
      book.put(side.side, ticks, quantity(book, random));
      ticks = side.better(ticks, -1 - random.rank(MEAN_GAP));
    }
  }
}

/** Moves the market by one step. Every step changes the book. */
export function stepMarket(book: SyntheticBook, random: Random): MarketStep {
  const draw = random.next();
  if (draw < TAKE) return take(book, random);
  const side = random.chance(0.5) ? book.bids : book.asks;
  if (draw < TAKE + FLICKER) return { changes: flicker(book, side, random), fills: [] };
  if (draw < TAKE + FLICKER + MOVE) {
    const changes = cancel(book, side, random);
    return { changes: [...changes, insert(book, side, random)], fills: [] };
  }
  return { changes: quote(book, side, random), fills: [] };
}

/** An order that takes liquidity from a side, level by level, the last one in part. */
function take(book: SyntheticBook, random: Random): MarketStep {
  const away = (book.bids.best?.ticks ?? 0) / book.instrument.startTicks - 1;
  const buys = 0.5 - Math.max(-0.4, Math.min(0.4, away * PULL));
  const side = random.chance(buys) ? book.asks : book.bids;
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

/** A new level, another size for one, or a cancel. */
function quote(book: SyntheticBook, side: BookSide, random: Random): LevelChange[] {
  const lean = side.size < book.instrument.levels ? THIN : FULL;
  const draw = random.next();
  if (draw < lean.insert) return [insert(book, side, random)];
  if (draw < lean.insert + lean.cancel) {
    const cancelled = cancel(book, side, random);
    if (cancelled.length > 0) return cancelled;
  }
  const level = side.at(pickRank(side, random));
  return level === undefined
    ? [insert(book, side, random)]
    : [book.put(side.side, level.ticks, quantity(book, random))];
}

/**
 * A level inside the spread, or a little behind one that stands. Where one stands already, or the
 * side holds twice its levels, that one changes its size.
 */
function insert(book: SyntheticBook, side: BookSide, random: Random): LevelChange {
  const rank = pickRank(side, random);
  const anchor = side.at(rank)?.ticks ?? book.instrument.startTicks;
  const isFull = side.size >= book.instrument.levels * 2 - 1;
  const ticks = isFull
    ? anchor
    : (insideSpread(book, side, rank, random) ?? behind(side, anchor, random));
  // Below the smallest price there is no room.
  return book.put(side.side, ticks < 1 ? anchor : ticks, quantity(book, random));
}

/** A quote near the top closes a wide spread from its own side, and now and then a narrow one. */
function insideSpread(
  book: SyntheticBook,
  side: BookSide,
  rank: number,
  random: Random,
): number | undefined {
  const best = side.best;
  const other = book.side(side.side === 'bid' ? 'ask' : 'bid').best;
  if (best === undefined || other === undefined) return undefined;
  const room = Math.abs(other.ticks - best.ticks) - 1;
  if (room > WIDE_ROOM && rank < WIDE_RANKS) {
    return side.better(other.ticks, -1 - Math.min(random.rank(MEAN_GAP), room - 1));
  }
  return room > 0 && rank === 0 ? side.better(best.ticks, 1 + random.below(room)) : undefined;
}

function behind(side: BookSide, anchor: number, random: Random): number {
  let ticks = anchor;
  for (let tries = 0; tries < 3 && side.get(ticks) !== undefined; tries += 1) {
    ticks = side.better(ticks, -1 - random.rank(MEAN_GAP));
  }
  return ticks;
}

function pickRank(side: BookSide, random: Random): number {
  if (side.size === 0) return 0;
  const rank = random.chance(NEAR_TOP) ? random.rank(NEAR_TOP_MEAN_RANK) : random.spread(side.size);
  return Math.min(rank, side.size - 1);
}

/** About log-uniform between the instrument's sizes; every third one round, so that zeros stand at the end. */
function quantity(book: SyntheticBook, random: Random): bigint {
  const { minLots, maxLots } = book.instrument;
  let doublings = 0;
  for (let top = minLots * 2; top < maxLots; top *= 2) doublings += 1;
  let size = minLots * (1 + random.next());
  for (doublings = random.below(doublings + 1); doublings > 0; doublings -= 1) size *= 2;
  // Past 2^53 a float has no odd numbers: the low digits are drawn apart.
  const lots = BigInt(Math.floor(size)) + BigInt(random.below(1_000));
  if (!random.chance(1 / 3)) return lots;
  const unit = 10n ** BigInt(Math.max(0, String(lots).length - 2 - random.below(3)));
  return (lots / unit) * unit;
}

/** At least one lot, and at least one left. */
function fraction(lots: bigint, random: Random): bigint {
  const part = (lots * BigInt(1 + random.below(998))) / 1_000n;
  return part === 0n ? 1n : part;
}
