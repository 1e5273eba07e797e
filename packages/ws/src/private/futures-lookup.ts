import type { ExecutionHistoryEvent } from '@kr/schemas/futures-rest';
import type { Fill } from './fill.ts';
import { fillOfExecution } from './futures-execution.ts';
import {
  type Found,
  foundInEvent,
  foundInExecution,
  foundInStatus,
  foundInTrigger,
  orderOfFound,
} from './futures-past.ts';
import type { TrackedOrder } from './order.ts';
import type { Known, OrderLookup } from './order-lookup.ts';
import type { FuturesOrderReader, HistoryPage, HistoryParams } from './order-reader.ts';

/** Ids in one request; how many are taken is not documented. */
const STATUS_SIZE = 50;

type Read<Event> = (params: HistoryParams, signal: AbortSignal) => Promise<HistoryPage<Event>>;

/**
 * Asks Futures REST, of orders by either socket of derivatives. orders/status knows what rests and what
 * ended in the last seconds; what ended before, the histories have: of orders, of those that waited for
 * a price, and of executions, for an order that was filled at once need not be among the first.
 */
export class FuturesLookup implements OrderLookup {
  readonly #reader: FuturesOrderReader;
  readonly #histories: readonly ((
    since: number | undefined,
    signal: AbortSignal,
  ) => AsyncGenerator<Found>)[];

  constructor(reader: FuturesOrderReader) {
    this.#reader = reader;
    this.#histories = [
      (since, signal) =>
        this.#found((page) => reader.orderHistory(page, { signal }), foundInEvent, since, signal),
      (since, signal) =>
        this.#found(
          (page) => reader.triggerHistory(page, { signal }),
          foundInTrigger,
          since,
          signal,
        ),
      (since, signal) => this.#found(this.#executions, foundInExecution, since, signal),
    ];
  }

  async orders(
    orderIds: readonly string[],
    sinceSeconds: number,
    known: Known,
    signal: AbortSignal,
  ): Promise<readonly TrackedOrder[]> {
    const found = new Map<string, Found>();
    for (let at = 0; at < orderIds.length; at += STATUS_SIZE) {
      const ids = orderIds.slice(at, at + STATUS_SIZE);
      const { orders } = await this.#reader.ordersStatus({ orderIds: ids }, { signal });
      for (const row of orders) found.set(row.order.orderId, foundInStatus(row));
    }
    const left = new Set(orderIds.filter((id) => found.get(id)?.isOpen !== false));
    for (const history of this.#histories) {
      if (left.size === 0) break;
      for await (const one of history(sinceSeconds * 1000, signal)) {
        // Newest first: an order's end comes before what led to it.
        if (one.isOpen || !left.delete(one.orderId)) continue;
        found.set(one.orderId, one);
        if (left.size === 0) break;
      }
    }
    // Open here, and not in the snapshot that is asked about: one of both is late, and says nothing.
    return [...found.values()]
      .filter(({ orderId, isOpen }) => !isOpen && orderIds.includes(orderId))
      .map((one) => orderOfFound(one, known(one.orderId)));
  }

  async fills(sinceSeconds: number, known: Known, signal: AbortSignal): Promise<readonly Fill[]> {
    const found: Fill[] = [];
    for await (const page of pages(this.#executions, sinceSeconds * 1000, signal)) {
      for (const { event } of page.elements) {
        const fill = fillOfExecution(event, page.accountUid, known);
        if (fill !== undefined) found.push(fill);
      }
    }
    return found.toReversed();
  }

  /** Where it is not among those that rest or ended just now, the newest page of each history is looked at. */
  async find(clientOrderId: string, signal: AbortSignal): Promise<TrackedOrder | undefined> {
    const { orders } = await this.#reader.ordersStatus({ cliOrdIds: [clientOrderId] }, { signal });
    const row = orders.find(({ order }) => order.cliOrdId === clientOrderId);
    if (row !== undefined) return orderOfFound(foundInStatus(row), undefined);
    for (const history of this.#histories) {
      for await (const one of history(undefined, signal)) {
        if (one.clientOrderId === clientOrderId) return orderOfFound(one, undefined);
      }
    }
    return undefined;
  }

  readonly #executions: Read<ExecutionHistoryEvent> = (params, signal) =>
    this.#reader.executionHistory(params, { signal });

  async *#found<Event>(
    read: Read<Event>,
    findIn: (event: Event, atMs: number, accountUid: string | undefined) => Found | undefined,
    since: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Found> {
    for await (const { elements, accountUid } of pages(read, since, signal)) {
      for (const { event, timestamp } of elements) {
        const found = findIn(event, timestamp, accountUid);
        if (found !== undefined) yield found;
      }
      if (since === undefined) return;
    }
  }
}

async function* pages<Event>(
  read: Read<Event>,
  since: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<HistoryPage<Event>> {
  const params: HistoryParams = { sort: 'desc', ...(since === undefined ? {} : { since }) };
  let token: string | undefined;
  do {
    const asked: HistoryParams =
      token === undefined ? params : { ...params, continuation_token: token };
    const page = await read(asked, signal);
    yield page;
    // The same again would go round for ever.
    token = page.continuationToken === token ? undefined : page.continuationToken;
  } while (token !== undefined && token !== '');
}
