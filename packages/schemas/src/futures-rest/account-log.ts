/** https://docs.kraken.com/api/docs/futures-api/history/account-log and account-log-csv */
import * as z from 'zod/mini';
import {
  decimalSchema,
  idSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { optionalDecimal, optionalText } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/history/account-log */
export const accountLogInfoSchema = openEnum([
  'futures trade',
  'futures liquidation',
  'futures assignor',
  'futures assignee',
  'futures unwind counterparty',
  'futures unwind bankrupt',
  'covered liquidation',
  'funding rate change',
  'conversion',
  'interest payment',
  'transfer',
  'cross-exchange transfer',
  'kfee applied',
  'subaccount transfer',
  'settlement',
  'admin transfer',
  'tax withheld',
  'tax refund',
]);

/** https://docs.kraken.com/api/docs/futures-api/history/account-log */
export const accountLogParamsSchema = openObject({
  /** Milliseconds. */
  since: z.optional(integerSchema),
  /** Milliseconds. */
  before: z.optional(integerSchema),
  /** Ids. */
  from: z.optional(integerSchema),
  to: z.optional(integerSchema),
  sort: z.optional(openEnum(['asc', 'desc'])),
  info: z.optional(z.array(accountLogInfoSchema)),
  /** 500 when absent. What a call costs rises with it. */
  count: z.optional(integerSchema),
  conversion_details: z.optional(z.boolean()),
});
export type AccountLogParams = z.output<typeof accountLogParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/account-log */
export const accountLogEntrySchema = openObject({
  id: idSchema,
  date: timestampSchema,
  asset: z.string(),
  info: accountLogInfoSchema,
  booking_uid: z.string(),
  margin_account: z.string(),
  old_balance: decimalSchema,
  new_balance: decimalSchema,
  old_average_entry_price: optionalDecimal,
  new_average_entry_price: optionalDecimal,
  trade_price: optionalDecimal,
  mark_price: optionalDecimal,
  realized_pnl: optionalDecimal,
  fee: optionalDecimal,
  execution: optionalText,
  collateral: optionalText,
  contract: optionalText,
  funding_rate: optionalDecimal,
  realized_funding: optionalDecimal,
  liquidation_fee: optionalDecimal,
  conversion_spread_percentage: optionalDecimal,
  // With `conversion_details`.
  exchange_rate: optionalDecimal,
  exchange_rate_from: optionalText,
  conversion_fee: optionalDecimal,
});
export type AccountLogEntry = z.output<typeof accountLogEntrySchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/account-log */
export const accountLogResultSchema = openObject({
  accountUid: z.string(),
  logs: z.array(accountLogEntrySchema),
});
export type AccountLogResult = z.output<typeof accountLogResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/account-log */
export const accountLogCsvParamsSchema = openObject({
  conversion_details: z.optional(z.boolean()),
});
export type AccountLogCsvParams = z.output<typeof accountLogCsvParamsSchema>;

/**
 * The text of a CSV file: no JSON.
 * https://docs.kraken.com/api/docs/futures-api/history/account-log
 */
export const accountLogCsvResultSchema = z.string();
export type AccountLogCsvResult = z.output<typeof accountLogCsvResultSchema>;
