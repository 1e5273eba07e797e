import type { Io } from '../io.ts';
import { formatStatus, type StatusLine } from '../output/status-line.ts';

/** A terminal's line moves every second; a log gets a line every minute. */
const TERMINAL_MS = 1000;
const LOG_MS = 60_000;

/** Draws what a recorder's own metrics say, until the returned function is called. */
export const watchMetrics = (
  port: number,
  line: StatusLine,
  { clock, timers, stderr }: Io,
): (() => void) => {
  const everyMs = stderr.isTTY === true ? TERMINAL_MS : LOG_MS;
  const startedNs = clock.monotonicNs();
  const over = new AbortController();
  let timer: unknown;
  let lastFrames = 0;
  let lastNs = startedNs;
  const draw = async (): Promise<void> => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: over.signal });
      const read = parseMetrics(await answer.text());
      const nowNs = clock.monotonicNs();
      const frames = read('frames_total');
      const seconds = Math.max(Number(nowNs - lastNs) / 1e9, 1e-3);
      const status = {
        elapsedMs: Number(nowNs - startedNs) / 1e6,
        state: read('connections', 'state="open"') > 0 ? 'open' : 'connecting',
        messagesPerSecond: (frames - lastFrames) / seconds,
        symbols: read('symbols'),
        checksums: {
          matched: read('checksums_total', 'result="matched"'),
          mismatched: read('checksums_total', 'result="mismatched"'),
        },
        gaps: read('gaps_total'),
        bytes: read('bytes_total'),
        lagMs: read('lag_seconds') * 1000,
      };
      lastFrames = frames;
      lastNs = nowNs;
      if (!over.signal.aborted) line.draw(formatStatus(status));
    } catch {
      // It is ending, or busy: the next time will tell.
    }
    if (!over.signal.aborted) timer = timers.setTimeout(() => void draw(), everyMs);
  };
  timer = timers.setTimeout(() => void draw(), everyMs);
  return () => {
    over.abort();
    timers.clearTimeout(timer);
  };
};

/** Sums of Prometheus' text form, by name and (where given) a label. */
const parseMetrics =
  (text: string) =>
  (name: string, label = ''): number =>
    text
      .split('\n')
      .filter((row) => row.startsWith(`kr_recorder_${name}`) && row.includes(label))
      .filter(
        (row) =>
          /^[a-z_]+(?:\{[^}]*\})? /.exec(row)?.[0].split(/[{ ]/)[0] === `kr_recorder_${name}`,
      )
      .reduce((sum, row) => sum + Number(row.slice(row.lastIndexOf(' '))), 0);
