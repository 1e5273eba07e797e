import type { Mark } from './commit-mark.ts';

/** How far a writer has come, counted from its opening. */
export interface JournalStats {
  /** Taken by `append`. */
  readonly frames: number;
  readonly gaps: number;
  /** Of the records made from them, headers and ends included. */
  readonly bytes: number;
  /** The segment that is being added to. */
  readonly segment: number;
  /** What stands in the file; it survives the process. */
  readonly written: Mark;
  /** What is synced; it survives the machine. */
  readonly durable: Mark;
  readonly syncs: number;
  /** How often both buffers were full and `append` wrote them itself. */
  readonly synchronousWrites: number;
  /** Bytes appended that no file holds yet; at most two buffers. */
  readonly waitingBytes: number;
  /** Frames that were not taken; each is within a `drop` gap. Only with `overflow: 'gap'`. */
  readonly dropped: number;
}

/**
 * What became of a frame:
 * - `taken`: it will be in the file;
 * - `slowDown`: taken too, but the disk is behind: pause the socket until `drained()` resolves;
 * - `dropped`: it found no room and is within a gap (only with `overflow: 'gap'`).
 */
export type AppendOutcome = 'taken' | 'slowDown' | 'dropped';
