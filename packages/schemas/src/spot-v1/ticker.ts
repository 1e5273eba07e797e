/** https://docs.kraken.com/api/docs/websocket-v1/ticker */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openObject } from '../primitives/index.ts';

/** Price, whole lots, lots. */
const bestSchema = z.tuple([decimalStringSchema, integerSchema, decimalStringSchema], z.unknown());
/** Today, and over the last 24 hours. */
const spansSchema = z.tuple([decimalStringSchema, decimalStringSchema], z.unknown());

/** https://docs.kraken.com/api/docs/websocket-v1/ticker */
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
  /** Open. */
  o: spansSchema,
});
export type Ticker = z.output<typeof tickerSchema>;

/**
 * Channel id, ticker, channel, pair.
 * https://docs.kraken.com/api/docs/websocket-v1/ticker
 */
export const tickerFrameSchema = z.tuple([
  integerSchema,
  tickerSchema,
  z.literal('ticker'),
  z.string(),
]);
export type TickerFrame = z.output<typeof tickerFrameSchema>;
