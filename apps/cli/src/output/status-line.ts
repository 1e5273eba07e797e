import type { TextSink } from '../io.ts';
import { fitParts } from './fit-parts.ts';
import { bytes, counted, elapsed, grouped } from './numbers.ts';

/** What the line shows of a running recording. */
export interface LiveStatus {
  readonly elapsedMs: number;
  readonly state: string;
  readonly messagesPerSecond: number;
  readonly symbols: number;
  readonly checksums: { readonly matched: number; readonly mismatched: number };
  readonly gaps: number;
  readonly bytes: number;
  /** Exchange time to our receipt of the newest stamped frame; absent before one came. */
  readonly lagMs: number | undefined;
}

/** Rate, symbols, checksums matched of total, gaps, bytes, lag. */
export const formatStatus = (status: LiveStatus): readonly string[] => {
  const { matched, mismatched } = status.checksums;
  return [
    elapsed(status.elapsedMs),
    status.state,
    `${grouped(Math.round(status.messagesPerSecond))} msg/s`,
    counted(status.symbols, 'symbol'),
    `checksums ${grouped(matched)} of ${grouped(matched + mismatched)}`,
    `gaps ${status.gaps}`,
    bytes(status.bytes),
    `lag ${status.lagMs === undefined ? '–' : `${status.lagMs.toFixed(1)} ms`}`,
  ];
};

/** Draws one line, in place where that can be done. */
export interface StatusLine {
  /** Of several parts as many as fit beside each other. */
  draw(parts: readonly string[]): void;
  /** A line of its own, above the status. */
  note(text: string): void;
  clear(): void;
}

/** Draws the line in place on a terminal, and as lines of a log elsewhere. */
export const createStatusLine = (sink: TextSink): StatusLine => {
  let drawn = false;
  const clear = (): void => {
    if (drawn) sink.write('\r\u001b[K');
    drawn = false;
  };
  return {
    draw: (parts) => {
      if (sink.isTTY !== true) {
        sink.write(`${fitParts(parts, Number.POSITIVE_INFINITY)}\n`);
        return;
      }
      clear();
      sink.write(fitParts(parts, (sink.columns ?? 80) - 1));
      drawn = true;
    },
    note: (text: string): void => {
      clear();
      sink.write(`${text}\n`);
    },
    clear,
  };
};
