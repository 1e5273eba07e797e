/** https://docs.kraken.com/exchange/api-reference/unified-websocket */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';

/**
 * `derivatives` alone works until Spot joins, planned for the first quarter of 2027.
 * https://docs.kraken.com/exchange/api-reference/unified-websocket
 */
export const assetClassSchema = openEnum(['spot', 'derivatives']);

/**
 * Of channels that Spot has not.
 * https://docs.kraken.com/exchange/api-reference/unified-websocket
 */
export const derivativesClassSchema = openEnum(['derivatives']);

/** Whether frames repeat it is not documented. */
export const assetClassEcho = { asset_class: z.optional(assetClassSchema) };
