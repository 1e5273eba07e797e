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

export type SegmentCount = 'frames' | 'matched' | 'mismatched' | 'holes' | 'damage';
type Counts = Record<SegmentCount, number>;

/** Counts what is found by segment. */
export class SegmentTallies {
  readonly #counts = new Map<number, Counts>();
  #latest: { readonly segment: number; readonly counts: Counts } | undefined;

  add(segment: number | undefined, what: SegmentCount): void {
    if (segment === undefined) return;
    if (this.#latest?.segment !== segment) {
      this.#latest = { segment, counts: this.#of(segment) };
    }
    this.#latest.counts[what] += 1;
  }

  /** With `isUnclear` there are holes of which nobody knows where they are. */
  reports(hashed: readonly HashedSegment[], isUnclear: boolean): SegmentReport[] {
    return hashed.map((segment) => {
      const { frames, matched, mismatched, holes, damage } = this.#of(segment.segment);
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

  #of(segment: number): Counts {
    let counts = this.#counts.get(segment);
    if (counts === undefined) {
      counts = { frames: 0, matched: 0, mismatched: 0, holes: 0, damage: 0 };
      this.#counts.set(segment, counts);
    }
    return counts;
  }
}
