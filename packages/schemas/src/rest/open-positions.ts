/** https://docs.kraken.com/api/docs/rest-api/get-open-positions */
import * as z from 'zod/mini';
import { decimalSchema, decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { orderTypeSchema, rebaseMultiplierSchema, sideSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-open-positions */
export const openPositionsParamsSchema = openObject({
  /** Comma-separated. */
  txid: z.optional(z.string()),
  docalcs: z.optional(z.boolean()),
  consolidation: z.optional(openEnum(['market'])),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type OpenPositionsParams = z.output<typeof openPositionsParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-open-positions */
export const positionSchema = openObject({
  ordertxid: z.string(),
  posstatus: openEnum(['open']),
  pair: z.string(),
  class: z.optional(z.string()),
  /** Seconds with a fraction. */
  time: decimalSchema,
  type: sideSchema,
  ordertype: orderTypeSchema,
  cost: decimalStringSchema,
  fee: decimalStringSchema,
  vol: decimalStringSchema,
  vol_closed: decimalStringSchema,
  margin: decimalStringSchema,
  /** With `docalcs`. */
  value: z.optional(decimalStringSchema),
  /** With `docalcs`. Signed: `+9.5000`. */
  net: z.optional(z.string()),
  /** In words: `0.0200% per 4 hours`. */
  terms: z.string(),
  /** Seconds, as text. */
  rollovertm: z.string(),
  misc: z.string(),
  oflags: z.string(),
});
export type Position = z.output<typeof positionSchema>;

/**
 * By position id. With `consolidation`, rows of markets in an array.
 * https://docs.kraken.com/api/docs/rest-api/get-open-positions
 */
export const openPositionsResultSchema = z.union([
  z.record(z.string(), positionSchema),
  z.array(z.record(z.string(), z.unknown())),
]);
export type OpenPositionsResult = z.output<typeof openPositionsResultSchema>;
