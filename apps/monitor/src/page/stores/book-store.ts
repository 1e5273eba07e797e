import { applySide, emptySide, type Side, type SideLevels } from '../../protocol/book-levels.ts';
import type { BookRecord, BookStatus } from '../../protocol/records.ts';

/** A status that lasts shorter than an eye needs is shown this long all the same. */
const SHOWN_MS = 1500;

/** One symbol's book as the server told it, exact: prices in ticks, quantities in lots. */
export class BookStore {
  sequence = -1;
  checksum = 0;
  receivedAt = 0;
  pricePrecision = 0;
  quantityPrecision = 0;
  status: BookStatus = 'awaitingSnapshot';
  /** Raised with each change: who draws compares it. */
  revision = 0;
  bids: SideLevels = emptySide();
  asks: SideLevels = emptySide();
  readonly #now: () => number;
  #bad: { readonly status: BookStatus; readonly at: number } | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The status to show: a fault that came and went is still seen. */
  get shownStatus(): BookStatus {
    const bad = this.#bad;
    return bad !== undefined && this.#now() - bad.at < SHOWN_MS ? bad.status : this.status;
  }

  take(record: BookRecord): void {
    if (record.isSnapshot) {
      this.bids = record.bids;
      this.asks = record.asks;
    } else {
      this.bids = applySide(this.bids, record.bids, 'bids');
      this.asks = applySide(this.asks, record.asks, 'asks');
    }
    const wasVerified = this.status === 'verified';
    this.sequence = record.sequence;
    this.checksum = record.checksum;
    this.receivedAt = record.receivedAt;
    this.pricePrecision = record.pricePrecision;
    this.quantityPrecision = record.quantityPrecision;
    this.status = record.status;
    if (record.status !== 'verified' && (wasVerified || record.status !== 'awaitingSnapshot')) {
      this.#bad = { status: record.status, at: this.#now() };
    }
    this.revision += 1;
  }

  /** What was told is old now: the line to the server is down. */
  lose(): void {
    this.status = 'awaitingSnapshot';
    this.revision += 1;
  }

  side(side: Side): SideLevels {
    return side === 'bids' ? this.bids : this.asks;
  }
}
