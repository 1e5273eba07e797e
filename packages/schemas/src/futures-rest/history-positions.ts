/** https://docs.kraken.com/api/docs/futures-api/history/get-position-events */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { optionalText } from './fields.ts';
import { pageOf, pageParams } from './history-page.ts';

const flag = z.optional(z.boolean());

/** https://docs.kraken.com/api/docs/futures-api/history/get-position-events */
export const positionHistoryParamsSchema = openObject({
  ...pageParams,
  tradeable: z.optional(z.string()),
  opened: flag,
  closed: flag,
  increased: flag,
  decreased: flag,
  reversed: flag,
  no_change: flag,
  trades: flag,
  funding_realization: flag,
  settlement: flag,
});
export type PositionHistoryParams = z.output<typeof positionHistoryParamsSchema>;

const updateFields = {
  accountUid: z.string(),
  tradeable: z.string(),
  oldPosition: decimalStringSchema,
  oldAverageEntryPrice: optionalText,
  newPosition: decimalStringSchema,
  newAverageEntryPrice: z.string(),
  /** Milliseconds. */
  fillTime: z.optional(z.nullable(integerSchema)),
  fee: optionalText,
  feeCurrency: optionalText,
  realizedPnL: optionalText,
  positionChange: openEnum([
    'open',
    'close',
    'increase',
    'decrease',
    'reverse',
    'noChange',
    'unknown',
  ]),
  executionUid: optionalText,
  executionPrice: optionalText,
  executionSize: optionalText,
  tradeType: z.optional(
    z.nullable(openEnum(['userExecution', 'liquidation', 'assignment', 'unwind', 'unknown'])),
  ),
  /** Milliseconds. */
  fundingRealizationTime: z.optional(z.nullable(integerSchema)),
  realizedFunding: optionalText,
  settlementPrice: optionalText,
  /** Milliseconds. */
  timestamp: integerSchema,
  updateReason: openEnum(['trade', 'fundingRealisation', 'settlement', 'unknown']),
};

/** https://docs.kraken.com/api/docs/futures-api/history/get-position-events */
export const positionUpdateSchema = openObject(updateFields);
export type PositionUpdate = z.output<typeof positionUpdateSchema>;

/**
 * The specification has the fields in the element; the pages say that they are in its event.
 * https://docs.kraken.com/api/docs/futures-api/history/get-position-events
 */
export const positionHistoryResultSchema = pageOf(
  z.union([
    positionUpdateSchema,
    openObject({
      uid: z.string(),
      timestamp: integerSchema,
      event: openObject({ PositionUpdate: positionUpdateSchema }),
    }),
  ]),
);
export type PositionHistoryResult = z.output<typeof positionHistoryResultSchema>;
