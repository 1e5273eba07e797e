/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings: leverage, the currency of profits, trades with oneself. */
import * as z from 'zod/mini';
import { decimalSchema, decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields, successResultSchema } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const leveragePreferencesParamsSchema = openObject({});
export type LeveragePreferencesParams = z.output<typeof leveragePreferencesParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const leveragePreferencesResultSchema = openObject({
  ...successFields,
  leveragePreferences: z.array(openObject({ symbol: z.string(), maxLeverage: decimalSchema })),
});
export type LeveragePreferencesResult = z.output<typeof leveragePreferencesResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setLeveragePreferenceParamsSchema = openObject({
  symbol: z.string(),
  /** Absent: cross margin. */
  maxLeverage: z.optional(decimalStringSchema),
});
export type SetLeveragePreferenceParams = z.output<typeof setLeveragePreferenceParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setLeveragePreferenceResultSchema = successResultSchema;
export type SetLeveragePreferenceResult = z.output<typeof setLeveragePreferenceResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const pnlPreferencesParamsSchema = openObject({});
export type PnlPreferencesParams = z.output<typeof pnlPreferencesParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const pnlPreferencesResultSchema = openObject({
  ...successFields,
  preferences: z.array(openObject({ symbol: z.string(), pnlCurrency: z.string() })),
});
export type PnlPreferencesResult = z.output<typeof pnlPreferencesResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setPnlPreferenceParamsSchema = openObject({
  symbol: z.string(),
  pnlPreference: z.string(),
});
export type SetPnlPreferenceParams = z.output<typeof setPnlPreferenceParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setPnlPreferenceResultSchema = successResultSchema;
export type SetPnlPreferenceResult = z.output<typeof setPnlPreferenceResultSchema>;

const strategySchema = openEnum([
  'REJECT_TAKER',
  'CANCEL_MAKER_SELF',
  'CANCEL_MAKER_CHILD',
  'CANCEL_MAKER_ANY',
]);

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const selfTradeStrategyParamsSchema = openObject({});
export type SelfTradeStrategyParams = z.output<typeof selfTradeStrategyParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const selfTradeStrategyResultSchema = openObject({
  ...successFields,
  strategy: strategySchema,
});
export type SelfTradeStrategyResult = z.output<typeof selfTradeStrategyResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setSelfTradeStrategyParamsSchema = openObject({ strategy: strategySchema });
export type SetSelfTradeStrategyParams = z.output<typeof setSelfTradeStrategyParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/trading-settings */
export const setSelfTradeStrategyResultSchema = openObject({
  ...successFields,
  strategy: strategySchema,
});
export type SetSelfTradeStrategyResult = z.output<typeof setSelfTradeStrategyResultSchema>;
