import { RecordingError } from '../errors.ts';

/**
 * When written frames are made durable: at least every so many milliseconds (the default, 100), before
 * `append` returns, or only when asked (`flush`, rotation, `close`).
 */
export type FsyncPolicy = { readonly intervalMs: number } | 'always' | 'never';

/** A policy as the writer works with it. */
export interface FsyncSchedule {
  readonly always: boolean;
  /** Between two looks at what is not yet written. */
  readonly tickMs: number;
  /** After how many ticks what is written is synced; `undefined`: never by itself. */
  readonly ticksToSync: number | undefined;
}

const DEFAULT_INTERVAL_MS = 100;
/**
 * Frames go to the file four times an interval, so that a killed process loses a quarter of it at most,
 * and are synced on the third: the last quarter is what the sync itself may take.
 */
const TICKS = 4;
const TICKS_TO_SYNC = 3;

/** @throws RecordingError `INVALID_OPTION` for an interval that is no positive number. */
export function createFsyncSchedule(policy: FsyncPolicy | undefined): FsyncSchedule {
  const intervalMs = typeof policy === 'object' ? policy.intervalMs : DEFAULT_INTERVAL_MS;
  if (!Number.isFinite(intervalMs) || intervalMs <= 0) {
    throw new RecordingError(
      'INVALID_OPTION',
      `fsync.intervalMs must be a positive number of milliseconds, not ${intervalMs}.`,
    );
  }
  return {
    always: policy === 'always',
    tickMs: Math.max(1, Math.floor(intervalMs / TICKS)),
    ticksToSync: policy === 'never' ? undefined : TICKS_TO_SYNC,
  };
}
