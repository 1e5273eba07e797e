import { type ApplyOutcome, isOrderBookError } from '@kr/orderbook';
import { formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { type Damage, formatPlace, type Place } from '../format/damage.ts';
import type { SegmentHeader } from '../format/segment-header.ts';
import { GapLedger } from '../read/gap-ledger.ts';
import { depthInHeader, parseBookAcknowledgement } from '../wire/book-depth.ts';
import { exchangeTimeNs } from '../wire/exchange-time.ts';
import {
  type BookKey,
  FrameClassifier,
  type FrameKind,
  isKnownChannel,
} from '../wire/frame-kind.ts';
import type { NumberedBook } from '../wire/futures-frame.ts';
import { BookShelf, type ShelfBook } from './book-shelf.ts';
import { BoundedList } from './bounded-list.ts';
import { ConnectionLedger } from './connection-ledger.ts';
import type { FramePlace } from './frame-place.ts';
import type { HashedSegment } from './manifest-check.ts';
import { NumberedBooks } from './numbered-books.ts';
import { remarksOn } from './remarks.ts';
import { SegmentTallies } from './segment-tallies.ts';
import { sumCounts, Tally } from './tally.ts';
import type { Hole, Mismatch, RecordingSummary, VerifyReport } from './verify-report.ts';

const MAX_LISTED = 1000;

/** What the verifier cannot know by itself. */
export interface ReadSummary
  extends Pick<RecordingSummary, 'path' | 'format' | 'live' | 'segments' | 'bytes'> {
  /** The exchange's times, for frames that do not say when they came. */
  readonly fromNs?: bigint | undefined;
  readonly toNs?: bigint | undefined;
}

/**
 * Rebuilds every book from frames in the order of the recording and compares every checksum. Holds no
 * file: whoever reads feeds it.
 */
export class Verifier {
  readonly #classifier = new FrameClassifier();
  readonly #gaps = new GapLedger();
  readonly #connections = new ConnectionLedger(this.#gaps);
  readonly #numbered = new NumberedBooks(this.#gaps);
  readonly #shelf = new BookShelf();
  readonly #tallies = new Map<string, Tally>();
  readonly #channels = new Map<string, number>();
  #run = { channel: '', count: 0 };
  readonly #damage = new BoundedList<Damage>(MAX_LISTED);
  readonly #holes = new BoundedList<Hole>(MAX_LISTED);
  readonly #unseen = new Set<string>();
  readonly #segments = new SegmentTallies();
  readonly #isShortened: boolean;
  #carried = 0;
  #recordsLost = 0;
  #frames = 0;
  #header: SegmentHeader | undefined;
  #firstNs: bigint | undefined;
  #lastNs: bigint | undefined;
  #firstMismatch: Mismatch | undefined;

  /** With `isShortened` the first segments were deleted on purpose. */
  constructor({ isShortened = false }: { readonly isShortened?: boolean } = {}) {
    this.#isShortened = isShortened;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Frames of no channel that this version knows, and those that are no message at all. */
  get unknown(): number {
    this.#endRun('');
    let unknown = 0;
    for (const [channel, count] of this.#channels) if (!isKnownChannel(channel)) unknown += count;
    return unknown;
  }

  onHeader(header: SegmentHeader): void {
    const isCut = this.#isShortened || header.incident !== undefined;
    if (isCut && this.#header === undefined) {
      this.#connections.carryOver(header.lastConnectionId);
    }
    this.#header = header;
  }

  onGap(gap: GapEvent, place: Place): void {
    this.#gaps.add(gap, place);
  }

  onDamage(damage: Damage): void {
    this.#damage.add(damage);
    this.#segments.of(damage.segment).damage += 1;
    this.#recordsLost += damage.recordsLost ?? 0;
  }

  onFrame(bytes: Uint8Array, at: FramePlace): void {
    this.#frames += 1;
    this.#segments.of(at.segment).frames += 1;
    const ns = at.wallNs();
    this.#firstNs ??= ns;
    this.#lastNs = ns ?? this.#lastNs;
    if (this.#connections.onFrame(at, ns)) this.#shelf.begin(at.connectionId);
    const kind = this.#classifier.classify(bytes);
    this.#count(kind.channel);
    if (kind.book !== undefined) this.#onBook(bytes, at, kind.book, kind);
    else if (kind.numbered !== undefined) this.#onNumbered(kind.numbered, kind.isSnapshot, at, ns);
    else if (kind.channel === 'ack') this.#onAcknowledgement(bytes, at.connectionId);
    else if (kind.channel === 'malformed') this.#tellMalformed(at, 'is no message of Kraken');
  }

  report(
    { fromNs, toNs, ...summary }: ReadSummary,
    hashed: readonly HashedSegment[] = [],
  ): VerifyReport {
    const firstNs = this.#firstNs ?? fromNs;
    const lastNs = this.#lastNs ?? toNs;
    let unlisted = 0;
    for (const found of [this.#connections.findHoles(), this.#numbered.findHoles()]) {
      for (const hole of found.holes) this.#addHole(hole);
      unlisted += found.unlisted;
    }
    this.#holes.addUnlisted(unlisted);
    const { frames: _books, ...counts } = sumCounts(this.#tallies.values());
    const { snapshots, updates, checksums, ...rest } = counts;
    this.#endRun('');
    const malformed = this.#channels.get('malformed') ?? 0;
    const unknown = this.unknown - malformed;
    const header = this.#header;
    return {
      frames: this.#frames,
      snapshots,
      updates,
      checksums,
      gaps: this.#gaps.list(),
      symbols: Object.fromEntries(
        [...this.#tallies].toSorted(byName).map(([symbol, tally]) => [symbol, tally.report()]),
      ),
      segments: this.#segments.reports(hashed, unlisted > 0),
      channels: Object.fromEntries([...this.#channels].toSorted(byName)),
      ...rest,
      malformed: rest.malformed + malformed,
      unknown,
      remarks: remarksOn({
        ...{ frames: this.#frames, unknown, carried: this.#carried, ...counts },
        numbered: [...this.#tallies.values()].reduce((sum, { numbered }) => sum + numbered, 0),
      }),
      ...(this.#firstMismatch === undefined ? {} : { firstMismatch: this.#firstMismatch }),
      holes: this.#holes.items,
      damage: this.#damage.items,
      totals: {
        holes: this.#holes.total,
        damage: this.#damage.total,
        recordsLost: this.#recordsLost,
      },
      recording: {
        ...summary,
        ...(header === undefined
          ? {}
          : {
              recordingId: header.recordingId,
              source: header.source,
              ...(header.protocol === undefined ? {} : { protocol: header.protocol }),
              simulated: header.simulated,
            }),
        connections: this.#connections.count,
        ...(firstNs === undefined ? {} : { from: formatTimestamp(firstNs) }),
        ...(lastNs === undefined ? {} : { to: formatTimestamp(lastNs) }),
      },
    };
  }

  #onBook(bytes: Uint8Array, at: FramePlace, key: BookKey, { isSnapshot }: FrameKind): void {
    const tally = this.#tallyOf(key);
    if (isSnapshot) tally.snapshots += 1;
    else tally.updates += 1;
    let book = this.#shelf.get(at.connectionId, key);
    if (book === undefined) {
      if (!isSnapshot) {
        this.#onUnseen(at, key, tally);
        return;
      }
      const inHeader = depthInHeader(this.#header?.subscriptions ?? [], key);
      const made = this.#shelf.create(at.connectionId, key, bytes, inHeader);
      tally.addDepth(made.known);
      book = made.book;
    }
    this.#apply(book, bytes, at, key, tally, isSnapshot);
  }

  #onNumbered(
    book: NumberedBook,
    isSnapshot: boolean,
    at: FramePlace,
    ns: bigint | undefined,
  ): void {
    const key = { channel: 'book', symbol: book.product, depth: undefined } as const;
    const tally = this.#tallyOf(key);
    if (isSnapshot) tally.snapshots += 1;
    else tally.updates += 1;
    if (this.#numbered.onFrame(book, isSnapshot, at, ns, tally)) this.#onUnseen(at, key, tally);
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
      this.#tellMalformed(at, `is no whole book message: ${error.message}`);
      return;
    }
    switch (outcome) {
      case 'verified':
        tally.matched += 1;
        this.#segments.of(at.segment).matched += 1;
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
        this.#onUnseen(at, key, tally);
        break;
      case 'foreign':
        tally.malformed += 1;
        this.#tellMalformed(at, `is no message of the book of ${key.symbol}`);
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
    this.#segments.of(at.segment).mismatched += 1;
    if (tally.firstMismatch !== undefined) return;
    const receivedNs = at.wallNs();
    const exchangeNs = exchangeTimeNs(bytes);
    tally.firstMismatch = {
      place: at.place(),
      frame: this.#frames,
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
  #onUnseen(at: FramePlace, { channel, symbol, depth }: BookKey, tally: Tally): void {
    tally.awaitingSnapshot += 1;
    if (this.#connections.isCarriedOver(at.connectionId)) {
      this.#carried += 1;
      return;
    }
    const name = `${at.connectionId} ${channel} ${symbol} ${depth ?? ''}`;
    if (this.#unseen.has(name)) return;
    this.#unseen.add(name);
    const place = at.place();
    this.#addHole({
      kind: 'snapshot',
      place,
      connectionId: at.connectionId,
      symbol,
      message: `Updates of ${symbol} begin without a snapshot (${formatPlace(place)}): they cannot be judged.`,
    });
  }

  /** Most frames are of the channel of the frame before. */
  #count(channel: string): void {
    if (channel !== this.#run.channel) this.#endRun(channel);
    this.#run.count += 1;
  }

  #endRun(channel: string): void {
    const { channel: before, count } = this.#run;
    if (count > 0) this.#channels.set(before, (this.#channels.get(before) ?? 0) + count);
    this.#run = { channel, count: 0 };
  }

  #addHole(hole: Hole): void {
    this.#holes.add(hole);
    this.#segments.of(hole.place.segment).holes += 1;
  }

  #onAcknowledgement(bytes: Uint8Array, connectionId: number): void {
    const acknowledged = parseBookAcknowledgement(bytes);
    if (acknowledged === undefined) return;
    this.#shelf.acknowledge(connectionId, acknowledged);
  }

  #tellMalformed(at: FramePlace, text: string): void {
    this.#tellMalformedAt(at.place(), text);
  }

  #tellMalformedAt(place: Place, text: string): void {
    const isLine = place.line !== undefined;
    this.onDamage({
      kind: isLine ? 'line-malformed' : 'frame-malformed',
      ...place,
      bytes: 0,
      recordsLost: 0,
      message: `The frame in ${formatPlace(place)} ${text}; it is kept as it was received.`,
    });
  }

  #tallyOf({ channel, symbol }: BookKey): Tally {
    const name = channel === 'book' ? symbol : `${symbol} level3`;
    let tally = this.#tallies.get(name);
    if (tally === undefined) {
      tally = new Tally();
      this.#tallies.set(name, tally);
    }
    return tally;
  }
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
