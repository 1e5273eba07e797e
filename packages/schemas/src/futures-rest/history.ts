/** https://docs.kraken.com/api/docs/futures-api/trading/get-history */
import * as z from 'zod/mini';
import {
  decimalOrStringSchema,
  decimalSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal, optionalText } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-history */
export const historyParamsSchema = openObject({
  symbol: z.string(),
  /** ISO 8601: the 100 trades before it. */
  lastTime: z.optional(z.string()),
});
export type HistoryParams = z.output<typeof historyParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-history */
export const historyTradeSchema = openObject({
  price: decimalSchema,
  side: z.optional(openEnum(['buy', 'sell'])),
  size: z.optional(decimalOrStringSchema),
  time: timestampSchema,
  trade_id: z.optional(integerSchema),
  type: z.optional(openEnum(['fill', 'liquidation', 'assignment', 'termination', 'block'])),
  uid: optionalText,
  // The fields of the European rules.
  instrument_identification_type: optionalText,
  isin: optionalText,
  execution_venue: optionalText,
  price_notation: optionalText,
  price_currency: optionalText,
  notional_amount: optionalDecimal,
  notional_currency: optionalText,
  publication_time: optionalText,
  publication_venue: optionalText,
  transaction_identification_code: optionalText,
  to_be_cleared: z.optional(z.boolean()),
});
export type HistoryTrade = z.output<typeof historyTradeSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-history */
export const historyResultSchema = openObject({
  ...successFields,
  history: z.array(historyTradeSchema),
});
export type HistoryResult = z.output<typeof historyResultSchema>;
