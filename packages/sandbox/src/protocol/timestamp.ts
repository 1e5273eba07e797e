import { formatTimestamp } from '@kr/schemas/shared';

/** `2026-07-19T17:54:39.753424Z`: the microseconds that v2 prints, of nanoseconds since the Unix epoch. */
export function formatMicros(wallNs: bigint): string {
  return `${formatTimestamp(wallNs).slice(0, 26)}Z`;
}

/** `1693415330.621700`: seconds, as v1 prints time, of nanoseconds since the Unix epoch. */
export function formatEpoch(wallNs: bigint): string {
  const micros = String(wallNs / 1_000n).padStart(7, '0');
  return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
}
