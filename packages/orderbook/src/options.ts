import { OrderBookError } from './errors.ts';

export interface PrecisionOptions {
  /**
   * The instrument's decimals, where known. Kraken prints every trailing zero, so they are learnt
   * from the wire; give them for a source that drops zeros (the checksum is made of them).
   */
  readonly pricePrecision?: number | undefined;
  readonly quantityPrecision?: number | undefined;
}

export interface L2BookOptions extends PrecisionOptions {
  /** As the wire spells it (`BTC/USD`; v1: `XBT/USD`). Absent: that of the first snapshot. */
  readonly symbol?: string | undefined;
  /** The subscribed depth: price levels a side, 1 to 10000. */
  readonly depth: number;
}

export type L3BookOptions = L2BookOptions;

export const MAX_DEPTH = 10_000;

/** The value, or INVALID_OPTION. */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OrderBookError(
    'INVALID_OPTION',
    `${option} is ${String(value)}: give a whole number from ${least} to ${most}.`,
    { option, value },
  );
}
