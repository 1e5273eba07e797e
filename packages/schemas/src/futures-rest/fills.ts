/** https://docs.kraken.com/api/docs/futures-api/trading/get-fills */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal, optionalText, sideSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fills */
export const fillsParamsSchema = openObject({
  /** ISO 8601: the 100 fills before it. */
  lastFillTime: z.optional(z.string()),
});
export type FillsParams = z.output<typeof fillsParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fills */
export const fillSchema = openObject({
  fill_id: z.string(),
  order_id: z.string(),
  cliOrdId: optionalText,
  cli_ord_id: optionalText,
  symbol: z.string(),
  side: sideSchema,
  size: decimalSchema,
  price: decimalSchema,
  fillTime: timestampSchema,
  fillType: openEnum([
    'maker',
    'taker',
    'liquidation',
    'partialLiquidation',
    'assignor',
    'assignee',
    'takerAfterEdit',
    'unwindBankrupt',
    'unwindCounterparty',
  ]),
  // Seen, not documented.
  fee_paid: optionalDecimal,
  fee_currency: optionalText,
});
export type Fill = z.output<typeof fillSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fills */
export const fillsResultSchema = openObject({ ...successFields, fills: z.array(fillSchema) });
export type FillsResult = z.output<typeof fillsResultSchema>;
