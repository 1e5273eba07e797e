import type { Clock, Timers } from '@kr/schemas/shared';
import type { Config } from '../config/schema.ts';
import { errorFacts } from '../errors.ts';
import type { Recorder } from '../recorder.ts';
import type { Log } from './log.ts';
import type { UpkeepCounts } from './metrics.ts';
import type { UpkeepAnswer, UpkeepRequest } from './upkeep.ts';

export interface KeeperOptions {
  readonly retention: NonNullable<Config['retention']>;
  readonly directory: string;
  readonly recorder: Pick<Recorder, 'deleteSegments'>;
  readonly counts: UpkeepCounts;
  readonly log: Log;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly upkeep: (request: UpkeepRequest, signal: AbortSignal) => Promise<UpkeepAnswer>;
}

const GIGABYTE = 1e9;
const DAY_MS = 86_400_000;

/**
 * Now and then derives what was sealed, and deletes what is beyond the limits and was sealed, proved and
 * derived. The first time is at once; the next is counted from when the last was over.
 */
export const createKeeper = (options: KeeperOptions): { close(): Promise<void> } => {
  const { retention, timers } = options;
  const ending = new AbortController();
  let timer: unknown;
  let running: Promise<void>;
  const round = async (): Promise<void> => {
    await keepOnce(options, ending.signal);
    if (ending.signal.aborted) return;
    timer = timers.setTimeout(() => {
      running = round();
    }, retention.every_minutes * 60_000);
  };
  running = round();
  return {
    close: async () => {
      ending.abort();
      timers.clearTimeout(timer);
      await running;
    },
  };
};

const keepOnce = async (options: KeeperOptions, signal: AbortSignal): Promise<void> => {
  const { retention, directory, recorder, counts, log, clock, upkeep } = options;
  const { keep_gb, keep_days } = retention;
  const request: UpkeepRequest = {
    directory,
    keepBytes: keep_gb === undefined ? undefined : keep_gb * GIGABYTE,
    keepMs: keep_days === undefined ? undefined : keep_days * DAY_MS,
    nowMs: Number(clock.wallNs()) / 1e6,
  };
  try {
    const { derived, deletable, stopped } = await upkeep(request, signal);
    counts.derivedSegments += derived.length;
    await recorder.deleteSegments(deletable);
    counts.deletedSegments += deletable.length;
    const deleted = deletable.map(({ segment }) => segment);
    log.info({ event: 'upkeep', derived, deleted }, 'derived what was sealed');
    if (stopped === undefined) return;
    const facts = { event: 'retentionStopped', ...stopped };
    log.warn(
      facts,
      `segment ${stopped.segment} is ${stopped.reason}, so it stays, and all after it`,
    );
  } catch (error) {
    if (signal.aborted) return;
    counts.upkeepFailures += 1;
    log.error({ event: 'upkeepFailed', ...errorFacts(error) }, 'nothing was deleted');
  }
};
