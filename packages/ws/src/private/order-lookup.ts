import { WsError } from '../errors.ts';
import type { Venue } from '../protocol/protocol.ts';
import type { Fill } from './fill.ts';
import { FuturesLookup } from './futures-lookup.ts';
import type { TrackedOrder } from './order.ts';
import type { OrderReader } from './order-reader.ts';
import { SpotLookup } from './spot-lookup.ts';

/** What was known of an order before. */
export type Known = (orderId: string) => TrackedOrder | undefined;

/** Asks about one's own orders, whichever REST answers. It throws what its reader throws. */
export interface OrderLookup {
  /** How these orders stand; of those that are left out, nothing is known. None of them ended before `sinceSeconds`. */
  orders(
    orderIds: readonly string[],
    sinceSeconds: number,
    known: Known,
    signal: AbortSignal,
  ): Promise<readonly TrackedOrder[]>;
  /** All fills since then, oldest first. */
  fills(sinceSeconds: number, known: Known, signal: AbortSignal): Promise<readonly Fill[]>;
  /** The order with this client order id. */
  find(clientOrderId: string, signal: AbortSignal): Promise<TrackedOrder | undefined>;
}

const CLIENTS: Readonly<Record<Venue, string>> = {
  spot: 'createSpotClient',
  futures: 'createFuturesClient',
};

/** @throws WsError `INVALID_OPTION`: the one REST knows nothing of the other's orders */
export function lookupOf(reader: OrderReader, venue: Venue, what: string): OrderLookup {
  const own: Venue = 'ordersStatus' in reader ? 'futures' : 'spot';
  if (own !== venue) {
    throw new WsError(
      'INVALID_OPTION',
      `${what}: the reader is of ${own}, and the client's orders are of ${venue}. Give it one that ${CLIENTS[venue]} of @kr/rest makes.`,
      { option: 'reader' },
    );
  }
  return 'ordersStatus' in reader ? new FuturesLookup(reader) : new SpotLookup(reader);
}
