/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
import * as z from 'zod/mini';
import { tradeSubscribeParamsSchema as spotParamsSchema } from '../ws/trade.ts';
import { assetClassSchema } from './asset-class.ts';

export { type Trade, type TradeFrame, tradeFrameSchema, tradeSchema } from '../ws/trade.ts';

/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
export const tradeSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
});
export type TradeSubscribeParams = z.output<typeof tradeSubscribeParamsSchema>;
