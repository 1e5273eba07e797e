/**
 * Every endpoint of Futures REST, to be switched off on 1 March 2027. Importing this loads every
 * schema of them.
 *
 * @packageDocumentation
 */
import { accountEndpoints } from './account-endpoints.ts';
import { chartsEndpoints } from './charts-endpoints.ts';
import type { FuturesEndpoint } from './endpoint.ts';
import { historyEndpoints } from './history-endpoints.ts';
import { marketEndpoints } from './market-endpoints.ts';
import { rfqEndpoints } from './rfq-endpoints.ts';
import { tradingEndpoints } from './trading-endpoints.ts';

export const futuresEndpoints = {
  ...tradingEndpoints,
  ...marketEndpoints,
  ...accountEndpoints,
  ...rfqEndpoints,
  ...historyEndpoints,
  ...chartsEndpoints,
} satisfies Readonly<Record<string, FuturesEndpoint>>;

export type FuturesEndpointName = keyof typeof futuresEndpoints;
