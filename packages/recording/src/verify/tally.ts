import type { Place } from '../format/damage.ts';
import type { KnownDepth } from '../wire/book-depth.ts';
import type { BookKey } from '../wire/frame-kind.ts';
import type { BookCounts, Mismatch, SymbolReport } from './verify-report.ts';

/** Counts of one symbol's book frames. */
export class Tally {
  snapshots = 0;
  updates = 0;
  matched = 0;
  mismatched = 0;
  unchecked = 0;
  awaitingSnapshot = 0;
  malformed = 0;
  /** Updates of a futures book that follow on a message before them, and those whose number jumps. */
  numbered = 0;
  jumps = 0;
  firstMismatch: Mismatch | undefined;
  /** Books of v1 with a checksum so far, and updates of those without one so far. */
  readonly checked = new Set<BookKey>();
  readonly doubtful = new Map<BookKey, { readonly place: Place; readonly count: number }>();
  readonly #depths = new Map<string, KnownDepth>();

  addDepth(depth: KnownDepth): void {
    this.#depths.set(`${depth.depth} ${depth.source}`, depth);
  }

  counts(): BookCounts {
    return {
      frames: this.snapshots + this.updates,
      snapshots: this.snapshots,
      updates: this.updates,
      checksums: { matched: this.matched, mismatched: this.mismatched },
      unchecked: this.unchecked,
      awaitingSnapshot: this.awaitingSnapshot,
      malformed: this.malformed,
    };
  }

  #verdict(): SymbolReport['verdict'] {
    if (this.mismatched + this.malformed > 0) return 'faulty';
    if (this.awaitingSnapshot > 0 || this.jumps > 0) return 'unproved';
    if (this.matched > 0) return 'proved';
    return this.numbered > 0 ? 'numbered' : 'unproved';
  }

  report(): SymbolReport {
    const { firstMismatch } = this;
    return {
      ...this.counts(),
      verdict: this.#verdict(),
      depths: [...this.#depths.values()],
      ...(this.numbered === 0 ? {} : { numbers: { followed: this.numbered, jumps: this.jumps } }),
      ...(firstMismatch === undefined ? {} : { firstMismatch }),
    };
  }
}

/** The sum over all symbols. */
export function sumCounts(tallies: Iterable<Tally>): BookCounts {
  const sum = new Tally();
  for (const tally of tallies) {
    sum.snapshots += tally.snapshots;
    sum.updates += tally.updates;
    sum.matched += tally.matched;
    sum.mismatched += tally.mismatched;
    sum.unchecked += tally.unchecked;
    sum.awaitingSnapshot += tally.awaitingSnapshot;
    sum.malformed += tally.malformed;
  }
  return sum.counts();
}
