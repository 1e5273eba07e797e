/** https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  idSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { optionalText } from './fields.ts';
import { elementOf, pageOf, pageParams } from './history-page.ts';

const unitSchema = openEnum(['Percent', 'QuoteCurrency', 'Unknown']);

/** https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events */
export const historicalTriggerSchema = openObject({
  uid: z.string(),
  accountId: z.optional(idSchema),
  accountUid: z.optional(z.string()),
  tradeable: z.string(),
  direction: openEnum(['Buy', 'Sell', 'Unknown']),
  quantity: decimalStringSchema,
  timestamp: integerSchema,
  limitPrice: z.optional(z.nullable(decimalStringSchema)),
  orderType: z.string(),
  clientId: optionalText,
  reduceOnly: z.boolean(),
  lastUpdateTimestamp: integerSchema,
  triggerOptions: openObject({
    triggerPrice: decimalStringSchema,
    triggerSignal: openEnum(['MarkPrice', 'LastPrice', 'SpotPrice', 'Unknown']),
    triggerSide: openEnum(['Above', 'Below', 'Unknown']),
    trailingStopOptions: z.optional(
      z.nullable(openObject({ maxDeviation: decimalStringSchema, unit: unitSchema })),
    ),
    limitPriceOffset: z.optional(
      z.nullable(openObject({ priceOffset: decimalStringSchema, unit: unitSchema })),
    ),
  }),
});
export type HistoricalTrigger = z.output<typeof historicalTriggerSchema>;

/**
 * The one key that is present names the event.
 * https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events
 */
export const triggerHistoryEventSchema = openObject({
  OrderTriggerPlaced: z.optional(
    openObject({ order: historicalTriggerSchema, reason: z.string() }),
  ),
  OrderTriggerCancelled: z.optional(
    openObject({ order: historicalTriggerSchema, reason: z.string() }),
  ),
  OrderTriggerUpdated: z.optional(
    openObject({
      oldOrderTrigger: historicalTriggerSchema,
      newOrderTrigger: historicalTriggerSchema,
      reason: z.string(),
    }),
  ),
  OrderTriggerActivated: z.optional(openObject({ order: historicalTriggerSchema })),
  OrderTriggerEditRejected: z.optional(
    openObject({
      attemptedOrderTrigger: historicalTriggerSchema,
      oldOrderTrigger: historicalTriggerSchema,
      reason: z.string(),
      orderError: z.string(),
    }),
  ),
});
export type TriggerHistoryEvent = z.output<typeof triggerHistoryEventSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events */
export const triggerHistoryParamsSchema = openObject({
  ...pageParams,
  tradeable: z.optional(z.string()),
  opened: z.optional(z.boolean()),
  closed: z.optional(z.boolean()),
});
export type TriggerHistoryParams = z.output<typeof triggerHistoryParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/history/get-trigger-events */
export const triggerHistoryResultSchema = pageOf(elementOf(triggerHistoryEventSchema));
export type TriggerHistoryResult = z.output<typeof triggerHistoryResultSchema>;
