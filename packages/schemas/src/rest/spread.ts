/** https://docs.kraken.com/api/docs/rest-api/get-recent-spreads */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  keyedObject,
  openObject,
} from '../primitives/index.ts';
import { tokenizedPairSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-recent-spreads */
export const spreadParamsSchema = openObject({
  pair: z.string(),
  /** Seconds. */
  since: z.optional(integerSchema),
  asset_class: tokenizedPairSchema,
});
export type SpreadParams = z.output<typeof spreadParamsSchema>;

/**
 * Time (seconds), best bid, best ask.
 * https://docs.kraken.com/api/docs/rest-api/get-recent-spreads
 */
export const spreadRowSchema = z.tuple(
  [integerSchema, decimalStringSchema, decimalStringSchema],
  z.unknown(),
);
export type SpreadRow = z.output<typeof spreadRowSchema>;

/**
 * About 200 rows, by pair id.
 * https://docs.kraken.com/api/docs/rest-api/get-recent-spreads
 */
export const spreadResultSchema = keyedObject({ last: integerSchema }, z.array(spreadRowSchema));
export type SpreadResult = z.output<typeof spreadResultSchema>;
