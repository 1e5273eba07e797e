/** https://docs.kraken.com/api/docs/futures-api/trading/historical-funding-rates */
import * as z from 'zod/mini';
import { decimalSchema, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/historical-funding-rates */
export const historicalFundingRatesParamsSchema = openObject({ symbol: z.string() });
export type HistoricalFundingRatesParams = z.output<typeof historicalFundingRatesParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/historical-funding-rates */
export const historicalFundingRatesResultSchema = openObject({
  ...successFields,
  rates: z.array(
    openObject({
      timestamp: timestampSchema,
      fundingRate: decimalSchema,
      relativeFundingRate: decimalSchema,
    }),
  ),
});
export type HistoricalFundingRatesResult = z.output<typeof historicalFundingRatesResultSchema>;
