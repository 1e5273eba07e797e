/**
 * https://docs.kraken.com/api/docs/futures-api/websocket/open_orders; `open_orders_verbose` adds post-only orders that
 * failed.
 */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openEnum,
  openIntegers,
  openObject,
} from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrderSchema = openObject({
  instrument: z.string(),
  /** Milliseconds. */
  time: integerSchema,
  /** Milliseconds. */
  last_update_time: integerSchema,
  /** What is left of it. */
  qty: decimalSchema,
  filled: decimalSchema,
  limit_price: z.optional(z.nullable(decimalSchema)),
  stop_price: z.optional(z.nullable(decimalSchema)),
  type: openEnum(['limit', 'stop', 'take_profit', 'trailing_stop']),
  order_id: z.string(),
  cli_ord_id: z.optional(z.nullable(z.string())),
  /** 0 buys, 1 sells. */
  direction: openIntegers([0, 1]),
  reduce_only: z.boolean(),
  triggerSignal: z.optional(openEnum(['last', 'mark', 'spot'])),
  trailing_stop_options: z.optional(
    z.nullable(
      openObject({
        max_deviation: decimalSchema,
        unit: openEnum(['percent', 'quote_currency']),
      }),
    ),
  ),
});
export type OpenOrder = z.output<typeof openOrderSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrderReasonSchema = openEnum([
  'new_placed_order_by_user',
  'edited_by_user',
  'liquidation',
  'stop_order_triggered',
  'limit_order_from_stop',
  'partial_fill',
  'full_fill',
  'cancelled_by_user',
  'contract_expired',
  'not_enough_margin',
  'market_inactive',
  'cancelled_by_admin',
  'dead_man_switch',
  'ioc_order_failed_because_it_would_not_be_executed',
  'post_order_failed_because_it_would_filled',
  'post_order_failed_because_it_would_be_filled',
  'would_execute_self',
  'would_not_reduce_position',
  'order_for_edit_not_found',
]);

const snapshotFields = {
  account: z.string(),
  orders: z.array(openOrderSchema),
};
const updateFields = {
  /** Absent when the order is gone; then `order_id` says which. */
  order: z.optional(openOrderSchema),
  order_id: z.optional(z.string()),
  cli_ord_id: z.optional(z.nullable(z.string())),
  is_cancel: z.boolean(),
  reason: openOrderReasonSchema,
};

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrdersSnapshotFrameSchema = openObject({
  feed: z.literal('open_orders_snapshot'),
  ...snapshotFields,
});
export type OpenOrdersSnapshotFrame = z.output<typeof openOrdersSnapshotFrameSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrdersFrameSchema = openObject({
  feed: z.literal('open_orders'),
  ...updateFields,
});
export type OpenOrdersFrame = z.output<typeof openOrdersFrameSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrdersVerboseSnapshotFrameSchema = openObject({
  feed: z.literal('open_orders_verbose_snapshot'),
  ...snapshotFields,
});
export type OpenOrdersVerboseSnapshotFrame = z.output<typeof openOrdersVerboseSnapshotFrameSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/open_orders */
export const openOrdersVerboseFrameSchema = openObject({
  feed: z.literal('open_orders_verbose'),
  ...updateFields,
});
export type OpenOrdersVerboseFrame = z.output<typeof openOrdersVerboseFrameSchema>;
