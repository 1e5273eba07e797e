/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
import * as z from 'zod/mini';
import {
  tradeFrameSchema as spotFrameSchema,
  tradeSubscribeParamsSchema as spotParamsSchema,
  tradeSchema as spotTradeSchema,
} from '../ws/trade.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Spot's fields, as the page says that the format is Spot's; its own table is not public. The futures
 * API tells liquidations and blocks apart where Spot has the type of an order, and names a trade by a
 * UUID where Spot counts: whether derivatives have either here is not known.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/trade
 */
export const tradeSchema = z.extend(
  z.partial(spotTradeSchema, { ord_type: true, trade_id: true }),
  assetClassEcho,
);
export type Trade = z.output<typeof tradeSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
export const tradeFrameSchema = z.extend(spotFrameSchema, { data: z.array(tradeSchema) });
export type TradeFrame = z.output<typeof tradeFrameSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
export const tradeSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
});
export type TradeSubscribeParams = z.output<typeof tradeSubscribeParamsSchema>;
