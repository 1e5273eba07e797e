import type { PrecisionOptions } from './precision.ts';

export interface L2BookOptions extends PrecisionOptions {
  /** As the wire spells it (`BTC/USD`; v1: `XBT/USD`). Absent: that of the first snapshot. */
  readonly symbol?: string | undefined;
  /** The subscribed depth: price levels a side, 1 to 10000. */
  readonly depth: number;
}

export type L3BookOptions = L2BookOptions;
