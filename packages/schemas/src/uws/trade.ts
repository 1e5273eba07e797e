/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
import * as z from 'zod/mini';
import {
  tradeFrameSchema as spotFrameSchema,
  tradeSubscribeParamsSchema as spotParamsSchema,
  tradeSchema as spotTradeSchema,
} from '../ws/trade.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Spot's. The futures API tells liquidations and blocks apart where Spot has the type of an order:
 * whether derivatives have one here is not public.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/trade
 */
export const tradeSchema = z.extend(z.partial(spotTradeSchema, { ord_type: true }), assetClassEcho);
export type Trade = z.output<typeof tradeSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
export const tradeFrameSchema = z.extend(spotFrameSchema, { data: z.array(tradeSchema) });
export type TradeFrame = z.output<typeof tradeFrameSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
export const tradeSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
});
export type TradeSubscribeParams = z.output<typeof tradeSubscribeParamsSchema>;
