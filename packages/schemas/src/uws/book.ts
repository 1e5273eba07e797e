/** https://docs.kraken.com/exchange/api-reference/unified-ws/book */
import * as z from 'zod/mini';
import { bookSubscribeParamsSchema as spotParamsSchema } from '../ws/book.ts';
import { assetClassSchema } from './asset-class.ts';

/**
 * Spot's: the page names Spot's checksum guide. Its table for derivatives is not public; `symbol` is as
 * the futures API names it, and fields beside these pass as they are.
 */
export { type Book, type BookFrame, bookFrameSchema, bookSchema } from '../ws/book.ts';

/** https://docs.kraken.com/exchange/api-reference/unified-ws/book */
export const bookSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
});
export type BookSubscribeParams = z.output<typeof bookSubscribeParamsSchema>;
