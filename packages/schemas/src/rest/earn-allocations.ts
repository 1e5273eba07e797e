/** https://docs.kraken.com/api/docs/rest-api/list-allocations */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/list-allocations */
export const earnAllocationsParamsSchema = openObject({
  ascending: z.optional(z.boolean()),
  /** What to count in; `USD` when absent. */
  converted_asset: z.optional(z.string()),
  hide_zero_allocations: z.optional(z.boolean()),
});
export type EarnAllocationsParams = z.output<typeof earnAllocationsParamsSchema>;

const amountFields = { native: decimalStringSchema, converted: decimalStringSchema };

/**
 * In the strategy's own asset and in `converted_asset`.
 * https://docs.kraken.com/api/docs/rest-api/list-allocations
 */
export const earnAmountSchema = openObject(amountFields);
export type EarnAmount = z.output<typeof earnAmountSchema>;

/**
 * What waits for something, one part after the other.
 * https://docs.kraken.com/api/docs/rest-api/list-allocations
 */
export const earnWaitingAmountSchema = openObject({
  ...amountFields,
  allocation_count: integerSchema,
  allocations: z.array(
    openObject({ ...amountFields, created_at: timestampSchema, expires: timestampSchema }),
  ),
});
export type EarnWaitingAmount = z.output<typeof earnWaitingAmountSchema>;

/** https://docs.kraken.com/api/docs/rest-api/list-allocations */
export const earnAllocationSchema = openObject({
  strategy_id: z.string(),
  native_asset: z.string(),
  amount_allocated: openObject({
    total: earnAmountSchema,
    pending: z.optional(earnAmountSchema),
    bonding: z.optional(earnWaitingAmountSchema),
    unbonding: z.optional(earnWaitingAmountSchema),
    exit_queue: z.optional(earnWaitingAmountSchema),
  }),
  total_rewarded: earnAmountSchema,
  payout: z.optional(
    z.nullable(
      openObject({
        accumulated_reward: earnAmountSchema,
        estimated_reward: earnAmountSchema,
        period_start: timestampSchema,
        period_end: timestampSchema,
      }),
    ),
  ),
});
export type EarnAllocation = z.output<typeof earnAllocationSchema>;

/** https://docs.kraken.com/api/docs/rest-api/list-allocations */
export const earnAllocationsResultSchema = openObject({
  converted_asset: z.string(),
  total_allocated: decimalStringSchema,
  total_rewarded: decimalStringSchema,
  next_cursor: z.optional(z.nullable(z.string())),
  items: z.array(earnAllocationSchema),
});
export type EarnAllocationsResult = z.output<typeof earnAllocationsResultSchema>;
