import { isRecordingError, RecordingError, systemCodeOf } from '../errors.ts';
import { type RecoveredState, recoverDirectory } from '../recovery/recovery.ts';
import { sealFound } from '../recovery/seal-found.ts';
import { JournalWriter } from './journal-writer.ts';
import { acquireWriterLock } from './writer-lock.ts';
import { type JournalWriterOptions, resolveWriterOptions } from './writer-options.ts';

/**
 * Opens a directory for recording: takes its lock, recovers what stands in it, begins the next segment
 * and, when a recording is continued, enters the restart into the gap ledger. Resolves when all that is
 * durable.
 *
 * @throws RecordingError `LOCKED`, `SOURCE_MISMATCH`, `FOREIGN_FILE`, `UNSUPPORTED_VERSION`,
 *   `INVALID_OPTION` or `WRITE_FAILED`; the signal's reason when it is aborted.
 */
export async function createJournalWriter(options: JournalWriterOptions): Promise<JournalWriter> {
  const settings = resolveWriterOptions(options);
  const { directory, signal } = options;
  signal?.throwIfAborted();
  try {
    await settings.fileSystem.makeDirectory(directory);
    const lock = await acquireWriterLock(directory, settings.processes);
    try {
      const state = await recoverDirectory(directory, settings.fileSystem, signal);
      assertSameSource(options, state);
      const manifestBytes = await sealFound(directory, settings.fileSystem, signal);
      const writer = new JournalWriter(options, settings, state, lock, manifestBytes);
      try {
        await writer.flush();
      } catch (error) {
        await writer.close();
        throw error;
      }
      return writer;
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    if (isRecordingError(error) || signal?.aborted === true) throw error;
    const systemCode = systemCodeOf(error);
    throw new RecordingError(
      'WRITE_FAILED',
      `The directory ${directory} cannot be opened for recording (${systemCode ?? String(error)}). ` +
        'Check that it exists or can be created, that it can be written, and that there is room.',
      { path: directory, ...(systemCode === undefined ? {} : { systemCode }) },
      { cause: error },
    );
  }
}

function assertSameSource(options: JournalWriterOptions, state: RecoveredState): void {
  const { source } = options.header;
  if (state.source === undefined || state.source === source) return;
  throw new RecordingError(
    'SOURCE_MISMATCH',
    `${options.directory} holds a recording of '${state.source}', which '${source}' cannot continue: ` +
      'simulated and live data never mix. Record into another directory.',
    { path: options.directory },
  );
}
