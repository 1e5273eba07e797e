import { parseTimestamp } from '@kr/schemas/shared';
import { firstKept, type Manifest, type SealedSegment } from '../format/manifest.ts';
import type { VerifyReport } from '../verify/verify-report.ts';

export interface RetentionOptions {
  readonly manifest: Manifest;
  /** Of the whole recording, as it stands: only what it proves may go. */
  readonly report: VerifyReport;
  /** Segments whose derived data is committed. */
  readonly derived: ReadonlySet<number>;
  /** What is to stay: so many bytes at most, and nothing older. */
  readonly keep: { readonly bytes?: number | undefined; readonly ms?: number | undefined };
  readonly nowNs: bigint;
}

/** Why nothing more is deleted though the limits ask for it. */
export interface RetentionStop {
  readonly segment: number;
  readonly reason: 'not sealed' | 'not proved' | 'not derived';
}

export interface RetentionPlan {
  /** The oldest segments, one behind the other. */
  readonly delete: readonly SealedSegment[];
  readonly stopped?: RetentionStop | undefined;
}

/**
 * What `JournalWriter.deleteSegments` may delete: from the oldest segment on, what is beyond the limits,
 * up to the first that is not sealed, proved and derived.
 */
export function planRetention({
  manifest,
  report,
  derived,
  keep,
  nowNs,
}: RetentionOptions): RetentionPlan {
  const proved = new Set(
    report.segments.filter(({ verdict }) => verdict === 'proved').map(({ segment }) => segment),
  );
  const oldestNs = keep.ms === undefined ? undefined : nowNs - BigInt(Math.round(keep.ms * 1e6));
  const plan: SealedSegment[] = [];
  let bytes = report.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const last = report.segments.at(-1)?.segment ?? 0;
  for (let segment = firstKept(manifest); segment < last; segment += 1) {
    const sealed = manifest.segments.get(segment);
    const toNs = sealed?.to === undefined ? undefined : parseTimestamp(sealed.to);
    const isOld = oldestNs !== undefined && toNs !== undefined && toNs < oldestNs;
    if (!isOld && bytes <= (keep.bytes ?? Infinity)) break;
    if (sealed === undefined) return { delete: plan, stopped: { segment, reason: 'not sealed' } };
    if (!proved.has(segment)) return { delete: plan, stopped: { segment, reason: 'not proved' } };
    if (!derived.has(segment)) return { delete: plan, stopped: { segment, reason: 'not derived' } };
    plan.push(sealed);
    bytes -= sealed.bytes;
  }
  return { delete: plan };
}
