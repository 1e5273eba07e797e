/**
 * What several packages share and no schema is needed for: nothing here loads zod.
 *
 * @packageDocumentation
 */
export { type Clock, createSystemClock, createSystemTimers, type Timers } from './clock.ts';
export type { Frame, ReceivedAt } from './frame.ts';
export type { GapEvent, GapReason } from './gap.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
