/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject, timestampSchema } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal, optionalText, sideSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders */
export const openOrdersParamsSchema = openObject({});
export type OpenOrdersParams = z.output<typeof openOrdersParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders */
export const openOrderSchema = openObject({
  order_id: z.string(),
  cliOrdId: optionalText,
  status: openEnum(['untouched', 'partiallyFilled']),
  side: sideSchema,
  orderType: openEnum(['lmt', 'stop', 'take_profit', 'trailing_stop']),
  symbol: z.string(),
  limitPrice: optionalDecimal,
  stopPrice: optionalDecimal,
  filledSize: decimalSchema,
  unfilledSize: decimalSchema,
  reduceOnly: z.boolean(),
  triggerSignal: z.optional(z.nullable(openEnum(['mark', 'last', 'spot']))),
  lastUpdateTime: timestampSchema,
  receivedTime: timestampSchema,
});
export type OpenOrder = z.output<typeof openOrderSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders */
export const openOrdersResultSchema = openObject({
  ...successFields,
  openOrders: z.array(openOrderSchema),
});
export type OpenOrdersResult = z.output<typeof openOrdersResultSchema>;
