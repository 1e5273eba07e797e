import type { SideLevels } from './book-levels.ts';
import type { ControlMessage } from './control.ts';
import type { Scaled } from './scaled.ts';

/** Raised with each change of the format: a page that was built for another one says so. */
export const PROTOCOL_VERSION = 1;

/** What the page says of a book, and in this order on the wire. */
export const BOOK_STATUSES = [
  'verified',
  'unchecked',
  'awaitingSnapshot',
  'resyncing',
  'quarantined',
  'ended',
] as const;
export type BookStatus = (typeof BOOK_STATUSES)[number];

/** A book as it stands, or what changed since the record before it. */
export interface BookRecord {
  readonly type: 'book';
  /** Index into the instruments of the `instruments` message. */
  readonly symbol: number;
  readonly isSnapshot: boolean;
  readonly status: BookStatus;
  /** Messages applied to this book since its feed began. */
  readonly sequence: number;
  /** The exchange's checksum that the last message carried; 0 where none did. */
  readonly checksum: number;
  /** When that message was received, ms since the epoch. */
  readonly receivedAt: number;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly bids: SideLevels;
  readonly asks: SideLevels;
}

export interface TradeRow {
  /** ms since the epoch, the exchange's clock. */
  readonly time: number;
  readonly price: Scaled;
  readonly quantity: Scaled;
  /** Of the taker. */
  readonly side: 'buy' | 'sell';
}

export interface TradesRecord {
  readonly type: 'trades';
  readonly symbol: number;
  /** What is known of before, in place of what was there. */
  readonly isSnapshot: boolean;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly trades: readonly TradeRow[];
}

export interface CandleRow {
  /** Its beginning, ms since the epoch. */
  readonly time: number;
  readonly open: Scaled;
  readonly high: Scaled;
  readonly low: Scaled;
  readonly close: Scaled;
  readonly volume: Scaled;
}

export interface CandlesRecord {
  readonly type: 'candles';
  readonly symbol: number;
  /** Minutes. */
  readonly interval: number;
  readonly isSnapshot: boolean;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly candles: readonly CandleRow[];
}

/** A side of a column: prices in ticks, quantities as the nearest floats, best first. */
export interface ColumnSide {
  readonly ticks: Float64Array;
  readonly quantities: Float32Array;
}

/**
 * The book at one moment of its history, for what is drawn over time. A gap means that it was not proved
 * for some of the time since the column before; what it held then is not known.
 */
export interface ColumnRow {
  /** ms since the epoch. */
  readonly time: number;
  readonly isGap: boolean;
  readonly bids: ColumnSide;
  readonly asks: ColumnSide;
}

export interface ColumnsRecord {
  readonly type: 'columns';
  readonly symbol: number;
  readonly isSnapshot: boolean;
  readonly pricePrecision: number;
  readonly columns: readonly ColumnRow[];
}

/** What changes now and then: JSON. */
interface ControlRecord {
  readonly type: 'control';
  readonly message: ControlMessage;
}

export type ServerRecord =
  | BookRecord
  | TradesRecord
  | CandlesRecord
  | ColumnsRecord
  | ControlRecord;

/** One WebSocket message: what happened since the last one. */
export interface Batch {
  /** 1, 2, 3… of this connection; the page acknowledges it. */
  readonly number: number;
  readonly records: readonly ServerRecord[];
}
