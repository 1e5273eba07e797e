/** https://docs.kraken.com/api/docs/websocket-v2/executions */
import * as z from 'zod/mini';
import {
  decimalSchema,
  idSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { orderTypeSchema, priceTypeSchema, sideSchema } from './order-fields.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/executions */
export const executionFeeSchema = openObject({ asset: z.string(), qty: decimalSchema });
export type ExecutionFee = z.output<typeof executionFeeSchema>;

const contingentSchema = openObject({
  order_type: z.optional(orderTypeSchema),
  trigger_price: z.optional(decimalSchema),
  trigger_price_type: z.optional(priceTypeSchema),
  limit_price: z.optional(decimalSchema),
  limit_price_type: z.optional(priceTypeSchema),
});

const executionTriggersSchema = openObject({
  reference: z.optional(openEnum(['index', 'last'])),
  price: z.optional(decimalSchema),
  price_type: z.optional(priceTypeSchema),
  actual_price: z.optional(decimalSchema),
  peak_price: z.optional(decimalSchema),
  last_price: z.optional(decimalSchema),
  status: z.optional(openEnum(['triggered', 'untriggered'])),
  timestamp: z.optional(timestampSchema),
});

/**
 * Sparse: what is present depends on `exec_type`. Merge by `order_id`.
 * https://docs.kraken.com/api/docs/websocket-v2/executions
 */
export const executionSchema = openObject({
  order_id: z.string(),
  exec_type: openEnum([
    'pending_new',
    'new',
    'trade',
    'filled',
    'iceberg_refill',
    'canceled',
    'expired',
    'amended',
    'restated',
    'status',
  ]),
  /** A trade says `partially_filled` even when it completes the order: `filled` follows it. */
  order_status: z.optional(
    openEnum(['pending_new', 'new', 'partially_filled', 'filled', 'canceled', 'expired']),
  ),
  timestamp: z.optional(timestampSchema),
  symbol: z.optional(z.string()),
  side: z.optional(sideSchema),
  order_type: z.optional(orderTypeSchema),
  order_qty: z.optional(decimalSchema),
  cum_qty: z.optional(decimalSchema),
  cum_cost: z.optional(decimalSchema),
  avg_price: z.optional(decimalSchema),
  /** In quote units. */
  cash_order_qty: z.optional(decimalSchema),
  limit_price: z.optional(decimalSchema),
  limit_price_type: z.optional(priceTypeSchema),
  display_qty: z.optional(decimalSchema),
  display_qty_remain: z.optional(decimalSchema),
  time_in_force: z.optional(openEnum(['GTC', 'GTD', 'IOC', 'FOK'])),
  post_only: z.optional(z.boolean()),
  reduce_only: z.optional(z.boolean()),
  margin: z.optional(z.boolean()),
  margin_borrow: z.optional(z.boolean()),
  liquidated: z.optional(z.boolean()),
  no_mpp: z.optional(z.boolean()),
  amended: z.optional(z.boolean()),
  cl_ord_id: z.optional(z.string()),
  order_userref: z.optional(integerSchema),
  /** The order that this one closes. */
  ord_ref_id: z.optional(z.string()),
  sender_sub_id: z.optional(z.string()),
  user: z.optional(z.string()),
  ext_ord_id: z.optional(z.string()),
  ext_exec_id: z.optional(z.string()),
  effective_time: z.optional(timestampSchema),
  expire_time: z.optional(timestampSchema),
  fee_ccy_pref: z.optional(openEnum(['fcib', 'fciq'])),
  fee_usd_equiv: z.optional(decimalSchema),
  /** Of a cancel, an amend or a restatement. */
  reason: z.optional(z.string()),
  position_status: z.optional(openEnum(['opened', 'closing', 'closed'])),
  contingent: z.optional(contingentSchema),
  triggers: z.optional(executionTriggersSchema),
  // Of a trade alone.
  exec_id: z.optional(z.string()),
  trade_id: z.optional(idSchema),
  last_qty: z.optional(decimalSchema),
  last_price: z.optional(decimalSchema),
  cost: z.optional(decimalSchema),
  fees: z.optional(z.array(executionFeeSchema)),
  /** Maker or taker. */
  liquidity_ind: z.optional(openEnum(['m', 't'])),
  // With `ratecounter: true`; the documentation does not settle the name.
  ratecount: z.optional(decimalSchema),
  ratecounter: z.optional(decimalSchema),
  /** @deprecated use `reason` */
  cancel_reason: z.optional(z.string()),
  /** @deprecated use `triggers.price` */
  stop_price: z.optional(decimalSchema),
  /** @deprecated use `triggers.reference` */
  trigger: z.optional(openEnum(['index', 'last'])),
  /** @deprecated use `triggers.last_price` */
  triggered_price: z.optional(decimalSchema),
});
export type Execution = z.output<typeof executionSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/executions */
export const executionsFrameSchema = openObject({
  channel: z.literal('executions'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(executionSchema),
  /** Counts up by one a message from 1, for each subscription: a jump is lost data. */
  sequence: integerSchema,
});
export type ExecutionsFrame = z.output<typeof executionsFrameSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/executions */
export const executionsSubscribeParamsSchema = openObject({
  channel: z.literal('executions'),
  token: z.string(),
  /** Open orders in the snapshot; true when absent. */
  snap_orders: z.optional(z.boolean()),
  /** The last 50 fills in the snapshot; false when absent. */
  snap_trades: z.optional(z.boolean()),
  /** False: `new`, `filled`, `canceled` and `expired` alone. */
  order_status: z.optional(z.boolean()),
  ratecounter: z.optional(z.boolean()),
  rebased: z.optional(z.boolean()),
  /** Of master accounts; no snapshot then. */
  users: z.optional(openEnum(['all'])),
  /** @deprecated use `snap_orders` */
  snapshot: z.optional(z.boolean()),
  /** @deprecated use `snap_trades` */
  snapshot_trades: z.optional(z.boolean()),
});
export type ExecutionsSubscribeParams = z.output<typeof executionsSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/executions */
export const executionsUnsubscribeParamsSchema = openObject({
  channel: z.literal('executions'),
  token: z.string(),
});
export type ExecutionsUnsubscribeParams = z.output<typeof executionsUnsubscribeParamsSchema>;
