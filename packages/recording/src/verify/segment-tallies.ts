import type { HashedSegment } from './manifest-check.ts';

/** What `verify` says of one segment. */
export interface SegmentReport extends HashedSegment {
  readonly frames: number;
  readonly checksums: { readonly matched: number; readonly mismatched: number };
  readonly holes: number;
  readonly damage: number;
  /** `proved`: nothing in it is wrong, and its bytes are those that were sealed. */
  readonly verdict: 'proved' | 'unsealed' | 'faulty';
}

/** What is counted of a segment. */
interface SegmentCounts {
  frames: number;
  matched: number;
  mismatched: number;
  holes: number;
  damage: number;
}

/** Counts what is found by segment. */
export class SegmentTallies {
  readonly #counts = new Map<number | undefined, SegmentCounts>();
  #latest: { segment: number | undefined; counts: SegmentCounts } | undefined;

  /** The counts of a segment, to be added to; NDJSON has none, and all of it counts as one. */
  of(segment: number | undefined): SegmentCounts {
    if (this.#latest?.segment === segment && this.#latest !== undefined) return this.#latest.counts;
    let counts = this.#counts.get(segment);
    if (counts === undefined) {
      counts = { frames: 0, matched: 0, mismatched: 0, holes: 0, damage: 0 };
      this.#counts.set(segment, counts);
    }
    this.#latest = { segment, counts };
    return counts;
  }

  /** With `isUnclear` there are holes of which nobody knows where they are. */
  reports(hashed: readonly HashedSegment[], isUnclear: boolean): SegmentReport[] {
    return hashed.map((segment) => {
      const { frames, matched, mismatched, holes, damage } = this.of(segment.segment);
      const isFaulty =
        mismatched + holes + damage > 0 || segment.manifest === 'mismatched' || isUnclear;
      const sealed = segment.manifest === 'unsealed' ? 'unsealed' : 'proved';
      return {
        ...segment,
        frames,
        checksums: { matched, mismatched },
        holes,
        damage,
        verdict: isFaulty ? 'faulty' : sealed,
      };
    });
  }
}
