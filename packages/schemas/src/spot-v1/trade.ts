/** https://docs.kraken.com/api/docs/websocket-v1/trade */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum } from '../primitives/index.ts';
import { epochSchema } from './fields.ts';

/**
 * Price, quantity, time, side and order type of the taker, misc.
 * https://docs.kraken.com/api/docs/websocket-v1/trade
 */
export const tradeSchema = z.tuple(
  [
    decimalStringSchema,
    decimalStringSchema,
    epochSchema,
    openEnum(['b', 's']),
    openEnum(['m', 'l']),
    z.string(),
  ],
  z.unknown(),
);
export type Trade = z.output<typeof tradeSchema>;

/**
 * Channel id, trades, channel, pair.
 * https://docs.kraken.com/api/docs/websocket-v1/trade
 */
export const tradeFrameSchema = z.tuple([
  integerSchema,
  z.array(tradeSchema),
  z.literal('trade'),
  z.string(),
]);
export type TradeFrame = z.output<typeof tradeFrameSchema>;
