import { type ApplyOutcome, isOrderBookError } from '@kr/orderbook';
import { formatTimestamp } from '@kr/schemas/shared';
import { type Damage, formatPlace, type Place } from '../format/damage.ts';
import type { Subscription } from '../format/segment-header.ts';
import { type BookAcknowledgement, depthInHeader } from '../wire/book-depth.ts';
import { exchangeTimeNs } from '../wire/exchange-time.ts';
import type { BookKey, FrameKind } from '../wire/frame-kind.ts';
import { BookShelf, type ShelfBook } from './book-shelf.ts';
import type { FramePlace } from './frame-place.ts';
import type { SegmentTallies } from './segment-tallies.ts';
import { Tally } from './tally.ts';
import type { Hole, Mismatch } from './verify-report.ts';

/** What a judge must know of the recording, and whom it tells. */
export interface JudgeSink {
  readonly segments: SegmentTallies;
  /** Frames read so far, the one in hand included. */
  frames(): number;
  /** What the segment in hand says that was subscribed to. */
  subscriptions(): readonly Subscription[];
  /** Did the connection begin in segments that were deleted on purpose? */
  isCarriedOver(connectionId: number): boolean;
  onHole(hole: Hole): void;
  onDamage(damage: Damage): void;
}

/** Rebuilds every book and compares every checksum; keeps the counts of each symbol. */
export class BookJudge {
  readonly #sink: JudgeSink;
  readonly #shelf = new BookShelf();
  readonly #tallies = new Map<string, Tally>();
  readonly #unseen = new Set<string>();
  #carried = 0;
  #firstMismatch: Mismatch | undefined;

  constructor(sink: JudgeSink) {
    this.#sink = sink;
  }

  get tallies(): ReadonlyMap<string, Tally> {
    return this.#tallies;
  }

  /** Updates whose snapshots stood in segments that were deleted on purpose. */
  get carried(): number {
    return this.#carried;
  }

  get firstMismatch(): Mismatch | undefined {
    return this.#firstMismatch;
  }

  begin(connectionId: number): void {
    this.#shelf.begin(connectionId);
  }

  acknowledge(connectionId: number, acknowledged: BookAcknowledgement): void {
    this.#shelf.acknowledge(connectionId, acknowledged);
  }

  onBook(bytes: Uint8Array, at: FramePlace, key: BookKey, { isSnapshot }: FrameKind): void {
    const tally = this.tallyOf(key);
    if (isSnapshot) tally.snapshots += 1;
    else tally.updates += 1;
    let book = this.#shelf.get(at.connectionId, key);
    if (book === undefined) {
      if (!isSnapshot) {
        this.onUnseen(at, key, tally);
        return;
      }
      const inHeader = depthInHeader(this.#sink.subscriptions(), key);
      const made = this.#shelf.create(at.connectionId, key, bytes, inHeader);
      tally.addDepth(made.known);
      book = made.book;
    }
    this.#apply(book, bytes, at, key, tally, isSnapshot);
  }

  #apply(
    book: ShelfBook,
    bytes: Uint8Array,
    at: FramePlace,
    key: BookKey,
    tally: Tally,
    isSnapshot: boolean,
  ): void {
    let outcome: ApplyOutcome;
    try {
      outcome = book.apply(bytes);
    } catch (error) {
      if (!isOrderBookError(error)) throw error;
      tally.malformed += 1;
      this.tellMalformed(at, `is no whole book message: ${error.message}`);
      return;
    }
    switch (outcome) {
      case 'verified':
        tally.matched += 1;
        this.#sink.segments.of(at.segment).matched += 1;
        this.#onChecked(tally, key);
        break;
      case 'mismatch':
        this.#onMismatch(book, bytes, at, key, tally);
        this.#onChecked(tally, key);
        break;
      case 'unchecked':
        this.#onUnchecked(at, key, tally, isSnapshot);
        break;
      case 'awaitingSnapshot':
        this.onUnseen(at, key, tally);
        break;
      case 'foreign':
        tally.malformed += 1;
        this.tellMalformed(at, `is no message of the book of ${key.symbol}`);
        break;
    }
  }

  #onMismatch(
    book: ShelfBook,
    bytes: Uint8Array,
    at: FramePlace,
    key: BookKey,
    tally: Tally,
  ): void {
    tally.mismatched += 1;
    this.#sink.segments.of(at.segment).mismatched += 1;
    if (tally.firstMismatch !== undefined) return;
    const receivedNs = at.wallNs();
    const exchangeNs = exchangeTimeNs(bytes);
    tally.firstMismatch = {
      place: at.place(),
      frame: this.#sink.frames(),
      symbol: key.symbol,
      depth: book.depth,
      ...(receivedNs === undefined ? {} : { receivedAt: formatTimestamp(receivedNs) }),
      ...(exchangeNs === undefined ? {} : { exchangeTime: formatTimestamp(exchangeNs) }),
      expected: book.expectedChecksum ?? 0,
      computed: book.checksum(),
    };
    this.#firstMismatch ??= tally.firstMismatch;
  }

  /**
   * Every book message of v2 carries a checksum, and of v1 every update, unless the feed has none at all:
   * https://docs.kraken.com/api/docs/websocket-v1/book
   */
  #onUnchecked(at: FramePlace, key: BookKey, tally: Tally, isSnapshot: boolean): void {
    tally.unchecked += 1;
    const isV1 = key.depth !== undefined;
    if (isV1 && isSnapshot) return;
    if (!isV1 || tally.checked.has(key)) {
      this.#tellUnchecked(at.place(), 1, key, tally);
      return;
    }
    const before = tally.doubtful.get(key);
    tally.doubtful.set(key, {
      place: before?.place ?? at.place(),
      count: (before?.count ?? 0) + 1,
    });
  }

  /** The feed has checksums: what came without one before is a fault after all. */
  #onChecked(tally: Tally, key: BookKey): void {
    if (key.depth === undefined || tally.checked.has(key)) return;
    tally.checked.add(key);
    const doubtful = tally.doubtful.get(key);
    if (doubtful === undefined) return;
    tally.doubtful.delete(key);
    this.#tellUnchecked(doubtful.place, doubtful.count, key, tally);
  }

  #tellUnchecked(place: Place, count: number, { symbol }: BookKey, tally: Tally): void {
    tally.malformed += count;
    const more = count === 1 ? '' : ` and ${count - 1} more after it`;
    this.#tellMalformedAt(
      place,
      `is a book message of ${symbol} without a checksum${more}: nothing proves it`,
    );
  }

  /** An update without its snapshot cannot be judged; each such book is one hole. */
  onUnseen(at: FramePlace, { channel, symbol, depth }: BookKey, tally: Tally): void {
    tally.awaitingSnapshot += 1;
    if (this.#sink.isCarriedOver(at.connectionId)) {
      this.#carried += 1;
      return;
    }
    const name = `${at.connectionId} ${channel} ${symbol} ${depth ?? ''}`;
    if (this.#unseen.has(name)) return;
    this.#unseen.add(name);
    const place = at.place();
    this.#sink.onHole({
      kind: 'snapshot',
      place,
      connectionId: at.connectionId,
      symbol,
      message: `Updates of ${symbol} begin without a snapshot (${formatPlace(place)}): they cannot be judged.`,
    });
  }

  tellMalformed(at: FramePlace, text: string): void {
    this.#tellMalformedAt(at.place(), text);
  }

  #tellMalformedAt(place: Place, text: string): void {
    const isLine = place.line !== undefined;
    this.#sink.onDamage({
      kind: isLine ? 'line-malformed' : 'frame-malformed',
      ...place,
      bytes: 0,
      recordsLost: 0,
      message: `The frame in ${formatPlace(place)} ${text}; it is kept as it was received.`,
    });
  }

  tallyOf({ channel, symbol }: BookKey): Tally {
    const name = channel === 'book' ? symbol : `${symbol} level3`;
    let tally = this.#tallies.get(name);
    if (tally === undefined) {
      tally = new Tally();
      this.#tallies.set(name, tally);
    }
    return tally;
  }
}
