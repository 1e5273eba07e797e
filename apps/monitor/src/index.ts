/**
 * A web page on loopback that shows a market, and whether it is verified: {@link createMonitor} serves
 * it, {@link createLiveSource} is the market that it shows.
 *
 * @packageDocumentation
 */
export {
  createMonitor,
  type Monitor,
  type MonitorOptions,
  type MonitorStats,
} from './create-monitor.ts';
export { isMonitorError, MonitorError, type MonitorErrorCode } from './errors.ts';
export { createLiveSource, type LiveSourceOptions } from './feed/live-source.ts';
export type {
  BookEvent,
  CandleText,
  ChecksumCounts,
  MarketSink,
  MarketSource,
  Opened,
  OpenedBook,
  TickerText,
  TradeText,
} from './feed/source.ts';
export type { InstrumentInfo, RecordingInfo, SourceKind } from './protocol/control.ts';
export type { BookStatus } from './protocol/records.ts';
