/** https://docs.kraken.com/exchange/api-reference/unified-ws/margin */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { derivativesClassSchema } from './asset-class.ts';

/**
 * The whole state of the section that `type` names, every time: replace, do not merge.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/margin
 */
export const marginFrameSchema = openObject({
  channel: z.literal('margin'),
  /** The flex wallet, or every single-collateral wallet. */
  type: z.enum(['multi_collateral', 'single_collateral']),
  /** Its table of fields is not public. */
  data: z.union([openObject({}), z.array(openObject({}))]),
});
export type MarginFrame = z.output<typeof marginFrameSchema>;

/**
 * Takes no `snapshot`.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/margin
 */
export const marginSubscribeParamsSchema = openObject({
  channel: z.literal('margin'),
  asset_class: derivativesClassSchema,
  token: z.string(),
});
export type MarginSubscribeParams = z.output<typeof marginSubscribeParamsSchema>;
