/** https://docs.kraken.com/api/docs/futures-api/websocket/fills */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/fills */
export const fillSchema = openObject({
  instrument: z.string(),
  /** Milliseconds. */
  time: integerSchema,
  price: decimalSchema,
  seq: integerSchema,
  buy: z.boolean(),
  qty: decimalSchema,
  remaining_order_qty: decimalSchema,
  order_id: z.string(),
  cli_ord_id: z.optional(z.nullable(z.string())),
  fill_id: z.string(),
  fill_type: openEnum([
    'maker',
    'taker',
    'liquidation',
    'assignee',
    'assignor',
    'unwindBankrupt',
    'unwindCounterparty',
    'takerAfterEdit',
  ]),
  fee_paid: decimalSchema,
  fee_currency: z.string(),
  taker_order_type: z.string(),
  order_type: z.string(),
});
export type Fill = z.output<typeof fillSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/fills */
export const fillsSnapshotFrameSchema = openObject({
  feed: z.literal('fills_snapshot'),
  account: z.string(),
  fills: z.array(fillSchema),
});
export type FillsSnapshotFrame = z.output<typeof fillsSnapshotFrameSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/fills */
export const fillsFrameSchema = openObject({
  feed: z.literal('fills'),
  /** The account, under either name. */
  username: z.optional(z.string()),
  account: z.optional(z.string()),
  fills: z.array(fillSchema),
});
export type FillsFrame = z.output<typeof fillsFrameSchema>;
