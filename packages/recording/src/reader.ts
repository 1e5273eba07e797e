/**
 * Recordings without Node: segments and NDJSON as bytes or Blobs, in browsers too.
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
export type { JournalEntry } from './read/journal-entry.ts';
export {
  type BlobLike,
  type ReaderOptions,
  type RecordingFile,
  readEntries,
  verifyFiles,
} from './read/read-memory.ts';
export { Pacer, type PacerOptions, type ReplaySpeed } from './replay/pacer.ts';
export {
  type ChecksumCounts,
  type Mismatch,
  type SymbolReport,
  type VerifyReport,
  verdictExitCode,
} from './verify/verify-report.ts';
