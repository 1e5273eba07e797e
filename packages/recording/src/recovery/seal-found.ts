import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MANIFEST_NAME, type Manifest, parseManifest } from '../format/manifest.ts';
import { FRAME_KIND, GAP_KIND } from '../format/record-format.ts';
import { RecordScanner } from '../format/record-scanner.ts';
import { listSegments } from '../format/segment-name.ts';
import { TimeIndexBuilder } from '../format/time-index.ts';
import type { JournalFileSystem } from '../journal/file-system.ts';
import { appendToManifest, spanOf, writeTimeIndex } from '../journal/segment-seals.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Before a writer begins: cuts a torn last line off the manifest, and seals, as found, every segment that
 * it does not name, because the writer before died first. Returns the manifest's length.
 */
export async function sealFound(
  directory: string,
  fileSystem: JournalFileSystem,
  signal?: AbortSignal,
): Promise<number> {
  const names = await fileSystem.list(directory);
  const manifest = await load(directory, names, fileSystem);
  let length = manifest.wholeBytes;
  for (const { segment, name } of listSegments(names)) {
    // Retention died before it unlinked the file.
    if (manifest.deleted.has(segment)) await fileSystem.remove(join(directory, name));
    if (manifest.segments.has(segment)) continue;
    const path = join(directory, name);
    const hash = createHash('sha256');
    const index = new TimeIndexBuilder();
    const counts = { bytes: 0, records: 0, frames: 0, gaps: 0 };
    const scanner = new RecordScanner({
      onDamage: () => undefined,
      onRecord: (record) => {
        counts.records += 1;
        if (record.kind === GAP_KIND) counts.gaps += 1;
        if (record.kind !== FRAME_KIND) return;
        counts.frames += 1;
        index.add(record.offset, record.ordinal, record.wallNs());
      },
    });
    counts.bytes = await scanWith(path, fileSystem, scanner, (bytes) => hash.update(bytes), signal);
    if (counts.records === 0) continue;
    await writeTimeIndex(fileSystem, directory, name, counts.bytes, index);
    length = await appendToManifest(fileSystem, directory, length, {
      type: 'segment',
      segment,
      file: name,
      ...counts,
      sha256: hash.digest('hex'),
      ...spanOf(index),
      sealed: 'recovered',
    });
  }
  return length;
}

async function load(
  directory: string,
  names: readonly string[],
  fileSystem: JournalFileSystem,
): Promise<Manifest> {
  if (!names.includes(MANIFEST_NAME)) return parseManifest(new Uint8Array(0), true);
  const path = join(directory, MANIFEST_NAME);
  const bytes = new Uint8Array(await fileSystem.size(path));
  let filled = 0;
  while (filled < bytes.length) {
    const read = await fileSystem.read(path, bytes.subarray(filled), filled);
    if (read === 0) break;
    filled += read;
  }
  const manifest = parseManifest(bytes.subarray(0, filled), true);
  if (manifest.wholeBytes < bytes.length) await fileSystem.truncate(path, manifest.wholeBytes);
  return manifest;
}

/** Feeds a file through a scanner; returns its length. */
export async function scanWith(
  path: string,
  fileSystem: JournalFileSystem,
  scanner: RecordScanner,
  onBytes: (bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<number> {
  const size = await fileSystem.size(path);
  let buffer = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(size, 1)));
  for (let position = 0, kept = 0; ; ) {
    const read = await fileSystem.read(path, buffer.subarray(kept), position);
    signal?.throwIfAborted();
    position += read;
    const filled = kept + read;
    onBytes(buffer.subarray(kept, filled));
    const atEnd = read === 0;
    const done = scanner.scan(buffer, filled, atEnd);
    if (atEnd) return position;
    kept = filled - done;
    if (done === 0 && kept === buffer.length) {
      const larger = new Uint8Array(buffer.length * 2);
      larger.set(buffer);
      buffer = larger;
    } else {
      buffer.copyWithin(0, done, filled);
    }
  }
}
