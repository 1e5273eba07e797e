/** https://docs.kraken.com/api/docs/futures-api/websocket/account_log */
import * as z from 'zod/mini';
import { decimalSchema, idSchema, openObject, timestampSchema } from '../primitives/index.ts';

const decimal = z.optional(z.nullable(decimalSchema));
const text = z.optional(z.nullable(z.string()));

/**
 * One change of one balance, of money or of a position.
 * https://docs.kraken.com/api/docs/futures-api/websocket/account_log
 */
export const accountLogEntrySchema = openObject({
  /** As digits, as REST gives it: no page says how large it grows. */
  id: idSchema,
  date: timestampSchema,
  asset: text,
  info: z.string(),
  booking_uid: text,
  margin_account: text,
  old_balance: decimal,
  new_balance: decimal,
  old_average_entry_price: decimal,
  new_average_entry_price: decimal,
  trade_price: decimal,
  mark_price: decimal,
  realized_pnl: decimal,
  fee: decimal,
  execution: text,
  collateral: text,
  funding_rate: decimal,
  realized_funding: decimal,
  contract: text,
  conversion_spread_percentage: decimal,
  liquidation_fee: decimal,
});
export type AccountLogEntry = z.output<typeof accountLogEntrySchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/account_log */
export const accountLogSnapshotFrameSchema = openObject({
  feed: z.literal('account_log_snapshot'),
  logs: z.array(accountLogEntrySchema),
});
export type AccountLogSnapshotFrame = z.output<typeof accountLogSnapshotFrameSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/account_log */
export const accountLogFrameSchema = openObject({
  feed: z.literal('account_log'),
  new_entry: accountLogEntrySchema,
});
export type AccountLogFrame = z.output<typeof accountLogFrameSchema>;
