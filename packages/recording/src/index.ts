/**
 * Recordings of Kraken's frames that can be proved: an append-only journal that survives kills, its
 * reader, and a verifier that rebuilds every book and compares every checksum.
 *
 * @packageDocumentation
 */

export { createJournalWriter } from './create-journal-writer.ts';
export { type Damage, type DamageKind, formatPlace, type Place } from './damage.ts';
export {
  isRecordingError,
  RecordingError,
  type RecordingErrorCode,
  type RecordingErrorContext,
} from './errors.ts';
export { type JournalFileSystem, nodeFileSystem } from './file-system.ts';
export type { FsyncPolicy } from './fsync-policy.ts';
export type { RecordedGap } from './gap-ledger.ts';
export type { Mark } from './group-commit.ts';
export type { Incident } from './incident/incident.ts';
export { readIncident } from './incident/read-incident.ts';
export { type IncidentOptions, writeIncident } from './incident/write-incident.ts';
export type { JournalEntry } from './journal-entry.ts';
export type { AppendOutcome, JournalStats, JournalWriter } from './journal-writer.ts';
export {
  type DeletedSegment,
  MANIFEST_NAME,
  type Manifest,
  type SealedSegment,
} from './manifest.ts';
export type { HashedSegment } from './manifest-check.ts';
export { Pacer, type PacerOptions, type ReplaySpeed } from './pacer.ts';
export { linuxProcessTable, type ProcessTable, signalProcessTable } from './process-table.ts';
export { type ReadFramesOptions, readFrames } from './read-frames.ts';
export { type ReadOptions, readJournal } from './read-journal.ts';
export { readManifest } from './read-manifest.ts';
export type { Recovery, TornTail } from './recovery.ts';
export { type Replay, type ReplayOptions, replay } from './replay.ts';
export {
  planRetention,
  type RetentionOptions,
  type RetentionPlan,
  type RetentionStop,
} from './retention.ts';
export type { SegmentEnd } from './segment-end.ts';
export type {
  PreviousSegment,
  RecordingDescription,
  RecordingSource,
  SegmentHeader,
  Subscription,
} from './segment-header.ts';
export type { SegmentReport } from './segment-tallies.ts';
export { type VerifyOptions, type VerifyProgress, verify } from './verify.ts';
export {
  type BookCounts,
  type ChecksumCounts,
  type DepthSource,
  type Hole,
  type Mismatch,
  type RecordingSummary,
  type SymbolReport,
  type VerifyReport,
  verdictExitCode,
} from './verify-report.ts';
export { formatSha256Sums, type VerifySummary, writeVerifySummary } from './verify-summary.ts';
export type { JournalWriterOptions } from './writer-options.ts';
