import { compareDecimals } from '@kr/orderbook/decimal';
import type { Execution } from '@kr/schemas';

/** `unknown`: it was open when the stream broke and is not any more; what became of it, nobody could say yet. */
export type OrderStatus =
  | 'pending_new'
  | 'new'
  | 'partially_filled'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'unknown'
  | (string & {});

/** One order, put together from all reports about it. Quantities and prices are the wire's digits. */
export interface TrackedOrder {
  readonly orderId: string;
  readonly clientOrderId: string | undefined;
  /** Absent of an order that was first heard of in its middle. */
  readonly symbol: string | undefined;
  readonly side: string | undefined;
  readonly orderType: string | undefined;
  readonly status: OrderStatus;
  readonly isOpen: boolean;
  /** In base units; absent of an order by its cost. */
  readonly quantity: string | undefined;
  readonly limitPrice: string | undefined;
  readonly filledQuantity: string;
  /** In quote units. */
  readonly filledCost: string | undefined;
  readonly averagePrice: string | undefined;
  /** Why it was canceled, amended or restated, in the exchange's words. */
  readonly reason: string | undefined;
  /** The exchange's time of the newest report. */
  readonly updatedAt: string | undefined;
  /** Everything that was reported of it, the newest of each field, under the names of the wire. */
  readonly report: Readonly<Partial<Execution>>;
}

const ENDS: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired']);
/** Of one fill, not of the order. */
const FILL_FIELDS: ReadonlySet<string> = new Set([
  ...['exec_id', 'trade_id', 'last_qty', 'last_price', 'cost', 'fees', 'liquidity_ind'],
  'ext_exec_id',
]);

/** How a report is to be taken. `update`: the next of a stream; `state`: how it stands, whatever was said before; `late`: it may be older than what is known. */
export type ReportKind = 'update' | 'state' | 'late';

/** The order after another report. What the report does not say stays as it was. */
export function mergeReport(
  order: TrackedOrder | undefined,
  row: Execution,
  kind: ReportKind,
): TrackedOrder {
  const isOld = order !== undefined && kind === 'late' && isBefore(row, order);
  const said = Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== undefined && !FILL_FIELDS.has(name)),
  ) as Partial<Execution>;
  const report = isOld ? { ...said, ...order.report } : { ...order?.report, ...said };
  const filled = isOld ? order.filledQuantity : filledOf(order, row, kind);
  // What has ended never opens again, whatever comes late.
  const status =
    order !== undefined && (isOld || (!order.isOpen && order.status !== 'unknown'))
      ? order.status
      : statusOf(row, order?.status);
  return {
    orderId: row.order_id,
    clientOrderId: report.cl_ord_id,
    symbol: report.symbol,
    side: report.side,
    orderType: report.order_type,
    status,
    isOpen: !ENDS.has(status) && status !== 'unknown',
    quantity: report.order_qty,
    limitPrice: report.limit_price,
    filledQuantity: filled,
    filledCost: report.cum_cost,
    averagePrice: report.avg_price,
    reason: report.reason,
    updatedAt: report.timestamp,
    report,
  };
}

/** A report of a fill says nothing of how the order stood before and after its row, where it stands in a snapshot. */
export function isFill({ exec_type: type, exec_id: id }: Execution): boolean {
  return type === 'trade' && id !== undefined;
}

/** An order goes one way through these; several reports can be of one moment. */
const PROGRESS: readonly OrderStatus[] = ['pending_new', 'new', 'partially_filled'];

function isBefore(row: Execution, { updatedAt, status }: TrackedOrder): boolean {
  if (row.timestamp === undefined || updatedAt === undefined) return false;
  if (row.timestamp !== updatedAt) return row.timestamp < updatedAt;
  return progressOf(statusOf(row, undefined)) < progressOf(status);
}

function progressOf(status: OrderStatus): number {
  const at = PROGRESS.indexOf(status);
  return at === -1 ? PROGRESS.length : at;
}

function filledOf(order: TrackedOrder | undefined, row: Execution, kind: ReportKind): string {
  const before = order?.filledQuantity ?? '0';
  const said = row.cum_qty;
  if (said === undefined) return before;
  if (kind === 'state') return said;
  // Fills only add up.
  return compareDecimals(said, before) < 0 ? before : said;
}

/** A trade says `partially_filled` even when it completes the order; of derivatives it may say `filled`. */
function statusOf(row: Execution, before: OrderStatus | undefined): OrderStatus {
  if (ENDS.has(row.exec_type)) return row.exec_type;
  return row.order_status ?? before ?? 'new';
}
