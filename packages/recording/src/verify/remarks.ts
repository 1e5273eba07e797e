import type { ChecksumCounts } from './verify-report.ts';

/** What a report without a fault does not prove, a sentence each: an empty recording has no fault either. */
export function remarksOn({
  frames,
  unknown,
  checksums,
  carried,
  numbered,
}: {
  readonly frames: number;
  readonly unknown: number;
  readonly checksums: ChecksumCounts;
  /** Updates whose snapshot stood in segments that were deleted on purpose. */
  readonly carried: number;
  /** Updates of futures books. */
  readonly numbered: number;
}): string[] {
  if (frames === 0) return ['It holds no frame: there is nothing in it to prove.'];
  const remarks: string[] = [];
  if (checksums.matched + checksums.mismatched === 0 && numbered > 0) {
    remarks.push(
      'Books of futures have no checksum: that none of their messages lacks is proved by their numbers.',
    );
  } else if (checksums.matched + checksums.mismatched === 0) {
    remarks.push(
      'It holds no checksum of the exchange: that its frames are whole is proved, what they say is not.',
    );
  }
  if (carried > 0) {
    remarks.push(
      `${carried} book updates follow on snapshots in segments that retention has deleted: they are whole, and cannot be judged.`,
    );
  }
  if (unknown > 0) {
    remarks.push(
      `${unknown} of its ${frames} frames are no messages of Kraken that this version knows: they are kept as they came, and not judged.`,
    );
  }
  return remarks;
}
