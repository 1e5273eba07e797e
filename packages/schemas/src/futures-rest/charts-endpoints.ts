import {
  analyticsParamsSchema,
  analyticsResultSchema,
  liquidityPoolParamsSchema,
  liquidityPoolResultSchema,
} from './analytics.ts';
import {
  candlesParamsSchema,
  candlesResultSchema,
  chartSymbolsParamsSchema,
  chartSymbolsResultSchema,
  resolutionsParamsSchema,
  resolutionsResultSchema,
  tickTypesParamsSchema,
  tickTypesResultSchema,
} from './charts.ts';
import { endpointOf } from './endpoint.ts';
import { checkApiKeyParamsSchema, checkApiKeyResultSchema } from './key-check.ts';
import { selfMarketShareParamsSchema, selfMarketShareResultSchema } from './market-share.ts';

const chart = endpointOf('/api/charts/v1');
const statistic = endpointOf('/api/stats/v1');
const key = endpointOf('/api/auth/v1');

/** Candles, analytics, and what fits nowhere else. */
export const chartsEndpoints = {
  tickTypes: chart('GET /', 'public', tickTypesParamsSchema, tickTypesResultSchema),
  chartSymbols: chart(
    'GET /{tick_type}',
    'public',
    chartSymbolsParamsSchema,
    chartSymbolsResultSchema,
  ),
  resolutions: chart(
    'GET /{tick_type}/{symbol}',
    'public',
    resolutionsParamsSchema,
    resolutionsResultSchema,
  ),
  candles: chart(
    'GET /{tick_type}/{symbol}/{resolution}',
    'public',
    candlesParamsSchema,
    candlesResultSchema,
  ),
  analytics: chart(
    'GET /analytics/{symbol}/{analytics_type}',
    'public',
    analyticsParamsSchema,
    analyticsResultSchema,
  ),
  liquidityPool: chart(
    'GET /analytics/liquidity-pool',
    'public',
    liquidityPoolParamsSchema,
    liquidityPoolResultSchema,
  ),
  selfMarketShare: statistic(
    'GET /rebates/self-market-share',
    'read',
    selfMarketShareParamsSchema,
    selfMarketShareResultSchema,
  ),
  checkApiKey: key(
    'GET /api-keys/v3/check',
    'any',
    checkApiKeyParamsSchema,
    checkApiKeyResultSchema,
  ),
};
