/** https://docs.kraken.com/api/docs/futures-api/trading/get-orderbook */
import * as z from 'zod/mini';
import { decimalSchema, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-orderbook */
export const orderBookParamsSchema = openObject({ symbol: z.string() });
export type OrderBookParams = z.output<typeof orderBookParamsSchema>;

/** Price, quantity. */
const levelSchema = z.tuple([decimalSchema, decimalSchema], z.unknown());

/** https://docs.kraken.com/api/docs/futures-api/trading/get-orderbook */
export const orderBookResultSchema = openObject({
  ...successFields,
  orderBook: openObject({ bids: z.array(levelSchema), asks: z.array(levelSchema) }),
});
export type OrderBookResult = z.output<typeof orderBookResultSchema>;
