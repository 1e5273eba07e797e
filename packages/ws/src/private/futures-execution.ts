import type {
  ExecutionHistoryEvent,
  HistoricalExecution,
  HistoricalOrder,
} from '@kr/schemas/futures-rest';
import type { Fill } from './fill.ts';
import { textOf, timeOf } from './futures-fields.ts';
import type { Known } from './order-lookup.ts';

interface Side {
  readonly order: HistoricalOrder;
  readonly liquidity: 'maker' | 'taker' | undefined;
  readonly fee: string | undefined;
}

/** Newer pages have the account's side alone; of older ones, which have both, it is the one with its uid. */
export function ownSideOf(
  execution: HistoricalExecution,
  accountUid: string | undefined,
): Side | undefined {
  const { order, orderData, executionType, makerOrder, takerOrder } = execution;
  if (order !== undefined) {
    return { order, liquidity: LIQUIDITY.get(executionType ?? ''), fee: orderData?.fee };
  }
  const isMaker =
    takerOrder === undefined || (makerOrder !== undefined && makerOrder.accountUid === accountUid);
  const own = isMaker ? makerOrder : takerOrder;
  if (own === undefined) return undefined;
  const { makerOrderData, takerOrderData } = execution;
  return isMaker
    ? { order: own, liquidity: 'maker', fee: makerOrderData?.fee }
    : { order: own, liquidity: 'taker', fee: takerOrderData?.fee };
}

const LIQUIDITY: ReadonlyMap<string, 'maker' | 'taker'> = new Map([
  ['maker', 'maker'],
  ['taker', 'taker'],
]);

/** The same fill as the sockets tell it: its id there is the execution's uid. None of an execution between others. */
export function fillOfExecution(
  { Execution: { execution } }: ExecutionHistoryEvent,
  accountUid: string | undefined,
  known: Known,
): Fill | undefined {
  const own = ownSideOf(execution, accountUid);
  if (own === undefined) return undefined;
  const { order, liquidity, fee } = own;
  const asset = feeAssetOf(order.tradeable);
  return {
    executionId: execution.uid,
    tradeId: undefined,
    orderId: order.uid,
    clientOrderId: known(order.uid)?.clientOrderId ?? textOf(order.clientId),
    symbol: order.tradeable,
    side: order.direction.toLowerCase(),
    quantity: execution.quantity,
    price: execution.price,
    cost: undefined,
    fees: asset === undefined || fee === undefined ? [] : [{ asset, qty: fee }],
    liquidity,
    time: timeOf(execution.timestamp),
    isRecovered: true,
    receivedAt: undefined,
  };
}

/** A history does not name it: linear contracts are settled in what they are quoted in, inverse ones in their base. */
function feeAssetOf(symbol: string): string | undefined {
  const [, kind, base, quote] = /^[PF]([FI])_([A-Z0-9]+)(USD)(?:_|$)/.exec(symbol) ?? [];
  return kind === 'I' ? base : quote;
}
