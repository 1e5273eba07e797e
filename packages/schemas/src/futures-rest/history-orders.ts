/** Orders and executions in `/api/history/v3`: https://docs.kraken.com/api/docs/futures-api/history/get-order-events */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { optionalText } from './fields.ts';
import { elementOf, pageOf, pageParams } from './history-page.ts';

/**
 * Times are milliseconds; what a public page leaves out is absent.
 * https://docs.kraken.com/api/docs/futures-api/history/get-order-events
 */
export const historicalOrderSchema = openObject({
  uid: z.string(),
  accountUid: z.optional(z.string()),
  tradeable: z.string(),
  direction: openEnum(['Buy', 'Sell', 'Unknown']),
  quantity: decimalStringSchema,
  filled: z.optional(decimalStringSchema),
  timestamp: integerSchema,
  limitPrice: decimalStringSchema,
  orderType: openEnum([
    'Limit',
    'IoC',
    'Post',
    'Market',
    'Liquidation',
    'Assignment',
    'Unwind',
    'Unknown',
  ]),
  clientId: optionalText,
  reduceOnly: z.boolean(),
  lastUpdateTimestamp: integerSchema,
  spotData: optionalText,
  regulatoryExternalUid: optionalText,
});
export type HistoricalOrder = z.output<typeof historicalOrderSchema>;

/**
 * The one key that is present names the event.
 * https://docs.kraken.com/api/docs/futures-api/history/get-order-events
 */
export const orderHistoryEventSchema = openObject({
  OrderPlaced: z.optional(
    openObject({ order: historicalOrderSchema, reason: z.string(), reducedQuantity: optionalText }),
  ),
  OrderUpdated: z.optional(
    openObject({
      oldOrder: historicalOrderSchema,
      newOrder: historicalOrderSchema,
      reason: z.string(),
      reducedQuantity: optionalText,
    }),
  ),
  OrderRejected: z.optional(
    openObject({ order: historicalOrderSchema, orderError: z.string(), reason: z.string() }),
  ),
  OrderCancelled: z.optional(openObject({ order: historicalOrderSchema, reason: z.string() })),
  OrderNotFound: z.optional(openObject({ accountUid: z.string(), orderId: z.string() })),
  OrderEditRejected: z.optional(
    openObject({
      oldOrder: historicalOrderSchema,
      attemptedOrder: historicalOrderSchema,
      orderError: z.string(),
    }),
  ),
});
export type OrderHistoryEvent = z.output<typeof orderHistoryEventSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/get-order-events */
export const orderHistoryParamsSchema = openObject({
  ...pageParams,
  tradeable: z.optional(z.string()),
  opened: z.optional(z.boolean()),
  closed: z.optional(z.boolean()),
});
export type OrderHistoryParams = z.output<typeof orderHistoryParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/history/get-order-events */
export const orderHistoryResultSchema = pageOf(elementOf(orderHistoryEventSchema));
export type OrderHistoryResult = z.output<typeof orderHistoryResultSchema>;

/**
 * `tradeable` is of the path.
 * https://docs.kraken.com/api/docs/futures-api/history/get-order-events
 */
export const marketOrderHistoryParamsSchema = openObject({ ...pageParams, tradeable: z.string() });
export type MarketOrderHistoryParams = z.output<typeof marketOrderHistoryParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/history/get-order-events */
export const marketOrderHistoryResultSchema = pageOf(elementOf(orderHistoryEventSchema));
export type MarketOrderHistoryResult = z.output<typeof marketOrderHistoryResultSchema>;
