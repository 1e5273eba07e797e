/** The words that several endpoints share. */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';

export const sideSchema = openEnum(['buy', 'sell']);

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

export const assetClassSchema = openEnum(['currency', 'tokenized_asset']);

/** Whether tokenized assets count in terms of the share or of the token; the share when absent. */
export const rebaseMultiplierSchema = z.optional(z.nullable(openEnum(['rebased', 'base'])));

/** Required for xStocks pairs. */
export const tokenizedPairSchema = z.optional(openEnum(['tokenized_asset']));

export { relativePriceSchema } from '../primitives/index.ts';
