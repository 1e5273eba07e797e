/** https://docs.kraken.com/api/docs/rest-api/get-grouped-order-book */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  openIntegers,
  openObject,
} from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-grouped-order-book */
export const groupedBookParamsSchema = openObject({
  /** `BTC/USD` */
  pair: z.string(),
  /** Levels a side; 10 when absent. */
  depth: z.optional(openIntegers([10, 25, 100, 250, 1000])),
  /** Ticks a level; 1 when absent. */
  grouping: z.optional(openIntegers([1, 5, 10, 25, 50, 100, 250, 500, 1000])),
});
export type GroupedBookParams = z.output<typeof groupedBookParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-grouped-order-book */
export const groupedBookLevelSchema = openObject({
  price: decimalStringSchema,
  qty: decimalStringSchema,
});
export type GroupedBookLevel = z.output<typeof groupedBookLevelSchema>;

/**
 * Asks are rounded up to the group, bids down.
 * https://docs.kraken.com/api/docs/rest-api/get-grouped-order-book
 */
export const groupedBookResultSchema = openObject({
  pair: z.string(),
  grouping: integerSchema,
  bids: z.array(groupedBookLevelSchema),
  asks: z.array(groupedBookLevelSchema),
});
export type GroupedBookResult = z.output<typeof groupedBookResultSchema>;
