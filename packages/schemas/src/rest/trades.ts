/** https://docs.kraken.com/api/docs/rest-api/get-recent-trades */
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  idSchema,
  integerSchema,
  keyedObject,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { tokenizedPairSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-recent-trades */
export const tradesParamsSchema = openObject({
  pair: z.string(),
  /** Seconds, or the `last` of the page before (nanoseconds). */
  since: z.optional(z.string()),
  /** 1 to 1000, which is what is given when absent. */
  count: z.optional(integerSchema),
  asset_class: tokenizedPairSchema,
});
export type TradesParams = z.output<typeof tradesParamsSchema>;

/**
 * Price, quantity, time (seconds, more digits than a float holds), side, type, misc, id.
 * https://docs.kraken.com/api/docs/rest-api/get-recent-trades
 */
export const tradesRowSchema = z.tuple(
  [
    decimalStringSchema,
    decimalStringSchema,
    decimalSchema,
    openEnum(['b', 's']),
    openEnum(['m', 'l']),
    z.string(),
    idSchema,
  ],
  z.unknown(),
);
export type TradesRow = z.output<typeof tradesRowSchema>;

/**
 * By pair id, oldest first.
 * https://docs.kraken.com/api/docs/rest-api/get-recent-trades
 */
export const tradesResultSchema = keyedObject(
  {
    /** Nanoseconds, for `since`; empty at the end. */
    last: z.string(),
  },
  z.array(tradesRowSchema),
);
export type TradesResult = z.output<typeof tradesResultSchema>;
