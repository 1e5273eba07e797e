/** https://docs.kraken.com/api/docs/websocket-v2/trade */
import * as z from 'zod/mini';
import {
  decimalSchema,
  idSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/trade */
export const tradeSchema = openObject({
  symbol: z.string(),
  /** Of the taker. */
  side: openEnum(['buy', 'sell']),
  price: decimalSchema,
  qty: decimalSchema,
  /** Of the taker. */
  ord_type: openEnum(['limit', 'market']),
  /** Counts up within a book. */
  trade_id: idSchema,
  timestamp: timestampSchema,
});
export type Trade = z.output<typeof tradeSchema>;

/**
 * One message can hold many trades that have nothing to do with each other.
 * https://docs.kraken.com/api/docs/websocket-v2/trade
 */
export const tradeFrameSchema = openObject({
  channel: z.literal('trade'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(tradeSchema),
});
export type TradeFrame = z.output<typeof tradeFrameSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/trade */
export const tradeSubscribeParamsSchema = openObject({
  channel: z.literal('trade'),
  symbol: z.array(z.string()),
  /** The last 50 trades first; false when absent, unlike elsewhere. */
  snapshot: z.optional(z.boolean()),
});
export type TradeSubscribeParams = z.output<typeof tradeSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/trade */
export const tradeUnsubscribeParamsSchema = openObject({
  channel: z.literal('trade'),
  symbol: z.array(z.string()),
});
export type TradeUnsubscribeParams = z.output<typeof tradeUnsubscribeParamsSchema>;
