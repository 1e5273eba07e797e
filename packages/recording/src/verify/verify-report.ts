import type { Damage, Place } from '../format/damage.ts';
import type { RecordedGap } from '../read/gap-ledger.ts';
import type { SegmentReport } from './segment-tallies.ts';

/** Checksums that were computed and compared. */
export interface ChecksumCounts {
  readonly matched: number;
  readonly mismatched: number;
}

/** A checksum that does not match, with all that is needed to look for the cause. */
export interface Mismatch {
  readonly place: Place;
  /** Which frame of the recording, from 1. */
  readonly frame: number;
  readonly symbol: string;
  readonly depth: number;
  /** When the frame was received; absent where the file does not say. RFC 3339. */
  readonly receivedAt?: string | undefined;
  /** The time the exchange wrote into it, where it did. */
  readonly exchangeTime?: string | undefined;
  readonly expected: number;
  readonly computed: number;
}

/** How the depth of a book is known; `inferred`: from the number of levels in its snapshot. */
export type DepthSource = 'acknowledgement' | 'channel' | 'header' | 'inferred';

export interface BookCounts {
  /** Snapshots and updates. */
  readonly frames: number;
  readonly snapshots: number;
  readonly updates: number;
  readonly checksums: ChecksumCounts;
  /** Applied, but they carry no checksum; those that should (all but v1 snapshots) are `malformed` too. */
  readonly unchecked: number;
  /** Updates that no snapshot precedes on their connection: they cannot be judged. */
  readonly awaitingSnapshot: number;
  /** Frames that are not what they claim to be. */
  readonly malformed: number;
}

export interface SymbolReport extends BookCounts {
  /**
   * `proved`: every checksum matched, and there was one; `numbered`: a futures book, which has none, and
   * each update follows on the one before.
   */
  readonly verdict: 'proved' | 'numbered' | 'unproved' | 'faulty';
  /** Of a futures book: updates that follow on a message before them, and those whose number jumps. */
  readonly numbers?: { readonly followed: number; readonly jumps: number } | undefined;
  readonly depths: readonly { readonly depth: number; readonly source: DepthSource }[];
  readonly firstMismatch?: Mismatch | undefined;
}

/**
 * A hole that no gap entry accounts for:
 * - `sequence`: numbers jump within a connection, or within a futures book, which is then named;
 * - `connection`: one connection ended, another took over;
 * - `snapshot`: updates of a book whose snapshot is not there.
 */
export interface Hole {
  readonly kind: 'sequence' | 'connection' | 'snapshot';
  readonly place: Place;
  readonly connectionId: number;
  readonly symbol?: string | undefined;
  /** How many frames; absent where nobody can know. */
  readonly missing?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly message: string;
}

/** What was read. */
export interface RecordingSummary {
  readonly path: string;
  readonly format: 'journal' | 'segment' | 'ndjson';
  readonly recordingId?: string | undefined;
  readonly source?: string | undefined;
  /** Which of Kraken's protocols the frames are of, where the recorder said so. */
  readonly protocol?: string | undefined;
  readonly simulated?: boolean | undefined;
  /** A writer was at work while this was read. */
  readonly live: boolean;
  readonly segments: number;
  readonly connections: number;
  readonly bytes: number;
  /** When the first and the last frame came, RFC 3339; for raw NDJSON by the exchange's clock. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What `verify` says of a recording; JSON as it is, the totals first. */
export interface VerifyReport extends BookCounts {
  /** Of every channel. */
  readonly frames: number;
  readonly gaps: readonly RecordedGap[];
  /** A verdict a segment, with its hash; none for NDJSON. */
  readonly segments: readonly SegmentReport[];
  /** By symbol; an L3 book's is followed by ` level3`. */
  readonly symbols: Readonly<Record<string, SymbolReport>>;
  /** Frames by channel. */
  readonly channels: Readonly<Record<string, number>>;
  /** JSON, but no message of Kraken that this version knows: kept as it came, and not judged. */
  readonly unknown: number;
  /** What is not proved though nothing is wrong, a sentence each: no frame, no checksum, unknown frames. */
  readonly remarks: readonly string[];
  readonly firstMismatch?: Mismatch | undefined;
  /** The first thousand; `totals` has all. */
  readonly holes: readonly Hole[];
  readonly damage: readonly Damage[];
  readonly totals: {
    readonly holes: number;
    readonly damage: number;
    readonly recordsLost: number;
  };
  readonly recording: RecordingSummary;
}

/**
 * 0: everything that is there is right, and every hole is in the gap ledger; also of a recording without
 * a frame or a checksum, which `remarks` says. 1: a mismatch, damage, or a
 * hole that nobody recorded; with `strict` any gap at all.
 */
export function verdictExitCode(
  report: VerifyReport,
  { strict = false }: { readonly strict?: boolean | undefined } = {},
): 0 | 1 {
  const { checksums, totals, malformed, gaps } = report;
  const faults = checksums.mismatched + totals.holes + totals.damage + malformed;
  return faults > 0 || (strict && gaps.length > 0) ? 1 : 0;
}
