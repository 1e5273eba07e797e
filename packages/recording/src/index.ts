/**
 * Recordings of Kraken's frames that can be proved: an append-only journal that survives kills, its
 * reader, and a verifier that rebuilds every book and compares every checksum.
 *
 * @packageDocumentation
 */

export {
  isRecordingError,
  RecordingError,
  type RecordingErrorCode,
  type RecordingErrorContext,
} from './errors.ts';
export { type Damage, type DamageKind, formatPlace, type Place } from './format/damage.ts';
export {
  type DeletedSegment,
  MANIFEST_NAME,
  type Manifest,
  type SealedSegment,
} from './format/manifest.ts';
export type { SegmentEnd } from './format/segment-end.ts';
export type {
  PreviousSegment,
  RecordingDescription,
  RecordingProtocol,
  RecordingSource,
  SegmentHeader,
  Subscription,
} from './format/segment-header.ts';
export type { Incident } from './incident/incident.ts';
export { readIncident } from './incident/read-incident.ts';
export { type IncidentOptions, writeIncident } from './incident/write-incident.ts';
export type { Mark } from './journal/commit-mark.ts';
export { createJournalWriter } from './journal/create-journal-writer.ts';
export { type JournalFileSystem, nodeFileSystem } from './journal/file-system.ts';
export type { FsyncPolicy } from './journal/fsync-policy.ts';
export type { AppendOutcome, JournalStats } from './journal/journal-stats.ts';
export type { JournalWriter } from './journal/journal-writer.ts';
export {
  linuxProcessTable,
  type ProcessTable,
  signalProcessTable,
} from './journal/process-table.ts';
export {
  planRetention,
  type RetentionOptions,
  type RetentionPlan,
  type RetentionStop,
} from './journal/retention.ts';
export type { JournalWriterOptions } from './journal/writer-options.ts';
export type { RecordedGap } from './read/gap-ledger.ts';
export type { JournalEntry } from './read/journal-entry.ts';
export { type ReadFramesOptions, readFrames } from './read/read-frames.ts';
export { type ReadOptions, readJournal } from './read/read-journal.ts';
export { readManifest } from './read/read-manifest.ts';
export type { Recovery, TornTail } from './recovery/recovery.ts';
export { Pacer, type PacerOptions, type ReplaySpeed } from './replay/pacer.ts';
export { type Replay, type ReplayOptions, replay } from './replay/replay.ts';
export type { HashedSegment } from './verify/manifest-check.ts';
export type { SegmentReport } from './verify/segment-tallies.ts';
export { type VerifyOptions, type VerifyProgress, verify } from './verify/verify.ts';
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
} from './verify/verify-report.ts';
export {
  formatSha256Sums,
  type VerifySummary,
  writeVerifySummary,
} from './verify/verify-summary.ts';
