/** https://docs.kraken.com/api/docs/futures-api/history/get-execution-events */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { optionalText } from './fields.ts';
import { historicalOrderSchema } from './history-orders.ts';
import { elementOf, pageOf, pageParams } from './history-page.ts';

const orderDataSchema = openObject({
  fee: decimalStringSchema,
  positionSize: decimalStringSchema,
  feeCalculationInfo: z.optional(
    z.nullable(
      z.union([
        z.array(
          openObject({
            percentageFee: optionalText,
            userFeeDiscountApplied: optionalText,
            marketShareRebateCredited: optionalText,
          }),
        ),
        openObject({}),
      ]),
    ),
  ),
});

/**
 * The account's side of it, or both: the pages of 2026 have `order` and `orderData`, earlier ones maker's and taker's.
 * https://docs.kraken.com/api/docs/futures-api/history/get-execution-events
 */
export const historicalExecutionSchema = openObject({
  uid: z.string(),
  order: z.optional(historicalOrderSchema),
  makerOrder: z.optional(historicalOrderSchema),
  takerOrder: z.optional(historicalOrderSchema),
  oldTakerOrder: z.optional(z.nullable(historicalOrderSchema)),
  executionType: z.optional(openEnum(['maker', 'taker'])),
  timestamp: integerSchema,
  quantity: decimalStringSchema,
  price: decimalStringSchema,
  markPrice: z.optional(decimalStringSchema),
  limitFilled: z.boolean(),
  usdValue: z.optional(decimalStringSchema),
  orderData: z.optional(orderDataSchema),
  makerOrderData: z.optional(orderDataSchema),
  takerOrderData: z.optional(orderDataSchema),
  regulatoryData: z.optional(
    z.nullable(
      openObject({ venue: optionalText, counterparty: optionalText, externalUid: optionalText }),
    ),
  ),
});
export type HistoricalExecution = z.output<typeof historicalExecutionSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/get-execution-events */
export const executionHistoryEventSchema = openObject({
  Execution: openObject({
    execution: historicalExecutionSchema,
    takerReducedQuantity: optionalText,
  }),
});
export type ExecutionHistoryEvent = z.output<typeof executionHistoryEventSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/get-execution-events */
export const executionHistoryParamsSchema = openObject({
  ...pageParams,
  tradeable: z.optional(z.string()),
});
export type ExecutionHistoryParams = z.output<typeof executionHistoryParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/history/get-execution-events */
export const executionHistoryResultSchema = pageOf(elementOf(executionHistoryEventSchema));
export type ExecutionHistoryResult = z.output<typeof executionHistoryResultSchema>;

/**
 * `tradeable` is of the path.
 * https://docs.kraken.com/api/docs/futures-api/history/get-execution-events
 */
export const marketExecutionHistoryParamsSchema = openObject({
  ...pageParams,
  tradeable: z.string(),
});
export type MarketExecutionHistoryParams = z.output<typeof marketExecutionHistoryParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/history/get-execution-events */
export const marketExecutionHistoryResultSchema = pageOf(elementOf(executionHistoryEventSchema));
export type MarketExecutionHistoryResult = z.output<typeof marketExecutionHistoryResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/history/get-public-price-events */
export const marketPriceHistoryParamsSchema = openObject({ ...pageParams, tradeable: z.string() });
export type MarketPriceHistoryParams = z.output<typeof marketPriceHistoryParamsSchema>;

/**
 * The specification has the price in the event; clients have seen it under `MarkPriceChanged`.
 * https://docs.kraken.com/api/docs/futures-api/history/get-execution-events
 */
export const marketPriceHistoryResultSchema = pageOf(
  elementOf(
    openObject({
      price: z.optional(decimalStringSchema),
      MarkPriceChanged: z.optional(openObject({ price: decimalStringSchema })),
    }),
  ),
);
export type MarketPriceHistoryResult = z.output<typeof marketPriceHistoryResultSchema>;
