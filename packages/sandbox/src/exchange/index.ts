/**
 * The exchange itself: orders, books, money. No clock, no timer, no socket, no randomness: every
 * call brings its time, ids come from a salt, and the same calls give the same results.
 *
 * **What comes out.** Each operation (an order, a cancel, a switch that strikes, a step of the
 * synthetic market) ends with one call of `publish(batch)`. The batch is consistent: funds add up,
 * books do not cross, whatever followed from the operation (conditional closes, triggered stops) is
 * in it. Nothing is published in between. It holds
 *
 * - `markets`: for each market that was touched
 *   - `changes`, its book order by order, in the order in which they happened (`add`, `modify` in
 *     place, `delete`; an order that loses its place is a delete and an add). `queueNs` never
 *     repeats in a market and grows along each queue; `levelLots` is the level's new total, which is
 *     all that an L2 feed needs;
 *   - `trades`, one a fill, `id` counting up by one in each market;
 * - `reports`: what the executions channel tells, order by order. A report is a copy of the order's
 *   state of that moment (its `order` is the live object, for what never changes). `sequence` counts
 *   an account's reports without a hole. An order's life is `pending_new`, `new`, then `trade`,
 *   `iceberg_refill`, `amended`, `status` (a trigger that moved or fired), and exactly one end:
 *   `filled`, `canceled` or `expired`;
 * - `ledger`: balance changes; a fill makes two for each of its accounts, of one `refId`;
 * - `states`: markets whose trading state changed.
 *
 * Integers are scaled: `ticks` and `lots` by the instrument's precisions, amounts by
 * `exchange.scales` of their asset. `lots × ticks` is exact; what is settled is rounded down to the
 * quote's scale, once, and buyer and seller settle the same number.
 *
 * **Time.** `nextDueNs` says when `advance` has something to do (expiries, scheduled orders, dead
 * man's switches); whoever owns the timers calls it then.
 *
 * **House accounts** (`openAccount(…, true)`) are the synthetic market's: they may owe, pay no fees,
 * trade with themselves, and leave no history. `quote` and `withdraw` are theirs, `commit` publishes.
 *
 * **Contracts.** An exchange that is given a `clearing` trades contracts on margin: who may place what,
 * and what a fill does to whom, is then the clearing's. Without one fills are paid in two assets.
 *
 * **Margin.** Orders of Spot with a `leverage` open positions, which opposite ones close: see
 * `margin/margin-clearing.ts`. After each operation who cannot carry what he holds is closed out.
 *
 * The index price is the middle of the book.
 */
export { Account, type AccountTrade, type LedgerEntry } from './account.ts';
export type { AmendRequest } from './amend.ts';
export type { ContractClearing } from './clearing.ts';
export type { OrderRequest, PriceText } from './draft.ts';
export type {
  Batch,
  BookChange,
  ExecutionReport,
  MarketChanges,
  Trade,
} from './events.ts';
export { Exchange } from './exchange.ts';
export { KRAKEN_FEES, tierOf } from './fees.ts';
export { IdSource, type Ids } from './ids.ts';
export type { ExchangeAsset, ExchangeInstrument } from './instrument.ts';
export {
  gainOf,
  type MarginPosition,
  marginOf,
  openCost,
  openLots,
} from './margin/position.ts';
export { leveragesOf, MARGIN_CALL, MARGIN_STOP, marginFeesOf } from './margin/terms.ts';
export { USD_SCALE } from './margin/valuation.ts';
export type { Market } from './market.ts';
export type { ExchangeOptions } from './options.ts';
export type { BookSide, OrderBook } from './order-book.ts';
export { REASONS, REFUSALS, Refusal } from './refusal.ts';
export type { Fill } from './settlement.ts';
export type { PriceRule } from './trigger.ts';
export {
  isOpen,
  type Level,
  ORDER_TYPES,
  type Order,
  type OrderType,
  type Side,
} from './types.ts';
