/** https://docs.kraken.com/exchange/api-reference/unified-ws/ledgers */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { assetClassSchema } from './asset-class.ts';

/**
 * One change of one balance or position. Its table of fields is not public.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/ledgers
 */
export const ledgerEntrySchema = openObject({ asset_class: assetClassSchema });
export type LedgerEntry = z.output<typeof ledgerEntrySchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ledgers */
export const ledgersFrameSchema = openObject({
  channel: z.literal('ledgers'),
  type: z.literal('update'),
  data: z.array(ledgerEntrySchema),
  /** Counts up by one a message of this connection; a jump is filled from REST Ledgers. */
  sequence: integerSchema,
});
export type LedgersFrame = z.output<typeof ledgersFrameSchema>;

/**
 * Takes neither `asset_class` nor `snapshot`.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/ledgers
 */
export const ledgersSubscribeParamsSchema = openObject({
  channel: z.literal('ledgers'),
  token: z.string(),
});
export type LedgersSubscribeParams = z.output<typeof ledgersSubscribeParamsSchema>;
