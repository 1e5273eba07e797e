/**
 * https://docs.kraken.com/exchange/api-reference/unified-ws/level3
 * (its text says that it needs a token, its header that the public host has it).
 */
import * as z from 'zod/mini';
import { level3SubscribeParamsSchema as spotParamsSchema } from '../ws/level3.ts';
import { assetClassSchema } from './asset-class.ts';

/**
 * Spot's, of which the page repeats the limits. Its table for derivatives is not public; fields beside
 * these pass as they are.
 */
export { type Level3Frame, level3FrameSchema } from '../ws/level3.ts';

/** https://docs.kraken.com/exchange/api-reference/unified-ws/level3 */
export const level3SubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
});
export type Level3SubscribeParams = z.output<typeof level3SubscribeParamsSchema>;
