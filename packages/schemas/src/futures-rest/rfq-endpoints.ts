import { endpointOf } from './endpoint.ts';
import {
  acceptRfqOfferParamsSchema,
  acceptRfqOfferResultSchema,
  cancelRfqOfferParamsSchema,
  cancelRfqOfferResultSchema,
  cancelRfqParamsSchema,
  cancelRfqResultSchema,
  createRfqParamsSchema,
  createRfqResultSchema,
  placeRfqOfferParamsSchema,
  placeRfqOfferResultSchema,
  replaceRfqOfferParamsSchema,
  replaceRfqOfferResultSchema,
  rfqOffersParamsSchema,
  rfqOffersResultSchema,
  rfqParamsSchema,
  rfqResultSchema,
  rfqsParamsSchema,
  rfqsResultSchema,
} from './rfqs.ts';

const endpoint = endpointOf('/derivatives/api/v3');

/** Requests for quotes. */
export const rfqEndpoints = {
  rfqs: endpoint('GET /rfqs', 'public', rfqsParamsSchema, rfqsResultSchema),
  rfq: endpoint('GET /rfqs/{rfqUid}', 'public', rfqParamsSchema, rfqResultSchema),
  rfqOffers: endpoint(
    'GET /rfqs/open-offers',
    'read',
    rfqOffersParamsSchema,
    rfqOffersResultSchema,
  ),
  placeRfqOffer: endpoint(
    'POST /rfqs/{rfqUid}/place-offer',
    'read',
    placeRfqOfferParamsSchema,
    placeRfqOfferResultSchema,
  ),
  replaceRfqOffer: endpoint(
    'PUT /rfqs/{rfqUid}/replace-offer',
    'read',
    replaceRfqOfferParamsSchema,
    replaceRfqOfferResultSchema,
  ),
  cancelRfqOffer: endpoint(
    'DELETE /rfqs/{rfqUid}/cancel-offer',
    'read',
    cancelRfqOfferParamsSchema,
    cancelRfqOfferResultSchema,
  ),
  ownRfqs: endpoint('GET /rfqs/open-rfqs', 'read', rfqsParamsSchema, rfqsResultSchema),
  createRfq: endpoint('POST /rfqs/open-rfqs', 'full', createRfqParamsSchema, createRfqResultSchema),
  cancelRfq: endpoint(
    'DELETE /rfqs/open-rfqs/{rfqUid}',
    'full',
    cancelRfqParamsSchema,
    cancelRfqResultSchema,
  ),
  acceptRfqOffer: endpoint(
    'POST /rfqs/open-rfqs/accept-offer/{rfqUid}',
    'full',
    acceptRfqOfferParamsSchema,
    acceptRfqOfferResultSchema,
  ),
  closedRfqOffers: endpoint(
    'GET /rfqs/closed-offers',
    'read',
    rfqOffersParamsSchema,
    rfqOffersResultSchema,
  ),
  placeOffer: endpoint(
    'POST /rfqs/place-offer/{rfqUid}',
    'read',
    placeRfqOfferParamsSchema,
    placeRfqOfferResultSchema,
  ),
  cancelOffer: endpoint(
    'DELETE /rfqs/cancel-offer/{rfqUid}',
    'read',
    cancelRfqOfferParamsSchema,
    cancelRfqOfferResultSchema,
  ),
};
