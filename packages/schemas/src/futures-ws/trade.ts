/** https://docs.kraken.com/api/docs/futures-api/websocket/trade */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/trade */
export const tradeFrameSchema = openObject({
  feed: z.literal('trade'),
  product_id: z.string(),
  uid: z.string(),
  /** Of the taker. */
  side: openEnum(['buy', 'sell']),
  type: openEnum(['fill', 'liquidation', 'termination', 'block', 'assignment']),
  /** Counts up within a product. */
  seq: integerSchema,
  /** Milliseconds. */
  time: integerSchema,
  qty: decimalSchema,
  price: decimalSchema,
});
export type TradeFrame = z.output<typeof tradeFrameSchema>;

/**
 * The newest first.
 * https://docs.kraken.com/api/docs/futures-api/websocket/trade
 */
export const tradeSnapshotFrameSchema = openObject({
  feed: z.literal('trade_snapshot'),
  product_id: z.string(),
  trades: z.array(tradeFrameSchema),
});
export type TradeSnapshotFrame = z.output<typeof tradeSnapshotFrameSchema>;
