/**
 * Requests for quotes, in the paths of the published specification and in those of the 2026 pages
 * (`open-rfqs`), which were on the demo host alone. https://docs.kraken.com/api/docs/futures-api/trading/rf-qs
 */
import * as z from 'zod/mini';
import {
  decimalOrStringSchema,
  decimalSchema,
  decimalStringSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { successFields, successResultSchema } from './envelope.ts';
import { optionalDecimal } from './fields.ts';

const sideSchema = z.optional(
  z.nullable(z.array(openObject({ tradeable: z.string(), price: decimalSchema }))),
);
const statusSchema = z.optional(
  openEnum(['open', 'expired', 'cancelled', 'filled_bid_side', 'filled_ask_side']),
);

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqSchema = openObject({
  /** `uid` on the newer paths. */
  rfqUid: z.optional(z.string()),
  uid: z.optional(z.string()),
  expiry: z.string(),
  markPrice: decimalSchema,
  legs: z.array(
    openObject({
      symbol: z.string(),
      size: decimalSchema,
      markPrice: decimalSchema,
      bestBid: optionalDecimal,
      bestAsk: optionalDecimal,
    }),
  ),
  bestBid: optionalDecimal,
  bestAsk: optionalDecimal,
  bidSide: sideSchema,
  askSide: sideSchema,
  status: statusSchema,
});
export type Rfq = z.output<typeof rfqSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqOfferSchema = openObject({
  uid: z.string(),
  rfqUid: z.string(),
  placementDate: z.string(),
  lastUpdateDate: z.string(),
  bid: z.optional(z.nullable(decimalOrStringSchema)),
  ask: z.optional(z.nullable(decimalOrStringSchema)),
  bidSide: sideSchema,
  askSide: sideSchema,
  status: statusSchema,
});
export type RfqOffer = z.output<typeof rfqOfferSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqsParamsSchema = openObject({});
export type RfqsParams = z.output<typeof rfqsParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqsResultSchema = openObject({ ...successFields, rfqs: z.array(rfqSchema) });
export type RfqsResult = z.output<typeof rfqsResultSchema>;

/**
 * Of the path.
 * https://docs.kraken.com/api/docs/futures-api/trading/rf-qs
 */
export const rfqParamsSchema = openObject({ rfqUid: z.string() });
export type RfqParams = z.output<typeof rfqParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqResultSchema = openObject({ ...successFields, rfq: rfqSchema });
export type RfqResult = z.output<typeof rfqResultSchema>;

/**
 * Under either name.
 * https://docs.kraken.com/api/docs/futures-api/trading/rf-qs
 */
export const rfqOffersParamsSchema = openObject({});
export type RfqOffersParams = z.output<typeof rfqOffersParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const rfqOffersResultSchema = openObject({
  ...successFields,
  openOffers: z.optional(z.array(rfqOfferSchema)),
  offers: z.optional(z.array(rfqOfferSchema)),
});
export type RfqOffersResult = z.output<typeof rfqOffersResultSchema>;

const offerFields = {
  rfqUid: z.string(),
  bid: z.optional(decimalSchema),
  ask: z.optional(decimalSchema),
};

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const placeRfqOfferParamsSchema = openObject(offerFields);
export type PlaceRfqOfferParams = z.output<typeof placeRfqOfferParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const placeRfqOfferResultSchema = openObject({
  ...successFields,
  offerUid: z.optional(z.string()),
});
export type PlaceRfqOfferResult = z.output<typeof placeRfqOfferResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const replaceRfqOfferParamsSchema = openObject(offerFields);
export type ReplaceRfqOfferParams = z.output<typeof replaceRfqOfferParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const replaceRfqOfferResultSchema = successResultSchema;
export type ReplaceRfqOfferResult = z.output<typeof replaceRfqOfferResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const cancelRfqOfferParamsSchema = openObject({ rfqUid: z.string() });
export type CancelRfqOfferParams = z.output<typeof cancelRfqOfferParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const cancelRfqOfferResultSchema = successResultSchema;
export type CancelRfqOfferResult = z.output<typeof cancelRfqOfferResultSchema>;

/**
 * An object whose fields are not public.
 * https://docs.kraken.com/api/docs/futures-api/trading/rf-qs
 */
export const createRfqParamsSchema = openObject({ json: z.record(z.string(), z.unknown()) });
export type CreateRfqParams = z.output<typeof createRfqParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const createRfqResultSchema = successResultSchema;
export type CreateRfqResult = z.output<typeof createRfqResultSchema>;

const outcomeFields = {
  ...successFields,
  status: openEnum(['placed', 'cancelled', 'failed']),
  rfqUid: z.optional(z.string()),
  /** When it failed. */
  reason: z.optional(z.string()),
};

/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const cancelRfqParamsSchema = openObject({ rfqUid: z.string() });
export type CancelRfqParams = z.output<typeof cancelRfqParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const cancelRfqResultSchema = openObject(outcomeFields);
export type CancelRfqResult = z.output<typeof cancelRfqResultSchema>;

/**
 * Exactly one of the two prices.
 * https://docs.kraken.com/api/docs/futures-api/trading/rf-qs
 */
export const acceptRfqOfferParamsSchema = openObject({
  rfqUid: z.string(),
  bidAccepted: z.optional(decimalStringSchema),
  askAccepted: z.optional(decimalStringSchema),
});
export type AcceptRfqOfferParams = z.output<typeof acceptRfqOfferParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/trading/rf-qs */
export const acceptRfqOfferResultSchema = openObject(outcomeFields);
export type AcceptRfqOfferResult = z.output<typeof acceptRfqOfferResultSchema>;
