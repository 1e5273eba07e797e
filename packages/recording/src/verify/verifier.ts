import { formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import type { Damage, Place } from '../format/damage.ts';
import type { SegmentHeader } from '../format/segment-header.ts';
import { GapLedger } from '../read/gap-ledger.ts';
import { parseBookAcknowledgement } from '../wire/book-depth.ts';
import { FrameClassifier, isKnownChannel } from '../wire/frame-kind.ts';
import type { NumberedBook } from '../wire/futures-frame.ts';
import { BookJudge } from './book-judge.ts';
import { BoundedList } from './bounded-list.ts';
import { ConnectionLedger } from './connection-ledger.ts';
import type { FramePlace } from './frame-place.ts';
import type { HashedSegment } from './manifest-check.ts';
import { NumberedBooks } from './numbered-books.ts';
import { remarksOn } from './remarks.ts';
import { SegmentTallies } from './segment-tallies.ts';
import { sumCounts } from './tally.ts';
import type { Hole, RecordingSummary, VerifyReport } from './verify-report.ts';

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
  readonly #channels = new Map<string, number>();
  #run = { channel: '', count: 0 };
  readonly #damage = new BoundedList<Damage>(MAX_LISTED);
  readonly #holes = new BoundedList<Hole>(MAX_LISTED);
  readonly #segments = new SegmentTallies();
  readonly #judge = new BookJudge({
    segments: this.#segments,
    frames: () => this.#frames,
    subscriptions: () => this.#header?.subscriptions ?? [],
    isCarriedOver: (connectionId) => this.#connections.isCarriedOver(connectionId),
    onHole: (hole) => {
      this.#addHole(hole);
    },
    onDamage: (damage) => {
      this.onDamage(damage);
    },
  });
  readonly #isShortened: boolean;
  #recordsLost = 0;
  #frames = 0;
  #header: SegmentHeader | undefined;
  #firstNs: bigint | undefined;
  #lastNs: bigint | undefined;

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
    if (this.#connections.onFrame(at, ns)) this.#judge.begin(at.connectionId);
    const kind = this.#classifier.classify(bytes);
    this.#count(kind.channel);
    if (kind.book !== undefined) this.#judge.onBook(bytes, at, kind.book, kind);
    else if (kind.numbered !== undefined) this.#onNumbered(kind.numbered, kind.isSnapshot, at, ns);
    else if (kind.channel === 'ack') this.#onAcknowledgement(bytes, at.connectionId);
    else if (kind.channel === 'malformed') this.#judge.tellMalformed(at, 'is no message of Kraken');
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
    const { frames: _books, ...counts } = sumCounts(this.#judge.tallies.values());
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
        [...this.#judge.tallies]
          .toSorted(byName)
          .map(([symbol, tally]) => [symbol, tally.report()]),
      ),
      segments: this.#segments.reports(hashed, unlisted > 0),
      channels: Object.fromEntries([...this.#channels].toSorted(byName)),
      ...rest,
      malformed: rest.malformed + malformed,
      unknown,
      remarks: remarksOn({
        ...{ frames: this.#frames, unknown, carried: this.#judge.carried, ...counts },
        numbered: [...this.#judge.tallies.values()].reduce(
          (sum, { numbered }) => sum + numbered,
          0,
        ),
      }),
      ...(this.#judge.firstMismatch === undefined
        ? {}
        : { firstMismatch: this.#judge.firstMismatch }),
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

  #onNumbered(
    book: NumberedBook,
    isSnapshot: boolean,
    at: FramePlace,
    ns: bigint | undefined,
  ): void {
    const key = { channel: 'book', symbol: book.product, depth: undefined } as const;
    const tally = this.#judge.tallyOf(key);
    if (isSnapshot) tally.snapshots += 1;
    else tally.updates += 1;
    if (this.#numbered.onFrame(book, isSnapshot, at, ns, tally))
      this.#judge.onUnseen(at, key, tally);
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
    this.#judge.acknowledge(connectionId, acknowledged);
  }
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
