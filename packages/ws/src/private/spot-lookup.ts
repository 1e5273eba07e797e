import type { AccountTrade } from '@kr/schemas/rest';
import { type Fill, fillOfTrade } from './fill.ts';
import type { TrackedOrder } from './order.ts';
import type { Known, OrderLookup } from './order-lookup.ts';
import { orderOfRest } from './order-of-rest.ts';
import type { SpotOrderReader } from './order-reader.ts';

/** QueryOrders takes at most so many. */
const QUERY_SIZE = 50;
/** A page of TradesHistory. */
const PAGE_SIZE = 50;

/** Asks Spot's REST. */
export class SpotLookup implements OrderLookup {
  readonly #reader: SpotOrderReader;

  constructor(reader: SpotOrderReader) {
    this.#reader = reader;
  }

  async orders(
    orderIds: readonly string[],
    _sinceSeconds: number,
    known: Known,
    signal: AbortSignal,
  ): Promise<readonly TrackedOrder[]> {
    const found: TrackedOrder[] = [];
    for (let at = 0; at < orderIds.length; at += QUERY_SIZE) {
      const txid = orderIds.slice(at, at + QUERY_SIZE).join(',');
      const orders = await this.#reader.queryOrders({ txid }, { signal });
      for (const [id, order] of Object.entries(orders)) {
        found.push(orderOfRest(id, order, known(id)));
      }
    }
    return found;
  }

  async fills(sinceSeconds: number, known: Known, signal: AbortSignal): Promise<readonly Fill[]> {
    const found = new Map<string, AccountTrade>();
    for (let ofs = 0; ; ofs += PAGE_SIZE) {
      const params = { start: sinceSeconds, ofs, without_count: true };
      const { trades } = await this.#reader.tradesHistory(params, { signal });
      const page = Object.entries(trades);
      // New fills move the pages on: some come twice, none is skipped.
      for (const [id, trade] of page) found.set(id, trade);
      if (page.length < PAGE_SIZE) break;
    }
    return [...found]
      .toSorted(([, one], [, other]) => Number(one.time) - Number(other.time))
      .map(([id, trade]) => fillOfTrade(id, trade, known(trade.ordertxid)));
  }

  /** Open ones are read first: one that closes in between is then among the closed. */
  async find(clientOrderId: string, signal: AbortSignal): Promise<TrackedOrder | undefined> {
    const params = { cl_ord_id: clientOrderId };
    const { open } = await this.#reader.openOrders(params, { signal });
    const { closed } = await this.#reader.closedOrders(
      { ...params, without_count: true },
      { signal },
    );
    // The filter is Kraken's; that it was kept is checked here.
    const [own] = Object.entries({ ...open, ...closed }).filter(
      ([, order]) => order.cl_ord_id === clientOrderId,
    );
    return own === undefined ? undefined : orderOfRest(...own, undefined);
  }
}
