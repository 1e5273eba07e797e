/**
 * The v1 socket of Kraken's futures, which ends on 1 March 2027.
 *
 * @packageDocumentation
 */
export {
  createFuturesV1Client,
  type FuturesV1Channel,
  type FuturesV1Client,
  type FuturesV1ClientOptions,
  type FuturesV1Message,
  type FuturesV1Params,
  futuresV1Urls,
} from './create-client.ts';
