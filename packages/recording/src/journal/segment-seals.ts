import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { formatTimestamp } from '@kr/schemas/shared';
import { formatManifestLine, MANIFEST_NAME, type SealedSegment } from '../format/manifest.ts';
import { formatSegmentName } from '../format/segment-name.ts';
import { formatTimeIndex, TimeIndexBuilder, timeIndexName } from '../format/time-index.ts';
import { utf8 } from '../wire/bytes.ts';
import type { Batch } from './batch.ts';
import type { Mark } from './commit-mark.ts';
import type { JournalFileSystem } from './file-system.ts';
import type { SegmentPlan } from './segment-plan.ts';

interface Ended {
  readonly plan: SegmentPlan;
  readonly index: TimeIndexBuilder;
  /** It is complete in the file once so many records of the journal are durable. */
  readonly records: number;
}

/**
 * Seals each segment of a writer once it has ended and is durable: its time index, and its line in the
 * manifest. The hash is of the bytes as they were appended, so whatever a disk makes of them differs.
 */
export class SegmentSeals {
  readonly #directory: string;
  readonly #fileSystem: JournalFileSystem;
  #manifestBytes: number;
  #appending: Promise<void> = Promise.resolve();
  #hashed: { readonly segment: number; readonly hash: Hash } | undefined;
  readonly #digests = new Map<number, string>();
  #index = new TimeIndexBuilder();
  readonly #ended: Ended[] = [];

  /** @param manifestBytes of its whole lines. */
  constructor(directory: string, fileSystem: JournalFileSystem, manifestBytes: number) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
    this.#manifestBytes = manifestBytes;
  }

  onFrame(offset: number, ordinal: number, wallNs: bigint): void {
    this.#index.add(offset, ordinal, wallNs);
  }

  /** A segment's end record was appended as the `records`-th of the journal. */
  onEnd(plan: SegmentPlan, records: number): void {
    this.#ended.push({ plan, index: this.#index, records });
    this.#index = new TimeIndexBuilder();
  }

  /** Takes in a batch's bytes: each batch once, in the order of the journal. */
  hash({ bytes, pieces }: Batch): void {
    for (const { segment, start, end } of pieces) {
      if (this.#hashed?.segment !== segment) {
        this.#finishHash();
        this.#hashed = { segment, hash: createHash('sha256') };
      }
      this.#hashed.hash.update(bytes.subarray(start, end));
    }
  }

  isDue(durable: Mark): boolean {
    const [first] = this.#ended;
    return first !== undefined && first.records <= durable.records;
  }

  async write(durable: Mark): Promise<void> {
    while (this.isDue(durable)) {
      const [first] = this.#ended;
      if (first === undefined) return;
      await this.#seal(first);
      this.#ended.shift();
    }
  }

  /** Enters deleted segments, durably, before their files go. */
  async delete(segments: readonly SealedSegment[], atNs: bigint): Promise<void> {
    for (const { segment, sha256 } of segments) {
      await this.#append({ type: 'deleted', segment, sha256, at: formatTimestamp(atNs) });
    }
  }

  /** One line behind the other, whoever asks. */
  #append(entry: Parameters<typeof formatManifestLine>[0]): Promise<void> {
    const appended = this.#appendAfter(this.#appending, entry);
    this.#appending = appended.catch(() => undefined);
    return appended;
  }

  async #appendAfter(
    before: Promise<void>,
    entry: Parameters<typeof formatManifestLine>[0],
  ): Promise<void> {
    await before;
    const at = this.#manifestBytes;
    this.#manifestBytes = await appendToManifest(this.#fileSystem, this.#directory, at, entry);
  }

  async #seal({ plan, index }: Ended): Promise<void> {
    const { segment, bytes, records, frames, gaps } = plan;
    if (this.#hashed?.segment === segment) this.#finishHash();
    const file = formatSegmentName(segment);
    await writeTimeIndex(this.#fileSystem, this.#directory, file, bytes, index);
    await this.#append({
      type: 'segment',
      segment,
      file,
      bytes,
      records,
      frames,
      gaps,
      sha256: this.#digests.get(segment) ?? '',
      ...spanOf(index),
      sealed: 'closed',
    });
    this.#digests.delete(segment);
  }

  #finishHash(): void {
    const hashed = this.#hashed;
    this.#hashed = undefined;
    if (hashed !== undefined) this.#digests.set(hashed.segment, hashed.hash.digest('hex'));
  }
}

/** `from` and `to` of a manifest's line. */
export function spanOf({
  fromNs,
  latestNs,
}: Pick<TimeIndexBuilder, 'fromNs' | 'latestNs'>): Pick<SealedSegment, 'from' | 'to'> {
  if (fromNs === undefined || latestNs === undefined) return {};
  return { from: formatTimestamp(fromNs), to: formatTimestamp(latestNs) };
}

/** Appends one line durably and returns the manifest's length behind it. */
export async function appendToManifest(
  fileSystem: JournalFileSystem,
  directory: string,
  at: number,
  entry: Parameters<typeof formatManifestLine>[0],
): Promise<number> {
  const line = formatManifestLine(entry);
  await writeWhole(fileSystem, join(directory, MANIFEST_NAME), line, at);
  if (at === 0) await fileSystem.syncDirectory(directory);
  return at + line.length;
}

/** Nothing depends on it: a reader that finds it torn makes its own. */
export async function writeTimeIndex(
  fileSystem: JournalFileSystem,
  directory: string,
  segmentFile: string,
  bytes: number,
  { marks }: TimeIndexBuilder,
): Promise<void> {
  const name = timeIndexName(segmentFile);
  const path = join(directory, name);
  const text = utf8(formatTimeIndex(bytes, marks));
  // Of a segment whose number was taken again.
  if ((await fileSystem.list(directory)).includes(name)) await fileSystem.remove(path);
  await writeWhole(fileSystem, path, text, 0);
}

async function writeWhole(
  fileSystem: JournalFileSystem,
  path: string,
  bytes: Uint8Array,
  at: number,
): Promise<void> {
  const fd = fileSystem.open(path);
  try {
    for (let done = 0; done < bytes.length; ) {
      done += await fileSystem.write(fd, bytes.subarray(done), at + done);
    }
    await fileSystem.datasync(fd);
  } finally {
    fileSystem.close(fd);
  }
}
