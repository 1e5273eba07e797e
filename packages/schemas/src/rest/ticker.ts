/** https://docs.kraken.com/api/docs/rest-api/get-ticker-information */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-ticker-information */
export const tickerParamsSchema = openObject({
  /** Comma-separated; all when absent. */
  pair: z.optional(z.string()),
  asset_class: z.optional(openEnum(['tokenized_asset', 'forex'])),
});
export type TickerParams = z.output<typeof tickerParamsSchema>;

/** Price, whole lots, lots. */
const bestSchema = z.tuple(
  [decimalStringSchema, decimalStringSchema, decimalStringSchema],
  z.unknown(),
);
/** Since midnight UTC, and over the last 24 hours. */
const spansSchema = z.tuple([decimalStringSchema, decimalStringSchema], z.unknown());

/** https://docs.kraken.com/api/docs/rest-api/get-ticker-information */
export const tickerSchema = openObject({
  /** Ask. */
  a: bestSchema,
  /** Bid. */
  b: bestSchema,
  /** Last trade: price, quantity. */
  c: spansSchema,
  /** Volume. */
  v: spansSchema,
  /** Volume-weighted average price. */
  p: spansSchema,
  /** Number of trades. */
  t: z.tuple([integerSchema, integerSchema], z.unknown()),
  /** Low. */
  l: spansSchema,
  /** High. */
  h: spansSchema,
  /** Open, at midnight UTC. */
  o: decimalStringSchema,
});
export type Ticker = z.output<typeof tickerSchema>;

/**
 * By pair id, whatever name was asked for.
 * https://docs.kraken.com/api/docs/rest-api/get-ticker-information
 */
export const tickerResultSchema = z.record(z.string(), tickerSchema);
export type TickerResult = z.output<typeof tickerResultSchema>;
