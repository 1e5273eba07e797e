/**
 * What can be made good of a recording's gaps, and what cannot.
 *
 * @packageDocumentation
 */
export { type BookHole, findBookHoles } from './repair/book-holes.ts';
export { type Candle, type CandleTrade, rebuildCandles } from './repair/candles.ts';
export { findMissingTrades, type MissingTrades } from './repair/missing-trades.ts';
export { type FetchedTrade, type RepairOptions, repairTrades } from './repair/repair-trades.ts';
export {
  REPAIRED_NAME,
  type RepairedRange,
  type RepairedRow,
  type RepairedTrade,
  readRepaired,
} from './repair/repaired-file.ts';
