import { join } from 'node:path';
import {
  planRetention,
  type RetentionStop,
  readManifest,
  type SealedSegment,
  verify,
} from '@kr/recording';
import { deriveParquet, readDerived } from '@kr/recording/parquet';
import { parseTimestamp } from '@kr/schemas/shared';

/** What upkeep is asked for. JSON, for it goes to a process of its own. */
export interface UpkeepRequest {
  readonly directory: string;
  readonly keepBytes?: number | undefined;
  readonly keepMs?: number | undefined;
  /** Unix milliseconds. */
  readonly nowMs: number;
}

/** What it found. Nothing of the journal was touched. */
export interface UpkeepAnswer {
  /** Segments that became Parquet just now. */
  readonly derived: readonly number[];
  /** The oldest ones, which may go: sealed, proved, derived, and beyond what is to stay. */
  readonly deletable: readonly SealedSegment[];
  /** Why no more may go though the limits ask for it. */
  readonly stopped?: RetentionStop | undefined;
}

/**
 * Derives what is sealed, then proves the recording and plans what may be deleted, if anything is beyond
 * the limits. Long and hungry work: never in the process that captures.
 *
 * @throws RecordingError as reading and deriving do
 */
export const runUpkeep = async (request: UpkeepRequest): Promise<UpkeepAnswer> => {
  const { directory, keepBytes, keepMs, nowMs } = request;
  const { segments } = await deriveParquet(directory);
  const derived = segments.map(({ segment }) => segment);
  const manifest = await readManifest(directory, true);
  if (!isBeyond([...manifest.segments.values()], manifest.deleted, request)) {
    return { derived, deletable: [] };
  }
  const report = await verify(directory);
  const entries = await readDerived(join(directory, 'parquet'));
  const committed = [...entries.values()].filter(
    ({ segment, sha256 }) => manifest.segments.get(segment)?.sha256 === sha256,
  );
  const plan = planRetention({
    manifest,
    report,
    derived: new Set(committed.map(({ segment }) => segment)),
    keep: { bytes: keepBytes, ms: keepMs },
    nowNs: BigInt(Math.round(nowMs)) * 1_000_000n,
  });
  return { derived, deletable: plan.delete, stopped: plan.stopped };
};

/** By the manifest alone: proving a recording that is within its limits would be for nothing. */
const isBeyond = (
  sealed: readonly SealedSegment[],
  deleted: ReadonlyMap<number, unknown>,
  { keepBytes = Infinity, keepMs = Infinity, nowMs }: UpkeepRequest,
): boolean => {
  const there = sealed.filter(({ segment }) => !deleted.has(segment));
  const bytes = there.reduce((sum, segment) => sum + segment.bytes, 0);
  const isOld = there.some(({ to }) => {
    const toNs = to === undefined ? undefined : parseTimestamp(to);
    return toNs !== undefined && nowMs - Number(toNs) / 1e6 > keepMs;
  });
  return isOld || bytes > keepBytes;
};
