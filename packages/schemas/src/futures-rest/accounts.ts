/** https://docs.kraken.com/api/docs/futures-api/trading/get-accounts */
import * as z from 'zod/mini';
import { decimalOrStringSchema, decimalSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-accounts */
export const accountsParamsSchema = openObject({});
export type AccountsParams = z.output<typeof accountsParamsSchema>;

const balancesSchema = z.record(z.string(), decimalOrStringSchema);

/** https://docs.kraken.com/api/docs/futures-api/trading/get-accounts */
export const cashAccountSchema = openObject({
  type: openEnum(['cashAccount']),
  balances: balancesSchema,
});

/** https://docs.kraken.com/api/docs/futures-api/trading/get-accounts */
export const portfolioMarginBreakdownSchema = openObject({
  totalCrossAssetNettedMarketRisk: optionalDecimal,
  totalMarketRisk: optionalDecimal,
  totalScenarioPnls: z.optional(z.array(decimalSchema)),
  totalAbsoluteOptionPositionDeltaNotional: optionalDecimal,
  netPortfolioDelta: optionalDecimal,
  totalPremium: optionalDecimal,
  isBuyOnly: z.optional(z.boolean()),
  futuresMaintenanceMargin: optionalDecimal,
});

export const flexMarginFields = {
  initialMargin: decimalSchema,
  initialMarginWithOrders: decimalSchema,
  maintenanceMargin: decimalSchema,
  balanceValue: decimalSchema,
  portfolioValue: decimalSchema,
  collateralValue: decimalSchema,
  pnl: decimalSchema,
  unrealizedFunding: decimalSchema,
  totalUnrealized: decimalSchema,
  totalUnrealizedAsMargin: decimalSchema,
  availableMargin: decimalSchema,
  marginEquity: decimalSchema,
  portfolioMarginBreakdown: z.optional(z.nullable(portfolioMarginBreakdownSchema)),
};

export const flexCurrencyFields = {
  quantity: decimalSchema,
  value: decimalSchema,
  collateral: decimalSchema,
  available: decimalSchema,
};

/**
 * The multi-collateral wallet, in USD.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-accounts
 */
export const flexAccountSchema = openObject({
  type: z.optional(openEnum(['multiCollateralMarginAccount'])),
  currencies: z.record(z.string(), openObject(flexCurrencyFields)),
  ...flexMarginFields,
});

const requirementsSchema = openObject({
  im: decimalSchema,
  mm: decimalSchema,
  lt: decimalSchema,
  tt: decimalSchema,
});

/**
 * A single-collateral wallet.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-accounts
 */
export const marginAccountSchema = openObject({
  type: openEnum(['marginAccount']),
  currency: z.optional(z.string()),
  balances: balancesSchema,
  auxiliary: openObject({
    usd: optionalDecimal,
    pv: optionalDecimal,
    pnl: optionalDecimal,
    af: optionalDecimal,
    funding: optionalDecimal,
  }),
  marginRequirements: requirementsSchema,
  triggerEstimates: requirementsSchema,
});
export type MarginAccount = z.output<typeof marginAccountSchema>;

/**
 * `cash`, `flex`, and the single-collateral wallets by name: `fi_xbtusd`.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-accounts
 */
export const accountsResultSchema = openObject({
  ...successFields,
  accounts: z.catchall(
    z.object({ cash: z.optional(cashAccountSchema), flex: z.optional(flexAccountSchema) }),
    marginAccountSchema,
  ),
});
export type AccountsResult = z.output<typeof accountsResultSchema>;
