import { type FileHandle, open } from 'node:fs/promises';
import { RecordingError, systemCodeOf } from '../errors.ts';

/** Takes bytes from the front of a buffer and returns how many; the rest comes again, with more behind. */
export interface ByteConsumer {
  scan(bytes: Uint8Array, filled: number, atEnd: boolean): number;
}

export interface ReadFileOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 256 KiB; the buffer grows when one record needs more. */
  readonly chunkBytes?: number | undefined;
  /** Where to begin. */
  readonly position?: number | undefined;
  /** Is handed each stretch of the file once, in order; it holds only during the call. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
}

const CHUNK_BYTES = 256 * 1024;

/** Opens a file for reading. @throws RecordingError `NOT_FOUND` or `READ_FAILED`. */
export async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw readError(path, error);
  }
}

/**
 * Feeds a file through a consumer, chunk by chunk, in one buffer. After each chunk yields
 * what `collect` makes of the bytes read so far and of what the consumer did with them.
 */
export async function* readThrough<T>(
  path: string,
  consumer: ByteConsumer,
  collect: (bytes: number) => T,
  { signal, chunkBytes = CHUNK_BYTES, onBytes, position = 0 }: ReadFileOptions,
): AsyncGenerator<T, void, void> {
  signal?.throwIfAborted();
  const file = await openForReading(path);
  try {
    let buffer = new Uint8Array(chunkBytes);
    let kept = 0;
    let total = 0;
    while (true) {
      const { bytesRead } = await readSome(file, path, buffer.subarray(kept), position + total);
      signal?.throwIfAborted();
      total += bytesRead;
      const filled = kept + bytesRead;
      onBytes?.(buffer.subarray(kept, filled));
      const atEnd = bytesRead === 0;
      const done = consumer.scan(buffer, filled, atEnd);
      kept = filled - done;
      yield collect(total);
      if (atEnd) return;
      if (done > 0) {
        buffer.copyWithin(0, done, filled);
      } else if (kept === buffer.length) {
        const larger = new Uint8Array(buffer.length * 2);
        larger.set(buffer);
        buffer = larger;
      }
    }
  } finally {
    await file.close();
  }
}

export function readError(path: string, error: unknown): RecordingError {
  const systemCode = systemCodeOf(error);
  if (systemCode === 'ENOENT') {
    return new RecordingError(
      'NOT_FOUND',
      `There is no ${path}: check the path.`,
      { path, systemCode },
      { cause: error },
    );
  }
  return new RecordingError(
    'READ_FAILED',
    `${path} cannot be read (${systemCode ?? String(error)}): check its permissions and the disk.`,
    { path, ...(systemCode === undefined ? {} : { systemCode }) },
    { cause: error },
  );
}

async function readSome(
  file: FileHandle,
  path: string,
  into: Uint8Array,
  position: number,
): Promise<{ bytesRead: number }> {
  try {
    return await file.read(into, 0, into.length, position);
  } catch (error) {
    throw readError(path, error);
  }
}
