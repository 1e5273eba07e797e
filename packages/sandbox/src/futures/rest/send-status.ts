import { type Order, REASONS, REFUSALS, type Refusal } from '../../exchange/index.ts';
import { FUTURES_REFUSALS } from '../clearing.ts';

/** Refusals of the engine as an instruction's `status`. */
const STATUSES: Readonly<Record<string, string>> = {
  [REFUSALS.unknownPair]: 'marketInactive',
  [REFUSALS.unknownOrder]: 'notFound',
  [REFUSALS.invalidPrice]: 'invalidPrice',
  [REFUSALS.tickSize]: 'invalidPrice',
  [REFUSALS.invalid('price')]: 'invalidPrice',
  [REFUSALS.invalid('volume')]: 'invalidSize',
  [REFUSALS.invalid('order_qty')]: 'invalidSize',
  [REFUSALS.orderMinimum]: 'invalidSize',
  [REFUSALS.funds]: 'insufficientAvailableFunds',
  [REFUSALS.postOnly]: 'postWouldExecute',
  [REFUSALS.ordersLimit]: 'tooManyOrders',
  [REFUSALS.unavailable]: 'marketSuspended',
  [REFUSALS.mode('post_only')]: 'marketIsPostOnly',
  [REFUSALS.mode('cancel_only')]: 'marketSuspended',
  [FUTURES_REFUSALS.notReducing]: 'wouldNotReducePosition',
  [FUTURES_REFUSALS.positionSize]: 'maxPositionViolation',
};

export function statusOf({ error }: Refusal): string {
  return STATUSES[error] ?? 'invalidOrderType';
}

/** Why an order that was taken in and is over at once did nothing. */
const ENDS: Readonly<Record<string, string>> = {
  [REASONS.ioc]: 'iocWouldNotExecute',
  [REASONS.fok]: 'iocWouldNotExecute',
  [REASONS.liquidity]: 'iocWouldNotExecute',
  [REASONS.selfTrade]: 'selfFill',
  [REASONS.postOnly]: 'postWouldExecute',
  [REASONS.reduceOnly]: 'wouldNotReducePosition',
};

/** `placed` for what rests, waits or was filled, in part or whole. */
export function outcomeOf(order: Order): string {
  if (order.status !== 'canceled' || order.filledLots > 0n) return 'placed';
  return ENDS[order.reason ?? ''] ?? 'placed';
}

/** The same as the reason of a REJECT event. */
const REJECTIONS: Readonly<Record<string, string>> = {
  iocWouldNotExecute: 'IOC_WOULD_NOT_EXECUTE',
  selfFill: 'WOULD_EXECUTE_SELF',
  postWouldExecute: 'POST_WOULD_EXECUTE',
  wouldNotReducePosition: 'WOULD_NOT_REDUCE_POSITION',
};

export function rejectionOf(status: string): string {
  return REJECTIONS[status] ?? 'REJECTED_AFTER_EXECUTION';
}
