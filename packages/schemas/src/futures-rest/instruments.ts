/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments and get-trading-instruments */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { contractTypeSchema, optionalDecimal, optionalText, optionalTime } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments */
export const instrumentsParamsSchema = openObject({
  contractType: z.optional(z.array(contractTypeSchema)),
  /** False when absent. */
  expired: z.optional(z.boolean()),
});
export type InstrumentsParams = z.output<typeof instrumentsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments */
export const marginLevelSchema = openObject({
  contracts: z.optional(z.nullable(integerSchema)),
  numNonContractUnits: optionalDecimal,
  initialMargin: decimalSchema,
  maintenanceMargin: decimalSchema,
});
export type MarginLevel = z.output<typeof marginLevelSchema>;

const marginLevels = z.optional(z.array(marginLevelSchema));

/**
 * An index has only its symbol, its type and `tradeable`.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-instruments
 */
export const instrumentSchema = openObject({
  symbol: z.string(),
  type: z.optional(
    openEnum(['flexible_futures', 'futures_inverse', 'futures_vanilla', 'options', 'spot index']),
  ),
  pair: z.optional(z.string()),
  base: z.optional(z.string()),
  quote: z.optional(z.string()),
  underlying: z.optional(z.string()),
  tickSize: optionalDecimal,
  contractSize: optionalDecimal,
  /** Decimals of the quantity; negative for tens, hundreds… */
  contractValueTradePrecision: z.optional(integerSchema),
  impactMidSize: optionalDecimal,
  maxPositionSize: optionalDecimal,
  minimumTradeSize: optionalDecimal,
  openingDate: z.optional(timestampSchema),
  lastTradingTime: optionalTime,
  tradeable: z.boolean(),
  postOnly: z.optional(z.boolean()),
  fundingRateCoefficient: optionalDecimal,
  maxRelativeFundingRate: optionalDecimal,
  category: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  marginLevels,
  retailMarginLevels: marginLevels,
  marginSchedules: z.optional(
    z.record(z.string(), openObject({ retail: marginLevels, professional: marginLevels })),
  ),
  isin: optionalText,
  /** @deprecated since 22 June 2026; Spot REST TradeVolume has the fees */
  feeScheduleUid: optionalText,
  tradfi: z.optional(z.boolean()),
  mtf: z.optional(z.boolean()),
  hasFunding: z.optional(z.boolean()),
  // What trading/instruments adds for the account.
  restricted: z.optional(z.boolean()),
  isExpired: z.optional(z.boolean()),
  rebateLevels: z.optional(z.record(z.string(), decimalSchema)),
  upnlInterestRate: optionalDecimal,
  // Of options.
  optionType: z.optional(z.nullable(openEnum(['call', 'put']))),
  strikePrice: optionalDecimal,
  underlyingFuture: optionalText,
});
export type Instrument = z.output<typeof instrumentSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments */
export const instrumentsResultSchema = openObject({
  ...successFields,
  instruments: z.array(instrumentSchema),
});
export type InstrumentsResult = z.output<typeof instrumentsResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments */
export const tradingInstrumentsParamsSchema = openObject({
  contractType: z.optional(z.array(contractTypeSchema)),
});
export type TradingInstrumentsParams = z.output<typeof tradingInstrumentsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-instruments */
export const tradingInstrumentsResultSchema = openObject({
  ...successFields,
  instruments: z.array(instrumentSchema),
});
export type TradingInstrumentsResult = z.output<typeof tradingInstrumentsResultSchema>;
