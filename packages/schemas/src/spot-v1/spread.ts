/** https://docs.kraken.com/api/docs/websocket-v1/spread */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema } from '../primitives/index.ts';
import { epochSchema } from './fields.ts';

/**
 * Bid, ask, time, bid quantity, ask quantity.
 * https://docs.kraken.com/api/docs/websocket-v1/spread
 */
export const spreadSchema = z.tuple(
  [decimalStringSchema, decimalStringSchema, epochSchema, decimalStringSchema, decimalStringSchema],
  z.unknown(),
);
export type Spread = z.output<typeof spreadSchema>;

/**
 * Channel id, spread, channel, pair.
 * https://docs.kraken.com/api/docs/websocket-v1/spread
 */
export const spreadFrameSchema = z.tuple([
  integerSchema,
  spreadSchema,
  z.literal('spread'),
  z.string(),
]);
export type SpreadFrame = z.output<typeof spreadFrameSchema>;
