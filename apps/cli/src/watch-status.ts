import type { Recorder } from '@kr/recorder';
import type { Io } from './io.ts';
import { formatStatus, type StatusLine } from './output/status-line.ts';

/** A terminal's line moves four times a second. */
const TERMINAL_MS = 250;

/** Draws the recorder's status until the returned function is called; a log gets it every `logMs`. */
export const watchStatus = (
  recorder: Recorder,
  line: StatusLine,
  { clock, timers, stderr }: Io,
  logMs: number,
): (() => void) => {
  const everyMs = stderr.isTTY === true ? TERMINAL_MS : logMs;
  const startedNs = clock.monotonicNs();
  let lastNs = startedNs;
  let lastFrames = 0;
  let timer: unknown;
  const draw = (): void => {
    const { status } = recorder;
    const nowNs = clock.monotonicNs();
    const seconds = Math.max(Number(nowNs - lastNs) / 1e9, 1e-3);
    const messagesPerSecond = (status.frames - lastFrames) / seconds;
    lastNs = nowNs;
    lastFrames = status.frames;
    const elapsedMs = Number(nowNs - startedNs) / 1e6;
    line.draw(formatStatus({ ...status, elapsedMs, messagesPerSecond }));
    timer = timers.setTimeout(draw, everyMs);
  };
  timer = timers.setTimeout(draw, everyMs);
  return () => timers.clearTimeout(timer);
};
