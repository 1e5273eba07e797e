import type { Level, Market } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { olderPrice } from '../market-data/older-text.ts';
import { UNKNOWN_PAIR } from './paper-route.ts';
import type { PublicHandler } from './public-context.ts';
import { textOf, type WireParams } from './request-params.ts';
import type { SpotNames } from './spot-names.ts';
import { SpotRefusal } from './spot-refusal.ts';

const DEPTHS: readonly number[] = [10, 25, 100, 250, 1000];
const GROUPINGS: readonly number[] = [1, 5, 10, 25, 50, 100, 250, 500, 1000];
/** All of a side. */
const WHOLE = 0;

type SideName = 'bids' | 'asks';

/** Levels of so many ticks: asks are rounded up to theirs, bids down. */
export const groupedBook: PublicHandler = ({ names, wake }, params) => {
  const market = marketOf(names, params);
  if (market === undefined) return UNKNOWN_PAIR;
  const depth = oneOf(params['depth'], DEPTHS, 10);
  const grouping = oneOf(params['grouping'], GROUPINGS, 1);
  if (depth === undefined) return new SpotRefusal('EGeneral:Invalid arguments:depth');
  if (grouping === undefined) return new SpotRefusal('EGeneral:Invalid arguments:grouping');
  wake(market.instrument.symbol);
  const rows = (side: SideName): unknown[] =>
    [...grouped(market, side, { depth, grouping })].map(([ticks, lots]) => ({
      price: olderPrice(market, ticks),
      qty: fixedText(lots, market.instrument.quantityPrecision),
    }));
  return { pair: market.instrument.symbol, grouping, bids: rows('bids'), asks: rows('asks') };
};

/** Every order that the book shows, the best price and the oldest first. */
export function level3Body(names: SpotNames, params: WireParams): unknown {
  const market = marketOf(names, params);
  if (market === undefined) return UNKNOWN_PAIR;
  const depth = oneOf(params['depth'], [WHOLE, ...DEPTHS], 100);
  if (depth === undefined) return new SpotRefusal('EGeneral:Invalid arguments:depth');
  const rows = (side: SideName): unknown[] =>
    levelsOf(market, side, depth === WHOLE ? market.book[side].size : depth).flatMap((level) =>
      ordersOf(market, level),
    );
  return { pair: market.instrument.symbol, bids: rows('bids'), asks: rows('asks') };
}

/** The best levels of a side, `count` at the most. */
export function levelsOf(market: Market, side: SideName, count: number): Level[] {
  const levels: Level[] = [];
  for (let rank = 0; rank < count; rank += 1) {
    const level = market.book[side].at(rank);
    if (level === undefined) break;
    levels.push(level);
  }
  return levels;
}

function grouped(
  market: Market,
  side: SideName,
  { depth, grouping }: { readonly depth: number; readonly grouping: number },
): Map<number, bigint> {
  const step = grouping * market.increment;
  const round = side === 'asks' ? Math.ceil : Math.floor;
  const groups = new Map<number, bigint>();
  for (const level of levelsOf(market, side, market.book[side].size)) {
    const ticks = round(level.ticks / step) * step;
    const before = groups.get(ticks);
    if (before === undefined && groups.size === depth) break;
    groups.set(ticks, (before ?? 0n) + level.lots);
  }
  return groups;
}

function ordersOf(market: Market, level: Level): unknown[] {
  const rows: unknown[] = [];
  for (let order = level.head; order !== undefined; order = order.next) {
    rows.push({
      price: olderPrice(market, level.ticks),
      qty: fixedText(order.visibleLots, market.instrument.quantityPrecision),
      order_id: order.id,
      timestamp: order.queueNs,
    });
  }
  return rows;
}

function marketOf(names: SpotNames, params: WireParams): Market | undefined {
  return names.market(textOf(params['pair']) ?? '');
}

function oneOf(value: unknown, values: readonly number[], otherwise: number): number | undefined {
  const text = textOf(value);
  return text === undefined ? otherwise : values.find((each) => String(each) === text);
}
