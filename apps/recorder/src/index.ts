/**
 * Records Kraken market data into journals that can be verified: {@link createRecorder} opens a
 * recording, `start()` connects and subscribes, `close()` makes everything durable.
 *
 * @packageDocumentation
 */
export { createRecorder } from './create-recorder.ts';
export { isRecorderError, RecorderError, type RecorderErrorCode } from './errors.ts';
export { type Feed, marketFeeds } from './feeds/feed.ts';
export type { ChecksumCount, LiveBook } from './feeds/feed-manager.ts';
export type { ProtocolName } from './feeds/protocols.ts';
export type { Recorder } from './recorder.ts';
export type { RecorderOptions } from './recorder-options.ts';
export type { FeedChange, RecorderStatus } from './recorder-status.ts';
