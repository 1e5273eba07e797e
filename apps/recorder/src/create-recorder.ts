import { createJournalWriter } from '@kr/recording';
import { feedsOf, planFeeds } from './feeds/plan.ts';
import { Recorder } from './recorder.ts';
import type { RecorderOptions } from './recorder-options.ts';

/** Opens the recording (which recovers what stands there); `start` then connects. */
export const createRecorder = async (options: RecorderOptions): Promise<Recorder> => {
  const { directory, source, url, feeds, clock, timers, fsyncMs, processes, rotate } = options;
  const { protocol = 'spot-v2' } = options;
  let recorder: Recorder | undefined;
  const writer = await createJournalWriter({
    directory,
    header: {
      source,
      protocol,
      url: typeof url === 'string' ? url : url.public,
      subscriptions: feedsOf(planFeeds(feeds)),
    },
    clock,
    timers,
    processes,
    rotate,
    ...(fsyncMs === undefined ? {} : { fsync: { intervalMs: fsyncMs } }),
    onError: (error) => recorder?.fail(error),
  });
  const { tornTail } = writer.recovery;
  if (tornTail !== undefined) {
    options.onNotice?.(
      `recovered: ${tornTail.bytes} torn bytes cut from ${tornTail.file}, kept as ${tornTail.keptAs}`,
      { event: 'recovered', ...tornTail },
    );
  }
  recorder = new Recorder(options, writer);
  return recorder;
};
