import type { Io } from './io.ts';
import { bytes, elapsed, grouped } from './output/numbers.ts';
import { createStatusLine } from './output/status-line.ts';

/** Nobody wants to hear of what is over at once. */
const QUIET_MS = 1000;
/** A terminal's line moves four times a second; a log gets a line every five seconds. */
const TERMINAL_MS = 250;
const LOG_MS = 5000;

/** Tells on stderr how far something has come, once it has taken longer than a second. */
export interface Progress {
  at(done: number, total?: number): void;
  end(): void;
}

export const createProgress = (
  what: string,
  unit: string,
  { clock, stderr }: Pick<Io, 'clock' | 'stderr'>,
): Progress => {
  const line = createStatusLine(stderr);
  const everyMs = stderr.isTTY === true ? TERMINAL_MS : LOG_MS;
  const startedNs = clock.monotonicNs();
  let nextMs = QUIET_MS;
  return {
    at: (done, total) => {
      const ms = Number(clock.monotonicNs() - startedNs) / 1e6;
      if (ms < nextMs) return;
      nextMs = ms + everyMs;
      const [first = '', ...more] = formatProgress({ done, total, ms, unit });
      line.draw([`${what}: ${first}`, ...more]);
    },
    end: () => line.clear(),
  };
};

interface Reached {
  readonly done: number;
  readonly total: number | undefined;
  readonly ms: number;
  readonly unit: string;
}

/** `120 of 700 pairs · 30.0/s · 19s left`. */
const formatProgress = ({ done, total, ms, unit }: Reached): readonly string[] => {
  const perSecond = (done * 1000) / ms;
  const parts =
    unit === 'bytes'
      ? [
          `${bytes(done)}${total === undefined ? '' : ` of ${bytes(total)}`}`,
          `${bytes(Math.round(perSecond))}/s`,
        ]
      : [
          `${grouped(done)}${total === undefined ? '' : ` of ${grouped(total)}`} ${unit}`,
          `${perSecond.toFixed(1)}/s`,
        ];
  if (total !== undefined && done > 0) {
    parts.push(`${elapsed(((total - done) * 1000) / perSecond)} left`);
  }
  return parts;
};
