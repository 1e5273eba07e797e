/**
 * A fill as TradesHistory and QueryTrades describe it.
 * https://docs.kraken.com/api/docs/rest-api/get-trades-info
 */
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  idSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { orderTypeSchema, sideSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-trades-info */
export const accountTradeSchema = openObject({
  ordertxid: z.string(),
  /** The position's. */
  postxid: z.string(),
  pair: z.string(),
  aclass: z.optional(z.string()),
  /** Seconds with a fraction. */
  time: decimalSchema,
  type: sideSchema,
  ordertype: orderTypeSchema,
  price: decimalStringSchema,
  cost: decimalStringSchema,
  fee: decimalStringSchema,
  vol: decimalStringSchema,
  margin: decimalStringSchema,
  /** `0` without margin. */
  leverage: z.string(),
  /** Comma-separated: `closing`. */
  misc: z.string(),
  /** When `ledgers` was asked for. */
  ledgers: z.optional(z.array(z.string())),
  trade_id: idSchema,
  maker: z.boolean(),
  tradeordertype: z.optional(z.string()),
  // Of fills that opened a position.
  posstatus: z.optional(openEnum(['open', 'closed'])),
  cprice: z.optional(z.nullable(decimalStringSchema)),
  ccost: z.optional(z.nullable(decimalStringSchema)),
  cfee: z.optional(z.nullable(decimalStringSchema)),
  cvol: z.optional(z.nullable(decimalStringSchema)),
  cmargin: z.optional(z.nullable(decimalStringSchema)),
  net: z.optional(z.nullable(decimalStringSchema)),
  trades: z.optional(z.nullable(z.array(z.string()))),
});
export type AccountTrade = z.output<typeof accountTradeSchema>;
