import { createHash, type Hash } from 'node:crypto';
import type { Damage } from '../format/damage.ts';
import type { Manifest, SealedSegment } from '../format/manifest.ts';
import { segmentDamage } from '../format/segment-damage.ts';

/** What stands in a segment's file, as it was read. */
export interface HashedSegment {
  readonly segment: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** `unsealed`: the manifest says nothing of it, as of one that is still being written. */
  readonly manifest: 'matched' | 'mismatched' | 'unsealed';
}

/** Compares the bytes of each segment with the hash that its manifest has of it. */
export class ManifestCheck {
  readonly #manifest: Manifest;
  readonly #onDamage: (damage: Damage) => void;
  readonly segments: HashedSegment[] = [];
  #hash: Hash = createHash('sha256');

  constructor(manifest: Manifest, onDamage: (damage: Damage) => void) {
    this.#manifest = manifest;
    this.#onDamage = onDamage;
    for (const damage of manifest.damage) onDamage(damage);
  }

  beginSegment(): void {
    this.#hash = createHash('sha256');
  }

  onBytes(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  endSegment(segment: number, file: string, bytes: number): void {
    const sha256 = this.#hash.digest('hex');
    const sealed = this.#manifest.segments.get(segment);
    const matches = sealed?.sha256 === sha256 && sealed.bytes === bytes;
    const manifest = sealed === undefined ? 'unsealed' : matches ? 'matched' : 'mismatched';
    this.segments.push({ segment, file, bytes, sha256, manifest });
    if (manifest !== 'mismatched') return;
    const text =
      'is not the file that was sealed: its SHA-256 is not that of the manifest; look for it in a backup';
    this.#onDamage(segmentDamage({ file, segment }, 'hash-wrong', text, { bytes }));
  }

  /** Segments behind the last file that the manifest knows were lost whole. */
  finish(last: number): void {
    for (const sealed of this.#manifest.segments.values()) {
      if (sealed.segment > last && !this.#manifest.deleted.has(sealed.segment))
        this.#tellLost(sealed);
    }
  }

  #tellLost({ segment, file, records }: SealedSegment): void {
    const text = 'is in the manifest and its file is gone; look for it in a backup';
    const where = { recordsLost: records };
    this.#onDamage(segmentDamage({ file, segment }, 'segment-missing', text, where));
  }
}
