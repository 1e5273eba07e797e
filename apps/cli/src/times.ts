import { InvalidArgumentError } from 'commander';
import { parseDuration } from './duration.ts';

/** `1700000000.1234` → `2023-11-14T22:13:20.1234Z`: Unix seconds, with all of their digits. */
export const isoOfSeconds = (seconds: string | number): string => {
  const [whole = '0', fraction = ''] = String(seconds).split('.');
  const date = new Date(Number(whole) * 1000).toISOString().slice(0, 19);
  return `${date}${fraction === '' ? '' : `.${fraction}`}Z`;
};

/** A moment that somebody typed, as what it counts from is known only when it is used. */
export type Moment = (nowMs: number) => number;

/** Unix seconds, a date and time, or how long ago: `1700000000`, `2026-11-24`, `90m`. */
export const parseMoment = (text: string): Moment => {
  if (/^\d{1,11}(?:\.\d+)?$/.test(text)) return () => Number(text) * 1000;
  if (/^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/.test(text)) {
    const ago = parseDuration(text);
    return (nowMs) => nowMs - ago;
  }
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError(
      'Give 2026-11-24T10:30:00Z, Unix seconds, or how long ago (2h).',
    );
  }
  return () => at;
};
