import { formatTimestamp } from '@kr/schemas/shared';
import type { Row } from '../../output/result.ts';
import { rowsOfChannel } from './v2-stream.ts';
import { decimals, type Watched } from './watched.ts';

/** What the account's channels call otherwise than `kr` does. */
const NAMES: Readonly<Record<string, string>> = {
  timestamp: 'time',
  order_qty: 'quantity',
  limit_price: 'price',
  cum_qty: 'filled',
  cum_cost: 'filled_cost',
  avg_price: 'average_price',
  last_qty: 'last_quantity',
  display_qty: 'display_quantity',
  cl_ord_id: 'client_order_id',
  exec_type: 'event',
  order_status: 'status',
};

const renamed = (row: Readonly<Record<string, unknown>>): Row =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [NAMES[key] ?? key, value]));

/** Orders that are open, then everything that becomes of orders. */
export const executions: Watched = {
  keys: [],
  columns: [
    { key: 'time' },
    { key: 'event' },
    { key: 'status' },
    { key: 'symbol' },
    { key: 'side' },
    { key: 'order_type' },
    ...decimals('price', 'quantity', 'filled', 'last_price', 'last_quantity'),
    { key: 'order_id' },
    { key: 'client_order_id' },
  ],
  open: async (watching) => {
    const wanted = new Set(watching.symbols);
    return rowsOfChannel(
      await watching.session.sockets('private'),
      { channel: 'executions', snap_orders: true, snap_trades: false },
      ({ type, data, sequence, receivedAt }) =>
        data
          .filter(({ symbol }) => wanted.size === 0 || symbol === undefined || wanted.has(symbol))
          .map((report) => ({
            ...renamed(report),
            type,
            sequence,
            received_at: formatTimestamp(receivedAt.wallNs),
          })),
      watching,
    );
  },
};

/** What there is of each asset, then every change of it. */
export const balances: Watched = {
  keys: ['asset'],
  columns: [
    { key: 'asset' },
    ...decimals('balance', 'amount', 'fee'),
    { key: 'category' },
    { key: 'time' },
    { key: 'ref_id' },
  ],
  open: async (watching) => {
    const wanted = new Set(watching.symbols);
    return rowsOfChannel(
      await watching.session.sockets('private'),
      { channel: 'balances' },
      (message) => {
        const received_at = formatTimestamp(message.receivedAt.wallNs);
        const rows: readonly Readonly<Record<string, unknown>>[] = message.data;
        return rows
          .filter(({ asset }) => wanted.size === 0 || wanted.has(String(asset)))
          .map(({ type: kind, ...row }) => ({
            ...renamed(row),
            // What a ledger entry calls its type.
            ...(kind === undefined ? {} : { kind }),
            type: message.type,
            sequence: message.sequence,
            received_at,
          }));
      },
      watching,
    );
  },
};
