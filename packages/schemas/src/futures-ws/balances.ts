/** https://docs.kraken.com/api/docs/futures-api/websocket/balances */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openObject } from '../primitives/index.ts';

const decimal = z.optional(z.nullable(decimalSchema));

/**
 * A single-collateral wallet.
 * https://docs.kraken.com/api/docs/futures-api/websocket/balances
 */
export const marginAccountSchema = openObject({
  name: z.string(),
  pair: z.optional(z.string()),
  unit: z.optional(z.string()),
  portfolio_value: decimal,
  balance: decimal,
  maintenance_margin: decimal,
  initial_margin: decimal,
  available: decimal,
  unrealized_funding: decimal,
  pnl: decimal,
});
export type MarginAccount = z.output<typeof marginAccountSchema>;

const marginFields = {
  balance_value: decimal,
  portfolio_value: decimal,
  collateral_value: decimal,
  initial_margin: decimal,
  initial_margin_without_orders: decimal,
  maintenance_margin: decimal,
  pnl: decimal,
  unrealized_funding: decimal,
  total_unrealized: decimal,
  total_unrealized_as_margin: decimal,
  margin_equity: decimal,
  available_margin: decimal,
  effective_leverage: decimal,
};

/** https://docs.kraken.com/api/docs/futures-api/websocket/balances */
export const flexCurrencySchema = openObject({
  quantity: decimal,
  value: decimal,
  collateral_value: decimal,
  available: decimal,
  haircut: decimal,
  conversion_spread: decimal,
});
export type FlexCurrency = z.output<typeof flexCurrencySchema>;

/**
 * The multi-collateral wallet.
 * https://docs.kraken.com/api/docs/futures-api/websocket/balances
 */
export const flexAccountSchema = openObject({
  currencies: z.optional(z.record(z.string(), flexCurrencySchema)),
  ...marginFields,
  /** By symbol. */
  isolated: z.optional(z.record(z.string(), openObject(marginFields))),
  cross: z.optional(openObject(marginFields)),
  portfolio_margin_breakdown: z.optional(z.nullable(z.unknown())),
});
export type FlexAccount = z.output<typeof flexAccountSchema>;

const sections = {
  account: z.string(),
  /** By currency. */
  holding: z.optional(z.record(z.string(), decimalSchema)),
  /** By `F-XBT:USD`. */
  futures: z.optional(z.record(z.string(), marginAccountSchema)),
  flex_futures: z.optional(flexAccountSchema),
  /** Milliseconds. */
  timestamp: integerSchema,
  seq: integerSchema,
};

/** https://docs.kraken.com/api/docs/futures-api/websocket/balances */
export const balancesSnapshotFrameSchema = openObject({
  feed: z.literal('balances_snapshot'),
  ...sections,
});
export type BalancesSnapshotFrame = z.output<typeof balancesSnapshotFrameSchema>;

/**
 * The sections that changed, each whole.
 * https://docs.kraken.com/api/docs/futures-api/websocket/balances
 */
export const balancesFrameSchema = openObject({ feed: z.literal('balances'), ...sections });
export type BalancesFrame = z.output<typeof balancesFrameSchema>;
