/** https://docs.kraken.com/exchange/api-reference/unified-ws/balances */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

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
