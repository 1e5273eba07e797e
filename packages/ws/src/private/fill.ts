import { isDecimal, toScaled } from '@kr/orderbook/decimal';
import type { Execution, ExecutionFee } from '@kr/schemas';
import type { AccountTrade } from '@kr/schemas/rest';
import { formatTimestamp, type ReceivedAt } from '@kr/schemas/shared';
import type { TrackedOrder } from './order.ts';

/** One execution of an order; each is told once. Quantities and prices are the wire's digits. */
export interface Fill {
  /** `exec_id` of the socket, the trade's id in REST. */
  readonly executionId: string;
  readonly tradeId: string | undefined;
  readonly orderId: string;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
  readonly side: string | undefined;
  readonly quantity: string;
  readonly price: string;
  /** In quote units. */
  readonly cost: string | undefined;
  readonly fees: readonly ExecutionFee[];
  readonly liquidity: 'maker' | 'taker' | undefined;
  /** The exchange's time, RFC 3339. */
  readonly time: string | undefined;
  /** It fell into a hole of the stream and was learned of afterwards, from a snapshot or from REST. */
  readonly isRecovered: boolean;
  /** When the message came that told it; absent of one from REST. */
  readonly receivedAt: ReceivedAt | undefined;
}

/** The fill in a report; `undefined` of a report that is of none. */
export function fillOf(
  row: Execution,
  order: TrackedOrder | undefined,
  receivedAt: ReceivedAt,
  isRecovered: boolean,
): Fill | undefined {
  const { exec_id: executionId, last_qty: quantity, last_price: price } = row;
  if (executionId === undefined || quantity === undefined || price === undefined) return undefined;
  return {
    executionId,
    tradeId: row.trade_id,
    orderId: row.order_id,
    clientOrderId: row.cl_ord_id ?? order?.clientOrderId,
    symbol: row.symbol ?? order?.symbol,
    side: row.side ?? order?.side,
    quantity,
    price,
    cost: row.cost,
    fees: row.fees ?? [],
    liquidity: LIQUIDITY.get(row.liquidity_ind ?? ''),
    time: row.timestamp,
    isRecovered,
    receivedAt,
  };
}

/** The same as REST tells it, which names neither the symbol nor the currency of the fee. */
export function fillOfTrade(
  executionId: string,
  trade: AccountTrade,
  order: TrackedOrder | undefined,
): Fill {
  const asset = feeAssetOf(order);
  return {
    executionId,
    tradeId: trade.trade_id,
    orderId: trade.ordertxid,
    clientOrderId: order?.clientOrderId,
    symbol: order?.symbol,
    side: trade.type,
    quantity: trade.vol,
    price: trade.price,
    cost: trade.cost,
    fees: asset === undefined ? [] : [{ asset, qty: trade.fee }],
    liquidity: trade.maker ? 'maker' : 'taker',
    time: timeOfSeconds(trade.time),
    isRecovered: true,
    receivedAt: undefined,
  };
}

const LIQUIDITY: ReadonlyMap<string, 'maker' | 'taker'> = new Map([
  ['m', 'maker'],
  ['t', 'taker'],
]);

function feeAssetOf(order: TrackedOrder | undefined): string | undefined {
  const [base, quote] = order?.symbol?.split('/') ?? [];
  return order?.report.fee_ccy_pref === 'fcib' ? base : quote;
}

/** `1688667796.8802` → RFC 3339. */
export function timeOfSeconds(seconds: string): string | undefined {
  if (!isDecimal(seconds)) return undefined;
  return formatTimestamp(toScaled(seconds, 9));
}
