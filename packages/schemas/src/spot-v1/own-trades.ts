/** https://docs.kraken.com/api/docs/websocket-v1/owntrades */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { orderTypeSchema } from '../ws/order-fields.ts';
import { epochSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/websocket-v1/owntrades */
export const ownTradeSchema = openObject({
  ordertxid: z.string(),
  postxid: z.string(),
  pair: z.string(),
  time: epochSchema,
  type: openEnum(['buy', 'sell']),
  ordertype: orderTypeSchema,
  price: decimalStringSchema,
  cost: decimalStringSchema,
  fee: decimalStringSchema,
  vol: decimalStringSchema,
  margin: decimalStringSchema,
  margin_borrow: z.optional(z.boolean()),
  cl_ord_id: z.optional(z.string()),
  ext_exec_id: z.optional(z.string()),
  userref: z.optional(integerSchema),
});
export type OwnTrade = z.output<typeof ownTradeSchema>;

/**
 * Trades by id, channel, and a sequence that counts up by one a message.
 * https://docs.kraken.com/api/docs/websocket-v1/owntrades
 */
export const ownTradesFrameSchema = z.tuple([
  z.array(z.record(z.string(), ownTradeSchema)),
  z.literal('ownTrades'),
  openObject({ sequence: integerSchema }),
]);
export type OwnTradesFrame = z.output<typeof ownTradesFrameSchema>;
