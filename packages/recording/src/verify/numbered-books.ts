import { formatTimestamp } from '@kr/schemas/shared';
import { formatPlace, type Place } from '../format/damage.ts';
import type { GapLedger, Stretch } from '../read/gap-ledger.ts';
import type { NumberedBook } from '../wire/futures-frame.ts';
import type { FramePlace } from './frame-place.ts';
import type { Tally } from './tally.ts';
import type { Hole } from './verify-report.ts';

interface Followed {
  seq: number;
  entry: number;
  ns: bigint | undefined;
}

interface Jump {
  readonly hole: Hole;
  readonly stretch: Stretch;
}

/** What may be why numbers of a book are missing. */
const REASONS: ReadonlySet<string> = new Set(
  ['sequence', 'drop', 'disconnect', 'restart'].concat('resync', 'quarantine'),
);
const MAX_JUMPS = 10_000;

/**
 * Follows the numbers of futures books: each update has the number after the one before, and a snapshot
 * begins anew. A jump is a hole unless the gap ledger accounts for it, which is known at the end.
 */
export class NumberedBooks {
  readonly #gaps: GapLedger;
  readonly #followed = new Map<string, Followed>();
  readonly #jumps: Jump[] = [];
  #unlisted = 0;

  constructor(gaps: GapLedger) {
    this.#gaps = gaps;
  }

  /** True for an update that no snapshot precedes on its connection. */
  onFrame(
    { product, seq }: NumberedBook,
    isSnapshot: boolean,
    at: FramePlace,
    ns: bigint | undefined,
    tally: Tally,
  ): boolean {
    const name = `${at.connectionId} ${product}`;
    const before = this.#followed.get(name);
    if (before === undefined && !isSnapshot) return true;
    const entry = this.#gaps.entries;
    if (before === undefined) {
      this.#followed.set(name, { seq, entry, ns });
      return false;
    }
    if (!isSnapshot) {
      tally.numbered += 1;
      if (seq !== before.seq + 1) {
        tally.jumps += 1;
        this.#onJump(product, before, seq, at, ns);
      }
    }
    before.seq = seq;
    before.entry = entry;
    before.ns = ns;
    return false;
  }

  /** The jumps that no entry of the ledger accounts for; `unlisted` more are only counted. */
  findHoles(): { readonly holes: readonly Hole[]; readonly unlisted: number } {
    const holes = this.#jumps
      .filter(({ stretch }) => !this.#isAccounted(stretch))
      .map(({ hole }) => hole);
    return { holes, unlisted: this.#unlisted };
  }

  #isAccounted(stretch: Stretch): boolean {
    return this.#gaps.covers(REASONS, stretch) || this.#gaps.beginsWithin(REASONS, stretch);
  }

  #onJump(
    product: string,
    before: Followed,
    seq: number,
    at: FramePlace,
    ns: bigint | undefined,
  ): void {
    const { connectionId } = at;
    const stretch: Stretch = {
      connectionId,
      fromEntry: before.entry,
      toEntry: this.#gaps.entries,
      fromNs: before.ns,
      toNs: ns,
      symbol: product,
    };
    if (this.#jumps.length >= MAX_JUMPS) {
      if (!this.#isAccounted(stretch)) this.#unlisted += 1;
      return;
    }
    const expected = before.seq + 1;
    const place: Place = at.place();
    const hole: Hole = {
      kind: 'sequence',
      place,
      connectionId,
      symbol: product,
      ...(seq > expected ? { missing: seq - expected } : {}),
      ...(before.ns === undefined ? {} : { from: formatTimestamp(before.ns) }),
      ...(ns === undefined ? {} : { to: formatTimestamp(ns) }),
      message: `The book of ${product} jumps from number ${before.seq} to ${seq} (${formatPlace(place)}), and no gap says why.`,
    };
    this.#jumps.push({ hole, stretch });
  }
}
