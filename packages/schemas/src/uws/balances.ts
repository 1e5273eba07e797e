/** https://docs.kraken.com/exchange/api-reference/unified-ws/balances */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

/** Spot's, by the page's words: its table is not public. Fields beside these pass as they are. */
export { type BalancesFrame, balancesFrameSchema } from '../ws/balances.ts';

/**
 * Takes no `asset_class`.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/balances
 */
export const balancesSubscribeParamsSchema = openObject({
  channel: z.literal('balances'),
  token: z.string(),
  snapshot: z.optional(z.boolean()),
});
export type BalancesSubscribeParams = z.output<typeof balancesSubscribeParamsSchema>;
