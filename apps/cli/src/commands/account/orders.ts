import { pagesOfClosedOrders, pagesOfTradesHistory } from '@kr/rest';
import type { Order } from '@kr/schemas/rest';
import type { Column, CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { type Listing, loadListing } from '../../symbols/listing.ts';
import { mostOf, take } from '../../take.ts';
import { isoOfSeconds } from '../../times.ts';
import { type HistoryOptions, rangeOf } from './history-range.ts';

export type { HistoryOptions } from './history-range.ts';

const ORDER_COLUMNS: readonly Column[] = [
  { key: 'id' },
  { key: 'pair' },
  { key: 'side' },
  { key: 'type' },
  { key: 'price', align: 'decimal' },
  { key: 'quantity', align: 'decimal' },
  { key: 'executed', align: 'decimal' },
  { key: 'status' },
  { key: 'opened' },
  { key: 'average_price', align: 'decimal' },
  { key: 'cost', align: 'decimal' },
  { key: 'fee', align: 'decimal' },
  { key: 'client_order_id' },
];

/** An order as every command shows it. */
export const rowOfOrder = (id: string, order: Order, listing: Listing) => ({
  id,
  pair: listing.find(order.descr.pair)?.symbol ?? order.descr.pair,
  side: order.descr.type,
  type: order.descr.ordertype,
  // A market order has none.
  price: /^0+(?:\.0+)?$/.test(order.descr.price) ? undefined : order.descr.price,
  quantity: order.vol,
  executed: order.vol_exec,
  status: order.status,
  opened: isoOfSeconds(order.opentm),
  average_price: order.price,
  cost: order.cost,
  fee: order.fee,
  client_order_id: order.cl_ord_id ?? undefined,
  reason: order.reason ?? undefined,
});

export const readOpenOrders = async (session: Session): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal } = session;
  const listing = await loadListing(client, signal);
  const { open } = await client.openOrders({}, { signal });
  const rows = Object.entries(open)
    .map(([id, order]) => rowOfOrder(id, order, listing))
    .toSorted((a, b) => b.opened.localeCompare(a.opened));
  return { columns: ORDER_COLUMNS, rows, empty: 'no open order' };
};

export const readClosedOrders = async (
  session: Session,
  options: HistoryOptions,
): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal, io } = session;
  const listing = await loadListing(client, signal);
  const pages = pagesOfClosedOrders(client, rangeOf(options, io), { signal });
  const rows = (async function* () {
    for await (const [id, order] of take(pages, mostOf(options))) {
      yield rowOfOrder(id, order, listing);
    }
  })();
  return { columns: ORDER_COLUMNS, rows, empty: 'no closed order' };
};

export const readFills = async (
  session: Session,
  options: HistoryOptions,
): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal, io } = session;
  const listing = await loadListing(client, signal);
  const pages = pagesOfTradesHistory(client, rangeOf(options, io), { signal });
  const rows = (async function* () {
    for await (const [id, fill] of take(pages, mostOf(options))) {
      yield {
        time: isoOfSeconds(fill.time),
        pair: listing.find(fill.pair)?.symbol ?? fill.pair,
        side: fill.type,
        price: fill.price,
        quantity: fill.vol,
        cost: fill.cost,
        fee: fill.fee,
        maker: fill.maker,
        id,
        order_id: fill.ordertxid,
      };
    }
  })();
  return {
    columns: [
      { key: 'time' },
      { key: 'pair' },
      { key: 'side' },
      ...['price', 'quantity', 'cost', 'fee'].map((key) => ({ key, align: 'decimal' }) as const),
      { key: 'maker' },
      { key: 'id' },
      { key: 'order_id' },
    ],
    rows,
    empty: 'no trade',
  };
};
