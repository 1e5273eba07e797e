/**
 * Recordings without Node: segments and NDJSON as bytes or Blobs, in browsers too.
 *
 * @packageDocumentation
 */
export { type Damage, type DamageKind, formatPlace, type Place } from './damage.ts';
export {
  isRecordingError,
  RecordingError,
  type RecordingErrorCode,
  type RecordingErrorContext,
} from './errors.ts';
export type { JournalEntry } from './journal-entry.ts';
export { Pacer, type PacerOptions, type ReplaySpeed } from './pacer.ts';
export {
  type BlobLike,
  type ReaderOptions,
  type RecordingFile,
  readEntries,
  verifyFiles,
} from './read-memory.ts';
export {
  type ChecksumCounts,
  type Mismatch,
  type SymbolReport,
  type VerifyReport,
  verdictExitCode,
} from './verify-report.ts';
