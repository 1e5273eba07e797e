/**
 * Questions put to a book, as pure functions: nothing is cached and nothing changed. A book is
 * anything with `bids(n)` and `asks(n)` (`L2Book`, `L3Book`, `viewOf({ bids, asks })`).
 *
 * Prices, quantities and notionals are exact decimal texts. Only ratios, whose names say so
 * (`Bps`, `imbalance`), are numbers. What a book does not have is `undefined`, never 0 or NaN.
 *
 * @packageDocumentation
 */
export {
  type CumulativeLevel,
  cumulativeDepth,
  type DepthWithin,
  depthWithinBps,
} from './analytics/depth.ts';
export { type Execution, executeNotional, executeQuantity } from './analytics/execution.ts';
export { groupLevels } from './analytics/grouping.ts';
export {
  averageOrderSize,
  type OrderView,
  ordersAtBest,
  type QueuePosition,
  queuePosition,
} from './analytics/orders.ts';
export {
  imbalance,
  microprice,
  mid,
  spread,
  spreadBps,
  type TopOfBook,
  topOfBook,
} from './analytics/top-of-book.ts';
export { viewOf } from './analytics/view.ts';
