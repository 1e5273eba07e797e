/** https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters and simulate-portfolio */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openObject } from '../primitives/index.ts';
import { portfolioMarginBreakdownSchema } from './accounts.ts';
import { successFields } from './envelope.ts';
import { greeksSchema } from './tickers.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters */
export const portfolioMarginingParametersParamsSchema = openObject({});
export type PortfolioMarginingParametersParams = z.output<
  typeof portfolioMarginingParametersParamsSchema
>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters */
export const portfolioMarginingParametersResultSchema = openObject({
  ...successFields,
  crossAssetNettingFactor: decimalSchema,
  extremePriceShockMultiplier: decimalSchema,
  volShockMultiplicationFactor: decimalSchema,
  volShockExponentFactor: decimalSchema,
  optionExpiryTimeShockHours: integerSchema,
  optionsInitialMarginFactor: decimalSchema,
  totalOptionOrdersConsideredInInitialMarginCalc: integerSchema,
  priceShockLevels: z.array(decimalSchema),
  optionsUserLimits: openObject({
    maxNetPositionDelta: decimalSchema,
    limitsPerBaseCurrency: z.record(
      z.string(),
      openObject({ maxTotalPositionSize: decimalSchema, maxTotalOpenOrdersSize: decimalSchema }),
    ),
  }),
});
export type PortfolioMarginingParametersResult = z.output<
  typeof portfolioMarginingParametersResultSchema
>;

/**
 * A portfolio to be tried; its fields are not public. Sent as JSON text in a form field.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters
 */
export const simulatePortfolioParamsSchema = openObject({
  json: z.record(z.string(), z.unknown()),
});
export type SimulatePortfolioParams = z.output<typeof simulatePortfolioParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-portfolio-margining-parameters */
export const simulatePortfolioResultSchema = openObject({
  ...successFields,
  maintenanceMargin: decimalSchema,
  initialMargin: decimalSchema,
  pnl: decimalSchema,
  portfolioMarginBreakdown: z.optional(z.nullable(portfolioMarginBreakdownSchema)),
  /** By symbol. */
  greeks: z.optional(z.record(z.string(), greeksSchema)),
});
export type SimulatePortfolioResult = z.output<typeof simulatePortfolioResultSchema>;
