import { invalidOption } from './errors.ts';

/** What a timer holds: a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const A_TIME = `Milliseconds, more than 0 and at most ${MAX_TIMER_MS}.`;

/**
 * A time limit that a timer keeps. `Infinity`, `NaN` and 0 would all end at once, and what was just
 * sent would be given up.
 *
 * @throws RestError `INVALID_OPTION`
 */
export function assertTimeout(option: string, ms: unknown): void {
  if (typeof ms !== 'number' || !(ms > 0 && ms <= MAX_TIMER_MS)) {
    throw invalidOption(option, A_TIME);
  }
}

/** A time to wait, which may be none. @throws RestError `INVALID_OPTION` */
export function assertDelay(option: string, ms: unknown): void {
  if (ms !== 0) assertTimeout(option, ms);
}

/** @throws RestError `INVALID_OPTION` unless it is a number of at least `least`; `Infinity` is one */
export function assertAtLeast(option: string, value: unknown, least: number): void {
  if (typeof value !== 'number' || !(value >= least)) {
    throw invalidOption(option, `A number, ${least} or more.`);
  }
}
