import type { Account } from './account.ts';
import type { Clearing } from './clearing.ts';
import type { FeeRates } from './fees.ts';
import type { Market } from './market.ts';
import type { PriceRule, Trigger } from './trigger.ts';

export type Side = 'buy' | 'sell';

export const ORDER_TYPES = [
  'limit',
  'market',
  'iceberg',
  'stop-loss',
  'stop-loss-limit',
  'take-profit',
  'take-profit-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'settle-position',
] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

export type TimeInForce = 'gtc' | 'gtd' | 'ioc' | 'fok';
export type SelfTradePrevention = 'cancel_newest' | 'cancel_oldest' | 'cancel_both';

export type OrderStatus =
  | 'pending_new'
  | 'new'
  | 'partially_filled'
  | 'filled'
  | 'canceled'
  | 'expired';

/** The order that each fill of its parent places, on the other side. */
export interface ConditionalClose {
  readonly type: OrderType;
  readonly limit: PriceRule | undefined;
  readonly trigger: PriceRule | undefined;
}

/** An order from its acceptance to its end. Only the exchange changes it; everybody else reads. */
export interface Order {
  readonly id: string;
  readonly account: Account;
  readonly market: Market;
  /** How it is paid for; absent: in the market's two assets. */
  readonly clearing: Clearing | undefined;
  /** Of an order on margin: how many times its margin it may move. */
  readonly leverage: number | undefined;
  /** The exchange's own, which closes what an account can carry no longer. */
  readonly isLiquidation: boolean;
  /** Counts all orders of the exchange: who came first. */
  readonly entry: number;
  readonly side: Side;
  readonly type: OrderType;
  readonly clientOrderId: string | undefined;
  readonly userReference: number | undefined;
  readonly senderSubId: string | undefined;
  /** The order that this one closes. */
  readonly parentId: string | undefined;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  readonly selfTrade: SelfTradePrevention;
  readonly feeAsset: 'base' | 'quote';
  /** Of the account's tier when the order came; held funds cover the higher one. */
  readonly rates: FeeRates;
  readonly close: ConditionalClose | undefined;
  /** In the quote asset's accounting scale: spent as far as it goes, in place of a quantity. */
  readonly cash: bigint | undefined;
  readonly startNs: bigint | undefined;
  readonly expireNs: bigint | undefined;
  readonly openNs: bigint;
  postOnly: boolean;
  /** Ordered, in lots; 0 for cash. */
  lots: bigint;
  limitTicks: number | undefined;
  displayLots: bigint | undefined;
  trigger: Trigger | undefined;
  status: OrderStatus;
  filledLots: bigint;
  /** Sum of ticks × lots of all fills: exact. */
  filledValue: bigint;
  /** Settled, in the quote asset's scale. */
  cost: bigint;
  fees: { readonly base: bigint; readonly quote: bigint };
  readonly tradeIds: string[];
  readonly ledgerIds: string[];
  amends: Amend[];
  reason: string | undefined;
  changedNs: bigint;
  closedNs: bigint | undefined;
  /** What of the account is kept for it. */
  held: bigint;
  // Its place in the book.
  level: Level | undefined;
  previous: Order | undefined;
  next: Order | undefined;
  visibleLots: bigint;
  /** When it joined the end of its queue: never the same twice in a market. */
  queueNs: bigint;
}

/** One state of an order, as OrderAmends lists them. */
export interface Amend {
  readonly id: string;
  readonly kind: 'original' | 'user' | 'restated';
  readonly atNs: bigint;
  readonly lots: bigint;
  readonly remainingLots: bigint;
  readonly limitTicks: number | undefined;
  readonly displayLots: bigint | undefined;
  readonly triggerTicks: number | undefined;
  readonly postOnly: boolean;
}

/** One price of one side and its queue, the first to trade at the head. */
export interface Level {
  readonly ticks: number;
  head: Order | undefined;
  tail: Order | undefined;
  /** What can be seen of it. */
  lots: bigint;
  count: number;
  /** Its price and lots as a checksum reads them, when somebody asked; `undefined` after each change. */
  digits: string | undefined;
}

export const remainingLots = (order: Order): bigint => order.lots - order.filledLots;

export function isOpen({ status }: Order): boolean {
  return status === 'pending_new' || status === 'new' || status === 'partially_filled';
}

/** True for what trades at any price once it trades. */
export function isMarketType(type: OrderType): boolean {
  return (
    type === 'market' || type === 'stop-loss' || type === 'take-profit' || type === 'trailing-stop'
  );
}

export function isTriggered(type: OrderType): boolean {
  return type.startsWith('stop') || type.startsWith('take') || type.startsWith('trailing');
}
