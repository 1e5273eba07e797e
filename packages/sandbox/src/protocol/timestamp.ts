import { formatTimestamp } from '@kr/schemas/shared';

/** The second that was printed last: thousands of frames are of one. */
let lastSecond = Number.NaN;
let lastText = '';

/** `2026-07-19T17:54:39.753424Z`: the microseconds that v2 prints, of nanoseconds since the Unix epoch. */
export function formatMicros(wallNs: bigint): string {
  const micros = Number(wallNs / 1_000n);
  const second = Math.floor(micros / 1e6);
  if (second !== lastSecond) {
    lastText = formatTimestamp(wallNs).slice(0, 20);
    lastSecond = second;
  }
  return `${lastText}${String(micros - second * 1e6).padStart(6, '0')}Z`;
}

/** `1693415330.621700`: seconds, as v1 prints time, of nanoseconds since the Unix epoch. */
export function formatEpoch(wallNs: bigint): string {
  const micros = String(wallNs / 1_000n).padStart(7, '0');
  return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
}
