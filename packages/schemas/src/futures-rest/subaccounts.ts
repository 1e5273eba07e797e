/** https://docs.kraken.com/api/docs/futures-api/trading/subaccounts */
import * as z from 'zod/mini';
import { decimalSchema, openObject } from '../primitives/index.ts';
import { flexCurrencyFields, flexMarginFields } from './accounts.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/subaccounts */
export const subaccountsParamsSchema = openObject({});
export type SubaccountsParams = z.output<typeof subaccountsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/subaccounts */
export const subaccountSchema = openObject({
  accountUid: z.string(),
  email: z.string(),
  fullName: z.optional(z.nullable(z.string())),
  holdingAccounts: z.array(openObject({ currency: z.string(), amount: decimalSchema })),
  futuresAccounts: z.array(openObject({ name: z.string(), availableMargin: decimalSchema })),
  flexAccount: z.optional(
    openObject({
      currencies: z.array(openObject({ currency: z.string(), ...flexCurrencyFields })),
      ...flexMarginFields,
    }),
  ),
});
export type Subaccount = z.output<typeof subaccountSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/subaccounts */
export const subaccountsResultSchema = openObject({
  ...successFields,
  masterAccountUid: z.string(),
  subaccounts: z.array(subaccountSchema),
});
export type SubaccountsResult = z.output<typeof subaccountsResultSchema>;

/** Of the path. https://docs.kraken.com/api/docs/futures-api/trading/get-subaccount-trading-capability */
export const subaccountTradingEnabledParamsSchema = openObject({ subaccountUid: z.string() });
export type SubaccountTradingEnabledParams = z.output<typeof subaccountTradingEnabledParamsSchema>;

/**
 * The answer has no `result`.
 * https://docs.kraken.com/api/docs/futures-api/trading/subaccounts
 */
export const subaccountTradingEnabledResultSchema = openObject({ tradingEnabled: z.boolean() });
export type SubaccountTradingEnabledResult = z.output<typeof subaccountTradingEnabledResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/update-subaccount-trading-capability */
export const setSubaccountTradingEnabledParamsSchema = openObject({
  subaccountUid: z.string(),
  tradingEnabled: z.boolean(),
});
export type SetSubaccountTradingEnabledParams = z.output<
  typeof setSubaccountTradingEnabledParamsSchema
>;

/** https://docs.kraken.com/api/docs/futures-api/trading/subaccounts */
export const setSubaccountTradingEnabledResultSchema = openObject({
  tradingEnabled: z.boolean(),
});
export type SetSubaccountTradingEnabledResult = z.output<
  typeof setSubaccountTradingEnabledResultSchema
>;
