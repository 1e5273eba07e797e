/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal, optionalText, optionalTime } from './fields.ts';
import { greeksSchema } from './tickers.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions */
export const openPositionsParamsSchema = openObject({});
export type OpenPositionsParams = z.output<typeof openPositionsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions */
export const openPositionSchema = openObject({
  symbol: z.string(),
  side: openEnum(['long', 'short']),
  size: decimalSchema,
  price: decimalSchema,
  fillTime: optionalTime,
  unrealizedPnl: optionalDecimal,
  unrealizedFunding: optionalDecimal,
  pnlCurrency: optionalText,
  maxFixedLeverage: optionalDecimal,
  greeks: z.optional(z.nullable(greeksSchema)),
});
export type OpenPosition = z.output<typeof openPositionSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions */
export const openPositionsResultSchema = openObject({
  ...successFields,
  openPositions: z.array(openPositionSchema),
});
export type OpenPositionsResult = z.output<typeof openPositionsResultSchema>;
