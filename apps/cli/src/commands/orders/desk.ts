import { createInstruments, createSpotOrders, type SpotClient, type SpotOrders } from '@kr/rest';
import type { Session } from '../../session.ts';
import { type Listing, loadListing } from '../../symbols/listing.ts';

/** Where orders are placed from: signed, checked against their instruments, never sent twice. */
export interface Desk {
  readonly client: SpotClient;
  readonly listing: Listing;
  readonly instruments: ReturnType<typeof createInstruments>;
  readonly orders: SpotOrders;
}

export const openDesk = async (session: Session): Promise<Desk> => {
  const { io } = session;
  const client = await session.spot('private');
  const listing = await loadListing(client, io.interrupted);
  const instruments = createInstruments(listing.bodies);
  const orders = createSpotOrders({
    client,
    timers: io.timers,
    instruments,
    // Written down before it is sent: whoever is interrupted can ask for it by this name.
    onIntent: ({ clientOrderId }) => session.note(`sending, as client order ${clientOrderId}`),
  });
  return { client, listing, instruments, orders };
};

/** Kraken's own order ids; everything else is a client order id. */
const ORDER_ID = /^O[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/;

/** How a request names an order. */
export const idParams = (id: string): { txid: string } | { cl_ord_id: string } =>
  ORDER_ID.test(id) ? { txid: id } : { cl_ord_id: id };
