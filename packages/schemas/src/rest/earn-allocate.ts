/**
 * Allocating is asynchronous: `true` means under way, the status says when it is done.
 * https://docs.kraken.com/api/docs/rest-api/allocate-strategy
 */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/allocate-strategy */
export const earnAllocateParamsSchema = openObject({
  amount: decimalStringSchema,
  strategy_id: z.string(),
});
export type EarnAllocateParams = z.output<typeof earnAllocateParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/allocate-strategy */
export const earnAllocateResultSchema = z.nullable(z.boolean());
export type EarnAllocateResult = z.output<typeof earnAllocateResultSchema>;

/** https://docs.kraken.com/api/docs/rest-api/deallocate-strategy */
export const earnDeallocateParamsSchema = openObject({
  amount: decimalStringSchema,
  strategy_id: z.string(),
});
export type EarnDeallocateParams = z.output<typeof earnDeallocateParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/allocate-strategy */
export const earnDeallocateResultSchema = z.nullable(z.boolean());
export type EarnDeallocateResult = z.output<typeof earnDeallocateResultSchema>;

const pendingSchema = z.nullable(openObject({ pending: z.boolean() }));

/** https://docs.kraken.com/api/docs/rest-api/get-allocate-strategy-status */
export const earnAllocateStatusParamsSchema = openObject({ strategy_id: z.string() });
export type EarnAllocateStatusParams = z.output<typeof earnAllocateStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/allocate-strategy */
export const earnAllocateStatusResultSchema = pendingSchema;
export type EarnAllocateStatusResult = z.output<typeof earnAllocateStatusResultSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-deallocate-strategy-status */
export const earnDeallocateStatusParamsSchema = openObject({ strategy_id: z.string() });
export type EarnDeallocateStatusParams = z.output<typeof earnDeallocateStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/allocate-strategy */
export const earnDeallocateStatusResultSchema = pendingSchema;
export type EarnDeallocateStatusResult = z.output<typeof earnDeallocateStatusResultSchema>;
