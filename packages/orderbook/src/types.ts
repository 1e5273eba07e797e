/** One price level, both numbers as the exchange prints them (`'45283.5'`, `'0.10000000'`). */
export interface Level {
  readonly price: string;
  readonly quantity: string;
}

/**
 * What became of a frame:
 * - `verified`: applied, and its checksum equals that of the book after it;
 * - `mismatch`: applied, and its checksum does not;
 * - `unchecked`: applied; it carries no checksum (a snapshot of the v1 feed);
 * - `awaitingSnapshot`: an update before any snapshot, not applied;
 * - `foreign`: not a book frame of this book (a heartbeat, an acknowledgement, another symbol).
 */
export type ApplyOutcome = 'verified' | 'mismatch' | 'unchecked' | 'awaitingSnapshot' | 'foreign';

/** What one message says of both sides; in an update of an L2 book, quantity 0 removes a level. */
export interface Entries<TEntry> {
  readonly bids: readonly TEntry[];
  readonly asks: readonly TEntry[];
  /** The exchange's CRC-32 of the book after this message, 0 to 4294967295. */
  readonly checksum?: number | undefined;
}

/** The levels of one message, best first. */
export type BookLevels = Entries<Level>;

/** A side of the book (not of an order or a trade: those are `buy` and `sell`). */
export type BookSide = 'bids' | 'asks';

/** Anything whose best levels can be read: a book, or a snapshot through `viewOf`. */
export interface BookView {
  /** The best `count` bids, best (highest) first; all without `count`. */
  bids(count?: number): readonly Level[];
  /** The best `count` asks, best (lowest) first; all without `count`. */
  asks(count?: number): readonly Level[];
}

/** A whole book as plain data, fit for JSON. */
export interface BookSnapshot<TEntry> {
  readonly symbol: string | undefined;
  readonly depth: number;
  readonly pricePrecision: number | undefined;
  readonly quantityPrecision: number | undefined;
  readonly bids: readonly TEntry[];
  readonly asks: readonly TEntry[];
  /** Of these levels or orders. */
  readonly checksum: number;
  readonly verified: boolean;
  readonly awaitingSnapshot: boolean;
}

export type L2Snapshot = BookSnapshot<Level>;
export type L3Snapshot = BookSnapshot<Order>;

/** One order of an L3 book. */
export interface Order {
  readonly orderId: string;
  readonly price: string;
  /** What of it is visible and unfilled. */
  readonly quantity: string;
  /** When it was inserted or last amended: RFC 3339 with nanoseconds. */
  readonly timestamp?: string | undefined;
}

/** A change to one order. A deletion needs no more than the id. */
export interface OrderEvent {
  readonly event: 'add' | 'modify' | 'delete';
  readonly orderId: string;
  readonly price?: string | undefined;
  readonly quantity?: string | undefined;
  readonly timestamp?: string | undefined;
}

/** The whole state of an L3 message: every order, best level first, in queue order. */
export type OrderSnapshotLevels = Entries<Order>;

export type OrderUpdateLevels = Entries<OrderEvent>;
