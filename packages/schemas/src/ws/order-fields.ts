/**
 * The words that several order methods and the executions share.
 * https://docs.kraken.com/api/docs/websocket-v2/add_order
 */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const sideSchema = openEnum(['buy', 'sell']);

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const orderTypeSchema = openEnum([
  'limit',
  'market',
  'iceberg',
  'stop-loss',
  'stop-loss-limit',
  'take-profit',
  'take-profit-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'settle-position',
]);

/**
 * `static`: a price; `pct`, `quote`: an offset from the reference price.
 * https://docs.kraken.com/api/docs/websocket-v2/add_order
 */
export const priceTypeSchema = openEnum(['static', 'pct', 'quote']);

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const triggersSchema = openObject({
  /** `last` when absent. */
  reference: z.optional(openEnum(['index', 'last'])),
  price: decimalSchema,
  /** `static` when absent. */
  price_type: z.optional(priceTypeSchema),
});
export type Triggers = z.output<typeof triggersSchema>;

/**
 * The order that is placed for each fill of its parent, on the other side.
 * https://docs.kraken.com/api/docs/websocket-v2/add_order
 */
export const conditionalSchema = openObject({
  order_type: openEnum([
    'limit',
    'stop-loss',
    'stop-loss-limit',
    'take-profit',
    'take-profit-limit',
    'trailing-stop',
    'trailing-stop-limit',
  ]),
  limit_price: z.optional(decimalSchema),
  limit_price_type: z.optional(priceTypeSchema),
  trigger_price: z.optional(decimalSchema),
  trigger_price_type: z.optional(priceTypeSchema),
  /** @deprecated use `trigger_price` */
  stop_price: z.optional(decimalSchema),
});
export type Conditional = z.output<typeof conditionalSchema>;

/**
 * In which currency the fee is taken.
 * https://docs.kraken.com/api/docs/websocket-v2/add_order
 */
export const feePreferenceSchema = openEnum(['base', 'quote']);

/**
 * Which of two own orders gives way when they would trade with each other.
 * https://docs.kraken.com/api/docs/websocket-v2/add_order
 */
export const selfTradePreventionSchema = openEnum([
  'cancel_newest',
  'cancel_oldest',
  'cancel_both',
]);
