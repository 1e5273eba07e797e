import { formatTimestamp } from '@kr/schemas/shared';

/** Absent, `null` and empty are all of them nothing. */
export function textOf(text: string | null | undefined): string | undefined {
  return text === null || text === '' ? undefined : text;
}

/** Milliseconds → RFC 3339. */
export function timeOf(milliseconds: number): string {
  return formatTimestamp(BigInt(milliseconds) * 1_000_000n);
}
