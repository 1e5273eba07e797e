/** https://docs.kraken.com/api/docs/rest-api/add-order */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { orderTypeSchema, relativePriceSchema, sideSchema, tokenizedPairSchema } from './fields.ts';

/**
 * Placed for each fill of its parent, on the other side. As form keys: `close[ordertype]`…
 * https://docs.kraken.com/api/docs/rest-api/add-order
 */
export const closeOrderSchema = openObject({
  ordertype: openEnum([
    'limit',
    'iceberg',
    'stop-loss',
    'take-profit',
    'stop-loss-limit',
    'take-profit-limit',
    'trailing-stop',
    'trailing-stop-limit',
  ]),
  price: z.optional(relativePriceSchema),
  price2: z.optional(relativePriceSchema),
});
export type CloseOrder = z.output<typeof closeOrderSchema>;

/** One order, as AddOrder and AddOrderBatch take it. */
export const newOrderFields = {
  ordertype: orderTypeSchema,
  type: sideSchema,
  /** Base units; 0 closes a position. */
  volume: decimalStringSchema,
  /** Of an iceberg: at least a fifteenth of `volume`. */
  displayvol: z.optional(decimalStringSchema),
  /** The limit, or the trigger of stop, take-profit and trailing orders. */
  price: z.optional(relativePriceSchema),
  /** The limit of the `-limit` kinds of those. */
  price2: z.optional(relativePriceSchema),
  /** `last` when absent. */
  trigger: z.optional(openEnum(['index', 'last'])),
  /** `5`, `none`. */
  leverage: z.optional(z.string()),
  reduce_only: z.optional(z.boolean()),
  /** With hyphens here, with underscores on the sockets; `cancel-newest` when absent. */
  stptype: z.optional(openEnum(['cancel-newest', 'cancel-oldest', 'cancel-both'])),
  /** Comma-separated: `post`, `fcib`, `fciq`, `viqc`. */
  oflags: z.optional(z.string()),
  /** `GTC` when absent. */
  timeinforce: z.optional(openEnum(['GTC', 'IOC', 'FOK', 'GTD'])),
  /** Unix seconds, or `+` and seconds from now. */
  starttm: z.optional(z.string()),
  /** Unix seconds, or `+` and seconds from now: 5 s to a month. */
  expiretm: z.optional(z.string()),
  /** Not beside `cl_ord_id`. */
  userref: z.optional(integerSchema),
  /** A UUID, 32 hex digits or at most 18 ASCII characters. */
  cl_ord_id: z.optional(z.string()),
  close: z.optional(closeOrderSchema),
};

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const addOrderParamsSchema = openObject({
  ...newOrderFields,
  /** Id or altname. */
  pair: z.string(),
  asset_class: tokenizedPairSchema,
  /** 2 s to 60 s from now. */
  deadline: z.optional(timestampSchema),
  /** True: checked, not placed; the answer has no `txid`. */
  validate: z.optional(z.boolean()),
  broker: z.optional(z.nullable(z.string())),
});
export type AddOrderParams = z.output<typeof addOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const orderTextsSchema = openObject({
  /** In words. */
  order: z.string(),
  close: z.optional(z.string()),
});
export type OrderTexts = z.output<typeof orderTextsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-order */
export const addOrderResultSchema = openObject({
  descr: orderTextsSchema,
  txid: z.optional(z.array(z.string())),
  cl_ord_id: z.optional(z.string()),
});
export type AddOrderResult = z.output<typeof addOrderResultSchema>;
