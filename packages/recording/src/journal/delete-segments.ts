import { join } from 'node:path';
import { RecordingError } from '../errors.ts';
import { firstKept, type SealedSegment } from '../format/manifest.ts';
import { timeIndexName } from '../format/time-index.ts';
import { readManifest } from '../read/read-manifest.ts';
import type { JournalFileSystem } from './file-system.ts';
import type { SegmentSeals } from './segment-seals.ts';

interface Place {
  readonly directory: string;
  readonly fileSystem: JournalFileSystem;
  readonly seals: SegmentSeals;
  /** The segment that is being added to. */
  readonly writing: number;
  readonly wallNs: bigint;
}

/**
 * Enters segments into the manifest as deleted, then unlinks their files.
 *
 * @throws RecordingError `INVALID_OPTION` for a segment that is not the oldest left, or not sealed.
 */
export async function deleteSegments(
  segments: readonly SealedSegment[],
  { directory, fileSystem, seals, writing, wallNs }: Place,
): Promise<void> {
  const manifest = await readManifest(directory, true);
  const first = firstKept(manifest);
  for (const [at, { segment, sha256 }] of segments.entries()) {
    const isOldest = segment === first + at && segment < writing;
    if (isOldest && manifest.segments.get(segment)?.sha256 === sha256) continue;
    throw new RecordingError(
      'INVALID_OPTION',
      `Segment ${segment} is not the oldest sealed segment of ${directory}: plan anew.`,
      { path: directory, segment },
    );
  }
  await seals.delete(segments, wallNs);
  for (const { file } of segments) {
    await fileSystem.remove(join(directory, file));
    const index = fileSystem.remove(join(directory, timeIndexName(file)));
    await index.catch(() => undefined);
  }
}
