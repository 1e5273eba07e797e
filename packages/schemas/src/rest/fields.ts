/**
 * The words that several endpoints share.
 * https://docs.kraken.com/api/docs/rest-api/add-order
 */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const sideSchema = openEnum(['buy', 'sell']);

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const orderTypeSchema = openEnum([
  'market',
  'limit',
  'iceberg',
  'stop-loss',
  'take-profit',
  'stop-loss-limit',
  'take-profit-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'settle-position',
]);

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const assetClassSchema = openEnum(['currency', 'tokenized_asset']);

/**
 * Whether tokenized assets count in terms of the share or of the token; the share when absent.
 * https://docs.kraken.com/api/docs/rest-api/add-order
 */
export const rebaseMultiplierSchema = z.optional(z.nullable(openEnum(['rebased', 'base'])));

/**
 * Required for xStocks pairs.
 * https://docs.kraken.com/api/docs/rest-api/add-order
 */
export const tokenizedPairSchema = z.optional(openEnum(['tokenized_asset']));

export { relativePriceSchema } from '../primitives/index.ts';
