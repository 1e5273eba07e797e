import { formatTimestamp } from '@kr/schemas/shared';

/** `2026-07-19T17:54:39.753424Z`: the microseconds that v2 prints, of nanoseconds since the Unix epoch. */
export function formatMicros(wallNs: bigint): string {
  return `${formatTimestamp(wallNs).slice(0, 26)}Z`;
}
