/**
 * Orders over the private socket, whose outcome is known or said to be unknown.
 *
 * @packageDocumentation
 */
export { trading } from './create-trading.ts';
export type { DeadMansSwitch, DeadMansSwitchOptions } from './dead-mans-switch.ts';
export type { TradeOutcome, UnknownOutcome } from './outcome.ts';
export type {
  AddOptions,
  AmendParams,
  DeadlineOptions,
  EditParams,
  NewBatchOrder,
  NewOrder,
  OrderIntent,
  OrderName,
  Reconciled,
  ReconcileOptions,
  TradeCallOptions,
  Trading,
  TradingOptions,
} from './trading.ts';
