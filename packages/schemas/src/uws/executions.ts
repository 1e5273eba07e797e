/** https://docs.kraken.com/exchange/api-reference/unified-ws/executions */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { assetClassSchema } from './asset-class.ts';

/**
 * Spot's schema, which the page says is shared; which fields derivatives have is public in part, and of
 * them only `order_id` and `exec_type` are taken to be always there. Derivatives have no `pending_new`: a live order is first reported as `new`. Their
 * order ids are UUIDs.
 */
export {
  type Execution,
  type ExecutionsFrame,
  executionSchema,
  executionsFrameSchema,
} from '../ws/executions.ts';

/**
 * The page contradicts itself about the defaults: send both snapshot flags.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/executions
 */
export const executionsSubscribeParamsSchema = openObject({
  channel: z.literal('executions'),
  asset_class: assetClassSchema,
  token: z.string(),
  snap_trades: z.optional(z.boolean()),
  snap_orders: z.optional(z.boolean()),
  order_status: z.optional(z.boolean()),
  ratecounter: z.optional(z.boolean()),
  /** @deprecated */
  snapshot_trades: z.optional(z.boolean()),
});
export type ExecutionsSubscribeParams = z.output<typeof executionsSubscribeParamsSchema>;
