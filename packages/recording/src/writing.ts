import { isRecordingError, RecordingError, systemCodeOf } from './errors.ts';

/** How DuckDB begins what a disk, or its own limit, refused. */
const REFUSED = /^(?:IO|Out of Memory) Error/;

/**
 * Does what writes files at a path. What the system refuses becomes the package's own error, with the path
 * and what to do; everything else comes through as it is, the signal's reason too.
 *
 * @throws RecordingError `WRITE_FAILED`
 */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isRefusal(error) ? writeError(path, error) : error;
  }
}

function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || isRecordingError(error)) return false;
  return 'syscall' in error || REFUSED.test(error.message);
}

function writeError(path: string, error: Error): RecordingError {
  const systemCode = systemCodeOf(error);
  const [reason = ''] = error.message.split('\n');
  return new RecordingError(
    'WRITE_FAILED',
    `${path} cannot be written (${systemCode ?? reason}). Nothing under its own name is half written. ` +
      'Check that the place can be written and has room, then do it again.',
    { path, ...(systemCode === undefined ? {} : { systemCode }) },
    { cause: error },
  );
}
