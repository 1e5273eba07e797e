/**
 * Every endpoint of Spot REST.
 *
 * @packageDocumentation
 */
import { accountEndpoints } from './account-endpoints.ts';
import type { SpotEndpoint } from './endpoint.ts';
import { fundingEndpoints } from './funding-endpoints.ts';
import { marketEndpoints } from './market-endpoints.ts';
import { tradingEndpoints } from './trading-endpoints.ts';

/** By the last part of the path, as Kraken names them: `AddOrder`, `Earn/Allocate`. */
export const spotEndpoints = {
  ...marketEndpoints,
  ...accountEndpoints,
  ...tradingEndpoints,
  ...fundingEndpoints,
} satisfies Readonly<Record<string, SpotEndpoint>>;

export type SpotEndpointName = keyof typeof spotEndpoints;
