import { assetPairsParamsSchema, assetPairsResultSchema } from './asset-pairs.ts';
import { assetsParamsSchema, assetsResultSchema } from './assets.ts';
import { depthParamsSchema, depthResultSchema } from './depth.ts';
import { privateQuery, publicEndpoint } from './endpoint.ts';
import { groupedBookParamsSchema, groupedBookResultSchema } from './grouped-book.ts';
import { level3ParamsSchema, level3ResultSchema } from './level3.ts';
import { ohlcParamsSchema, ohlcResultSchema } from './ohlc.ts';
import { postTradeParamsSchema, postTradeResultSchema } from './post-trade.ts';
import { preTradeParamsSchema, preTradeResultSchema } from './pre-trade.ts';
import { spreadParamsSchema, spreadResultSchema } from './spread.ts';
import { systemStatusParamsSchema, systemStatusResultSchema } from './system-status.ts';
import { tickerParamsSchema, tickerResultSchema } from './ticker.ts';
import { timeParamsSchema, timeResultSchema } from './time.ts';
import { tradesParamsSchema, tradesResultSchema } from './trades.ts';

/** Market data: open to all, but for the orders of the book. */
export const marketEndpoints = {
  Time: publicEndpoint('Time', timeParamsSchema, timeResultSchema),
  SystemStatus: publicEndpoint('SystemStatus', systemStatusParamsSchema, systemStatusResultSchema),
  Assets: publicEndpoint('Assets', assetsParamsSchema, assetsResultSchema),
  AssetPairs: publicEndpoint('AssetPairs', assetPairsParamsSchema, assetPairsResultSchema),
  Ticker: publicEndpoint('Ticker', tickerParamsSchema, tickerResultSchema),
  OHLC: publicEndpoint('OHLC', ohlcParamsSchema, ohlcResultSchema),
  Depth: publicEndpoint('Depth', depthParamsSchema, depthResultSchema),
  GroupedBook: publicEndpoint('GroupedBook', groupedBookParamsSchema, groupedBookResultSchema),
  Trades: publicEndpoint('Trades', tradesParamsSchema, tradesResultSchema),
  Spread: publicEndpoint('Spread', spreadParamsSchema, spreadResultSchema),
  PreTrade: publicEndpoint('PreTrade', preTradeParamsSchema, preTradeResultSchema),
  PostTrade: publicEndpoint('PostTrade', postTradeParamsSchema, postTradeResultSchema),
  Level3: privateQuery('Level3', level3ParamsSchema, level3ResultSchema, ['query-open-trades']),
};
