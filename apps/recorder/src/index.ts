/**
 * Records Kraken market data into journals that can be verified: {@link createRecorder} opens a
 * recording, `start()` connects and subscribes, `close()` makes everything durable.
 *
 * @packageDocumentation
 */
export { isRecorderError, RecorderError, type RecorderErrorCode } from './errors.ts';
export { type Feed, marketFeeds } from './feeds/feed.ts';
export type { ChecksumCount } from './feeds/feed-manager.ts';
export {
  createRecorder,
  type FeedChange,
  type Recorder,
  type RecorderOptions,
  type RecorderStatus,
} from './recorder.ts';
