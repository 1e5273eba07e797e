/** https://docs.kraken.com/api/docs/rest-api/list-strategies */
import * as z from 'zod/mini';
import {
  decimalOrStringSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';

const lockTypeNameSchema = openEnum(['flex', 'bonded', 'timed', 'instant']);

/** https://docs.kraken.com/api/docs/rest-api/list-strategies */
export const earnStrategiesParamsSchema = openObject({
  ascending: z.optional(z.boolean()),
  asset: z.optional(z.string()),
  cursor: z.optional(z.string()),
  limit: z.optional(integerSchema),
  lock_type: z.optional(z.array(lockTypeNameSchema)),
});
export type EarnStrategiesParams = z.output<typeof earnStrategiesParamsSchema>;

/**
 * Periods are seconds.
 * https://docs.kraken.com/api/docs/rest-api/list-strategies
 */
export const earnLockTypeSchema = openObject({
  type: lockTypeNameSchema,
  payout_frequency: z.optional(integerSchema),
  bonding_period: z.optional(integerSchema),
  bonding_period_variable: z.optional(z.boolean()),
  bonding_rewards: z.optional(z.boolean()),
  exit_queue_period: z.optional(integerSchema),
  unbonding_period: z.optional(integerSchema),
  unbonding_period_variable: z.optional(z.boolean()),
  unbonding_rewards: z.optional(z.boolean()),
});
export type EarnLockType = z.output<typeof earnLockTypeSchema>;

/** https://docs.kraken.com/api/docs/rest-api/list-strategies */
export const earnStrategySchema = openObject({
  id: z.string(),
  asset: z.string(),
  lock_type: earnLockTypeSchema,
  /** Percent a year. */
  apr_estimate: z.optional(
    z.nullable(openObject({ low: decimalStringSchema, high: decimalStringSchema })),
  ),
  auto_compound: openObject({
    type: openEnum(['disabled', 'enabled', 'optional']),
    default: z.optional(z.boolean()),
  }),
  yield_source: openObject({ type: openEnum(['staking', 'off_chain', 'opt_in_rewards']) }),
  allocation_fee: decimalOrStringSchema,
  deallocation_fee: decimalOrStringSchema,
  can_allocate: z.boolean(),
  can_deallocate: z.boolean(),
  allocation_restriction_info: z.array(openEnum(['tier'])),
  user_min_allocation: z.optional(z.nullable(decimalStringSchema)),
  user_cap: z.optional(z.nullable(decimalStringSchema)),
});
export type EarnStrategy = z.output<typeof earnStrategySchema>;

/** https://docs.kraken.com/api/docs/rest-api/list-strategies */
export const earnStrategiesResultSchema = openObject({
  items: z.array(earnStrategySchema),
  next_cursor: z.optional(z.nullable(z.string())),
});
export type EarnStrategiesResult = z.output<typeof earnStrategiesResultSchema>;
