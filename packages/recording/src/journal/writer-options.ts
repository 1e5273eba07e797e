import type { Clock, Timers } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import { MAX_PAYLOAD_BYTES } from '../format/record-format.ts';
import type { RecordingDescription } from '../format/segment-header.ts';
import { type JournalFileSystem, nodeFileSystem } from './file-system.ts';
import { createFsyncSchedule, type FsyncPolicy, type FsyncSchedule } from './fsync-policy.ts';
import { linuxProcessTable, type ProcessTable } from './process-table.ts';

export interface JournalWriterOptions {
  /** The recording's directory; it is created when missing, and continued when it holds a recording. */
  readonly directory: string;
  /** What the recording is of. Tokens and other secrets in it are left out of the file. */
  readonly header: RecordingDescription;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Default `{ intervalMs: 100 }`. */
  readonly fsync?: FsyncPolicy | undefined;
  /** A segment ends at this size (default 64 MiB) or age (default one hour), whichever comes first. */
  readonly rotate?: { readonly maxBytes?: number; readonly maxMs?: number } | undefined;
  /** Gives up opening; a writer that is open is ended by `close`. */
  readonly signal?: AbortSignal | undefined;
  /** Called once, at once, when the journal can no longer be written; `append` throws from then on. */
  readonly onError?: ((error: RecordingError) => void) | undefined;
  /**
   * When both buffers are full because the disk is behind: `block` (default) writes them inside `append`,
   * which takes as long as the disk does; `gap` does not take the frame and writes a `drop` gap for it.
   */
  readonly overflow?: 'block' | 'gap' | undefined;
  /** Of each of the two buffers; default 4 MiB. */
  readonly bufferBytes?: number | undefined;
  /** Finds out whether the holder of a lock still runs; needed on systems other than Linux. */
  readonly processes?: ProcessTable | undefined;
  readonly fileSystem?: JournalFileSystem | undefined;
}

/** {@link JournalWriterOptions} with the defaults filled in. */
export interface WriterSettings {
  readonly schedule: FsyncSchedule;
  readonly maxBytes: number;
  readonly maxNs: bigint;
  readonly bufferBytes: number;
  readonly overflow: 'block' | 'gap';
  readonly processes: ProcessTable | undefined;
  readonly fileSystem: JournalFileSystem;
}

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
const DEFAULT_SEGMENT_MS = 3_600_000;
const DEFAULT_BUFFER_BYTES = 4 * 1024 * 1024;

/** @throws RecordingError `INVALID_OPTION` */
export function resolveWriterOptions(options: JournalWriterOptions): WriterSettings {
  const maxMs = options.rotate?.maxMs ?? DEFAULT_SEGMENT_MS;
  return {
    schedule: createFsyncSchedule(options.fsync),
    maxBytes: positive('rotate.maxBytes', options.rotate?.maxBytes ?? DEFAULT_SEGMENT_BYTES),
    maxNs: BigInt(Math.round(positive('rotate.maxMs', maxMs) * 1_000_000)),
    bufferBytes: Math.min(
      positive('bufferBytes', options.bufferBytes ?? DEFAULT_BUFFER_BYTES),
      MAX_PAYLOAD_BYTES,
    ),
    overflow: options.overflow ?? 'block',
    processes: options.processes ?? linuxProcessTable(),
    fileSystem: options.fileSystem ?? nodeFileSystem,
  };
}

function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RecordingError('INVALID_OPTION', `${name} must be a positive number, not ${value}.`);
}
