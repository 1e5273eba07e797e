/**
 * The v1 sockets of Kraken Spot, frozen and still running, with all that the v2 client does for its
 * connections.
 *
 * @packageDocumentation
 */
export {
  createSpotV1Client,
  type SpotV1Channel,
  type SpotV1Client,
  type SpotV1Message,
  type SpotV1Params,
  spotV1Urls,
} from './create-client.ts';
