/** https://docs.kraken.com/api/docs/rest-api/get-trade-balance */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-trade-balance */
export const tradeBalanceParamsSchema = openObject({
  /** What to count in; `ZUSD` when absent. */
  asset: z.optional(z.string()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type TradeBalanceParams = z.output<typeof tradeBalanceParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-trade-balance */
export const tradeBalanceResultSchema = openObject({
  /** Equivalent balance of all currencies. */
  eb: decimalStringSchema,
  /** Trade balance: equity currencies. */
  tb: decimalStringSchema,
  /** Margin of open positions. */
  m: decimalStringSchema,
  /** Unrealized net profit of open positions. */
  n: decimalStringSchema,
  /** Cost basis of open positions. */
  c: decimalStringSchema,
  /** Floating valuation of open positions. */
  v: decimalStringSchema,
  /** Equity: tb + n. */
  e: decimalStringSchema,
  /** Free margin. */
  mf: decimalStringSchema,
  /** Available to open orders; seen, not documented. */
  mfo: z.optional(decimalStringSchema),
  /** Margin level, in percent; absent without positions. */
  ml: z.optional(decimalStringSchema),
  /** Unexecuted value of orders. */
  uv: decimalStringSchema,
});
export type TradeBalanceResult = z.output<typeof tradeBalanceResultSchema>;
